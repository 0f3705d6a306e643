/** What the button shows of its attributes, and by which an order is remembered. */
export type Face = {
  readonly key: string
  /** The address of the API, without a slash at the end. */
  readonly api: string
  /** Null where unreadable: the visitor then types an amount. */
  readonly tonnes: number | null
  readonly budgetMinor: number | null
  readonly appearance: string
  readonly size: string
  readonly mode: string
}

const FORMS = {
  key: /^[\w-]{1,200}$/,
  api: /^https?:\/\/[^\s?#]+$/,
  tonnes: /^0*([1-9]\d{0,5}|10{6})$/,
  budget: /^\$?(?!0*\.?0*$)(\d{1,9}(\.\d\d?)?|10{9})$/,
  appearance: /^(solid|outline|plain)$/,
  size: /^[sml]$/,
  mode: /^(button|inline)$/,
}
export type FaceName = keyof typeof FORMS
/** The attributes that the button itself needs, and by which an order is remembered. */
export const FACE_NAMES = Object.keys(FORMS) as FaceName[]
/** Those that matter once somebody shows interest: they narrow what is sold, or fill in the certificate. */
export const LATER_NAMES = [
  'hosts',
  'technologies',
  'projects',
  'vintage-from',
  'vintage-to',
  'max-price',
  'beneficiary',
  'purpose',
] as const
export type AttributeName = FaceName | (typeof LATER_NAMES)[number]

/** What is sold, and for whom, where no attribute narrows it. */
export const PLAIN = {
  bounds: {},
  market: '/v1/market?',
  maxPriceMinor: null,
  beneficiary: '',
  purpose: '',
  faults: [],
}

/** All attributes of an element as they are written; null where absent. */
export const attributesOf = (element: Element): Readonly<Record<AttributeName, string | null>> => {
  const names = [...FACE_NAMES, ...LATER_NAMES]
  const entries = names.map((name) => [name, element.getAttribute(name)])
  return Object.fromEntries(entries)
}

/**
 * Reads the attributes of the button itself; `refuse` is called for one that it cannot read. All of
 * them, and what is wrong with any, is for ./attributes.ts, which agrees with this and comes later.
 */
export const readFace = (
  attributes: Readonly<Record<FaceName, string | null>>,
  baseApi: string,
  refuse: () => void,
): Face => {
  const read = (name: FaceName, absent?: string): string => {
    const text = (attributes[name] ?? absent)?.trim()
    if (text !== undefined && FORMS[name].test(text)) return text
    refuse()
    return ''
  }
  const budget = attributes.budget === null ? '' : read('budget').replace('$', '')
  return {
    key: read('key'),
    api: read('api', baseApi).replace(/\/+$/, ''),
    tonnes: Number(read('tonnes', '1')) || null,
    budgetMinor: attributes.tonnes === null && budget ? Math.round(Number(budget) * 100) : null,
    appearance: read('appearance', 'solid') || 'solid',
    size: read('size', 'm') || 'm',
    mode: read('mode', 'button') || 'button',
  }
}
