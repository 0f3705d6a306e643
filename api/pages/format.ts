/**
 * How a language writes numbers, money and days: `Intl`, by the rules of a BCP 47 tag. Days are those of UTC, amounts minor
 * units of the contract's one currency.
 */
export function createFormat(tag: string) {
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  const moneyFormat = (currencyDisplay: 'narrowSymbol' | 'symbol') =>
    new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', currencyDisplay })
  const narrow = moneyFormat('narrowSymbol')
  const full = moneyFormat('symbol')
  const countries = new Intl.DisplayNames(tag, { type: 'region' })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return {
    /** 1204310 → "1,204,310". */
    count: (count: number): string => whole.format(count),
    /** 308 → "$3.08", in lines. */
    money: (minor: number): string => narrow.format(decimalText(minor)),
    /** 3976 → "US$39.76", where no receipt stands around it. */
    total: (minor: number): string => full.format(decimalText(minor)),
    /** 290 basis points → "2.9%". */
    percent: (basisPoints: number): string => percent.format(basisPoints / 10_000),
    /** "23 November 2026". */
    day: (instant: string): string => day.format(new Date(instant)),
    /** "23 Nov 2026". */
    shortDay: (instant: string): string => shortDay.format(new Date(instant)),
    /** "12 CERs and 3 tCERs". */
    list: (parts: readonly string[]): string => list.format(parts),
    /** The name of an ISO 3166-1 alpha-2 code; what has no name stands for itself. */
    country: (code: string): string => {
      try {
        return countries.of(code) ?? code
      } catch {
        return code
      }
    },
    /** The sign between dollars and cents as people of this language type it. */
    decimal: narrow.format('1.5').includes(',') ? ',' : '.',
  } as const
}

/** An exact decimal for `Intl`: no division of money by a float. */
const decimalText = (minor: number) =>
  `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}` as `${number}`

/** The UTC day as digits: "2026-11-23". */
export const isoDay = (instant: string): string => new Date(instant).toISOString().slice(0, 10)

/** The UTC time to the second: "14:02:07". */
export const clockText = (instant: string): string => new Date(instant).toISOString().slice(11, 19)

/** [2013, 2014, 2016] → "2013–2014, 2016"; takes years in any order. */
export function yearsText(years: readonly number[]): string {
  const runs: [number, number][] = []
  for (const year of [...years].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && year <= last[1] + 1) last[1] = year
    else runs.push([year, year])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
