import type { createLaterFormat } from './format-later.ts'

/** Numbers, money and times as the page reads them. Minor units are cents; times are ISO 8601. */
export type Format = ReturnType<typeof createFormat> & ReturnType<typeof createLaterFormat>

/** All of it is `Intl`, but the tonne, which `Intl` does not have: `12 t` comes from the words. */
export const createFormat = (
  tag: string,
  /** The language's own `12 t`. */
  tonnes: (n: number) => string,
  currency: 'USD' = 'USD',
) => {
  const money = (display: 'narrowSymbol' | 'symbol') =>
    new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: display })
  const narrow = money('narrowSymbol')
  const full = money('symbol')
  return {
    tonnes,
    /** `$3.08`, in lines. */
    line: (minor: number) => isolated(tag, narrow.format(decimal(minor))),
    /** `US$39.76`, on buttons and totals. */
    total: (minor: number) => isolated(tag, full.format(decimal(minor))),
  }
}

/** Money among words: where they go from right to left, it and what stands beside it keep their order. */
export const isolated = (tag: string, text: string): string =>
  tag.startsWith('ar') ? `\u2066${text}\u2069` : text

/** The sign between dollars and cents as people of this language type it. */
export const decimalOf = (tag: string): '.' | ',' =>
  new Intl.NumberFormat(tag).format(1.5).includes(',') ? ',' : '.'

/** The price of one tonne in minor units, rounded half up to the cent. */
export const perTonne = (totalMinor: number, tonnes: number): number =>
  Math.floor((2 * totalMinor + tonnes) / (2 * tonnes))

/** An exact decimal for `Intl`: no division of money by a float. */
const decimal = (minor: number) =>
  `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}` as `${number}`
