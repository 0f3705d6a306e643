import type { Filter, Technology } from '@offset-button/contract'
import type { AttributeName, Face } from './face.ts'

const APPEARANCES = ['solid', 'outline', 'plain'] as const
const SIZES = ['s', 'm', 'l'] as const
const MODES = ['button', 'inline'] as const

/** The attributes as written; null where absent. */
export type Attributes = Readonly<Record<AttributeName, string | null>>

/** An attribute that cannot be read. `blocks`: it limits what is sold, so nothing is sold without it. */
export type Fault = {
  readonly attribute: AttributeName
  readonly value: string
  readonly expected: string
  readonly blocks: boolean
}

/** The attributes as understood. A fault never widens what is sold. */
export type Settings = Face & {
  readonly bounds: Filter
  /** Where the market inside the bounds is, up to where the key follows; empty where an attribute stands in the way. */
  readonly market: string
  readonly maxPriceMinor: number | null
  readonly beneficiary: string
  readonly purpose: string
  readonly faults: readonly Fault[]
}

const TECHNOLOGY_NAMES: readonly Technology[] = [
  'hydro',
  'wind',
  'solar',
  'geothermal',
  'biomass',
  'wave_and_tidal',
  'other',
  'not_stated',
]
const DEFAULT_TONNES = 1

/** Reads all attributes; `baseApi` is where the script came from, used where `api` is absent. */
export const readAttributes = (attributes: Attributes, baseApi: string): Settings => {
  const faults: Fault[] = []
  const complain = (attribute: AttributeName, expected: string, blocks: boolean) => {
    faults.push({ attribute, value: attributes[attribute] ?? '', expected, blocks })
  }
  const budgetMinor = amountOf(attributes.budget, readMoney, () =>
    complain('budget', 'dollars, such as 50 or 49.50', false),
  )
  const tonnes = amountOf(attributes.tonnes, readTonnes, () =>
    complain('tonnes', 'a whole number from 1 to 1,000,000', false),
  )
  const bounds = boundsOf(attributes, complain)
  const settings = {
    key: keyOf(attributes.key, complain),
    api: apiOf(attributes.api, baseApi, complain),
    tonnes: attributes.tonnes === null ? DEFAULT_TONNES : tonnes,
    budgetMinor: attributes.tonnes === null ? budgetMinor : null,
    bounds,
    maxPriceMinor: amountOf(attributes['max-price'], readMoney, () =>
      complain('max-price', 'dollars for a tonne, such as 3.50', true),
    ),
    beneficiary: textOf('beneficiary', 120, attributes, complain),
    purpose: textOf('purpose', 240, attributes, complain),
    appearance: wordOf('appearance', APPEARANCES, 'solid', attributes, complain),
    size: wordOf('size', SIZES, 'm', attributes, complain),
    mode: wordOf('mode', MODES, 'button', attributes, complain),
    faults,
  }
  return { ...settings, market: faults.some((it) => it.blocks) ? '' : marketOf(bounds) }
}

const marketOf = ({ vintage, ...lists }: Filter): string => {
  const years = vintage && { vintage_from: vintage.from, vintage_to: vintage.to }
  const search = new URLSearchParams({ ...lists, ...years } as Record<string, string>)
  return `/v1/market?${search}${search.size > 0 ? '&' : ''}`
}

type Complain = (attribute: AttributeName, expected: string, blocks: boolean) => void

const amountOf = (
  text: string | null,
  read: (text: string) => number | null,
  refuse: () => void,
): number | null => {
  if (text === null) return null
  const amount = read(text.trim())
  if (amount === null) refuse()
  return amount
}

/** The most tonnes in one order and the largest budget in minor units, as the market has them. */
const MAX_TONNES = 1_000_000
const MAX_BUDGET_MINOR = 100_000_000_000

const readTonnes = (text: string): number | null =>
  /^\d{1,7}$/.test(text) ? within(Number(text), MAX_TONNES) : null

const readMoney = (text: string): number | null => {
  const [, units = '', cents = ''] = /^\$?(\d{1,10})(?:\.(\d\d?))?$/.exec(text) ?? []
  return within(Number(units) * 100 + Number(cents.padEnd(2, '0')), MAX_BUDGET_MINOR)
}

const within = (value: number, most: number): number | null =>
  value >= 1 && value <= most ? value : null

const keyOf = (key: string | null, complain: Complain): string => {
  const text = key?.trim() ?? ''
  if (/^[\w-]{1,200}$/.test(text)) return text
  complain('key', 'the publishable key, beginning with pk_', true)
  return ''
}

const apiOf = (api: string | null, base: string, complain: Complain): string => {
  const url = URL.canParse(api ?? base) ? new URL(api ?? base) : null
  if (url && (url.protocol === 'https:' || url.protocol === 'http:'))
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  complain('api', 'the address of the API, beginning with https://', true)
  return ''
}

const boundsOf = (attributes: Attributes, complain: Complain): Filter => {
  const list = (name: 'hosts' | 'technologies' | 'projects', pattern: RegExp, expected: string) => {
    const text = attributes[name]
    if (text === null) return undefined
    const values = text.split(',').map((value) => value.trim())
    if (values.every((value) => pattern.test(value))) return values
    complain(name, expected, true)
    return undefined
  }
  const technologyPattern = new RegExp(`^(${TECHNOLOGY_NAMES.join('|')})$`)
  const project = list('projects', /^\d{4,6}$/, 'CDM references, such as 0037,0071')
  const host = list('hosts', /^[A-Z]{2}$/, 'two-letter codes in capitals, such as KE,UG')
  const technology = list('technologies', technologyPattern, `of ${TECHNOLOGY_NAMES.join(', ')}`)
  const vintage = vintageOf(attributes, complain)
  return {
    ...(project && { project }),
    ...(host && { host }),
    ...(technology && { technology: technology as Technology[] }),
    ...(vintage && { vintage }),
  }
}

const vintageOf = (attributes: Attributes, complain: Complain): Filter['vintage'] => {
  const year = (name: 'vintage-from' | 'vintage-to', absent: number) => {
    const text = attributes[name]?.trim()
    if (text === undefined) return absent
    const value = /^\d{4}$/.test(text) ? Number(text) : Number.NaN
    if (value >= 2000 && value <= 2020) return value
    complain(name, 'a year from 2000 to 2020', true)
    return absent
  }
  if (attributes['vintage-from'] === null && attributes['vintage-to'] === null) return undefined
  const from = year('vintage-from', 2000)
  const to = year('vintage-to', 2020)
  if (from <= to) return { from, to }
  complain('vintage-from', 'a year that is not after vintage-to', true)
  return undefined
}

const textOf = (
  name: 'beneficiary' | 'purpose',
  most: number,
  attributes: Attributes,
  complain: Complain,
): string => {
  const text = attributes[name]?.trim() ?? ''
  if (text.length <= most && !/\p{Cc}/u.test(text)) return text
  complain(name, `at most ${most} characters on one line`, false)
  return ''
}

const wordOf = <T extends string>(
  name: 'appearance' | 'size' | 'mode',
  words: readonly T[],
  absent: T,
  attributes: Attributes,
  complain: Complain,
): T => {
  const text = attributes[name]
  if (text === null) return absent
  const word = words.find((it) => it === text.trim())
  if (word === undefined) complain(name, `one of ${words.join(', ')}`, false)
  return word ?? absent
}
