/** Numbers, money and times as the page reads them. Minor units are cents; times are ISO 8601. */
export type Format = ReturnType<typeof createFormat>

const NARROW_SPACE = '\u202f'

/** All of it is `Intl`, but the tonne, which `Intl` does not have. */
export const createFormat = (tag: string, currency: 'USD' = 'USD') => {
  const money = (display: 'narrowSymbol' | 'symbol') =>
    new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: display })
  const narrow = money('narrowSymbol')
  const full = money('symbol')
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' })
  const minutes = new Intl.DateTimeFormat(tag, { timeStyle: 'short', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long' })
  const regions = new Intl.DisplayNames([tag], { type: 'region' })
  return {
    /** `12 t`, with a narrow space that does not break. */
    tonnes: (n: number) => `${whole.format(n)}${NARROW_SPACE}t`,
    count: (n: number) => whole.format(n),
    /** `$3.08`, in lines. */
    line: (minor: number) => narrow.format(decimal(minor)),
    /** `US$39.76`, on buttons and totals. */
    total: (minor: number) => full.format(decimal(minor)),
    /** `3 %` from 300 basis points. */
    percent: (basisPoints: number) => `${percent.format(basisPoints / 100)}${NARROW_SPACE}%`,
    /** `14:02:07`, local time. */
    time: (iso: string) => clock.format(new Date(iso)),
    /** `14:02`, local time. */
    shortTime: (iso: string) => minutes.format(new Date(iso)),
    /** `23 November 2026`, local time. */
    date: (iso: string) => day.format(new Date(iso)),
    host: (code: string) => regions.of(code) ?? code,
  }
}

/** `8:47` from milliseconds, rounded up to the second; never below `0:00`. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The price of one tonne in minor units, rounded half up to the cent. */
export const perTonne = (totalMinor: number, tonnes: number): number =>
  Math.floor((2 * totalMinor + tonnes) / (2 * tonnes))

/** An exact decimal for `Intl`: no division of money by a float. */
const decimal = (minor: number) =>
  `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}` as `${number}`
