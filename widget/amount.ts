/** The most tonnes in one order, as the market has it. */
const MAX_TONNES = 1_000_000
/** The largest budget in minor units, as the market has it. */
const MAX_BUDGET_MINOR = 100_000_000_000

export type AmountFault = 'empty' | 'fraction' | 'zero' | 'negative' | 'huge' | 'unreadable'
export type Amount =
  | { readonly kind: 'amount'; readonly value: number }
  | { readonly kind: 'fault'; readonly fault: AmountFault }

/** Whole tonnes from what somebody typed, `5,000` included. Nothing is rounded or guessed. */
export const readTonnes = (typed: string, decimal: Decimal = '.'): Amount => {
  const text = plainText(typed, decimal)
  const plain = ungrouped(text)
  if (plain === null) return fault(faultOf(text))
  if (plain.includes('.')) return fault('fraction')
  return bounded(Number(plain), plain, 1, MAX_TONNES)
}

/** Minor units from dollars typed as `50`, `49.5`, `49.50` or `$1,000`; in German `1.000,50`. */
export const readMoney = (typed: string, decimal: Decimal = '.'): Amount => {
  const text = plainText(typed, decimal).replace(/^(US)?\$\s*|\s*(US)?\$(US)?$/gi, '')
  const plain = ungrouped(text)
  if (plain === null) return fault(faultOf(text))
  const [units = '', cents = ''] = plain.split('.')
  if (cents.length > 2) return fault('fraction')
  const minor = Number(units) * 100 + Number(cents.padEnd(2, '0'))
  return bounded(minor, units, 1, MAX_BUDGET_MINOR)
}

export type Decimal = '.' | ','

/** Arabic and Hindi digits as European ones, and the visitor's own signs as English has them. */
const plainText = (typed: string, decimal: Decimal): string => {
  const text = typed
    .trim()
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (it) => String(it.charCodeAt(0) & 15))
    .replace(/[\u0966-\u096f]/g, (it) => String(it.charCodeAt(0) - 0x966))
    .replace('\u066b', '.')
    .replaceAll('\u066c', ',')
  // Where a comma parts dollars and cents, a single point before one or two digits can mean nothing else.
  if (decimal === '.' || /^\D*\d+\.\d{1,2}\D*$/.test(text)) return text
  return text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'))
}

/** A number of zero or more, with decimals, as somebody typed it; null where it reads otherwise. */
export const plainNumber = (typed: string, decimal: Decimal): number | null => {
  const plain = ungrouped(plainText(typed, decimal))
  return plain === null ? null : Number(plain)
}

const fault = (kind: AmountFault): Amount => ({ kind: 'fault', fault: kind })

const bounded = (value: number, digits: string, least: number, most: number): Amount => {
  if (digits.length > 15 || value > most) return fault('huge')
  if (value < least) return fault('zero')
  return { kind: 'amount', value }
}

/** Digits with at most one decimal point, the grouping taken out; null where it reads otherwise. */
const ungrouped = (text: string): string | null => {
  if (/^\d+(\.\d+)?$/.test(text)) return text
  if (/^\d{1,3}([,\u00a0\u202f ]\d{3})+(\.\d+)?$/.test(text)) return text.replace(/[^\d.]/g, '')
  return null
}

const faultOf = (text: string): AmountFault => {
  if (text === '') return 'empty'
  if (/^[-−]\s*[$\d]/.test(text)) return 'negative'
  if (/^\d*[.,]\d+$/.test(text)) return 'fraction'
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(text)) return 'huge'
  return 'unreadable'
}
