import { isolated } from './format.ts'

/** Counts, percentages, times, dates and countries, which only the later steps need. Times are ISO 8601. */
export const createLaterFormat = (tag: string) => {
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const dollars = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' })
  const minutes = new Intl.DateTimeFormat(tag, { timeStyle: 'short', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long' })
  const regions = new Intl.DisplayNames([tag], { type: 'region' })
  const comma = { ar: '، ', zh: '，' }[tag.slice(0, 2)] ?? ', '
  return {
    /** `Kenya, hydro, 2014`. */
    list: (facts: readonly string[]) => facts.join(comma),
    count: (n: number) => whole.format(n),
    /** `$50`, on a ready amount of whole dollars. */
    dollars: (minor: number) => isolated(tag, dollars.format(minor / 100)),
    /** `3%` from 300 basis points. */
    percent: (basisPoints: number) => percent.format(basisPoints / 10_000),
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
