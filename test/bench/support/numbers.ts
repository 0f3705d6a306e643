/** Numbers for people, three digits of them; NaN is a dash. */
import type { Summary } from './statistics.ts'

const UNITS = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
] as const

/** A time in its natural unit, such as `1.23 µs`. */
export function duration(nanoseconds: number): string {
  const [unit, size] = UNITS.findLast(([, least]) => nanoseconds >= least) ?? UNITS[0]
  return Number.isNaN(nanoseconds) ? '–' : `${digits(nanoseconds / size)} ${unit}`
}

/** Operations a second, from nanoseconds an operation. */
export function rate(nanosecondsEach: number): string {
  const each = 1e9 / nanosecondsEach
  if (Number.isNaN(each)) return '–'
  if (each >= 1e6) return `${digits(each / 1e6)} M/s`
  return each >= 1e3 ? `${digits(each / 1e3)} k/s` : `${digits(each)} /s`
}

/** How many times the one is the other, such as `4.12 ×`. */
export function times(ratio: number): string {
  return Number.isNaN(ratio) ? '–' : `${digits(ratio)} ×`
}

/** The fastest and the slowest repetition, as parts of the median. */
export function spread({ median, least, most }: Summary): string {
  const part = (value: number): string => `${value < median ? '−' : '+'}${percent(value, median)} %`
  return `${part(least)} ${part(most)}`
}

/** A count with its thousands apart, such as `1,000,000`. */
export function count(value: number): string {
  return value.toLocaleString('en-GB')
}

/** Three digits that mean something, and no more after the point than that takes. */
export function digits(value: number): string {
  if (value >= 100) return count(Math.round(value))
  return value.toFixed(value >= 10 ? 1 : 2)
}

function percent(value: number, median: number): string {
  return (Math.abs(value / median - 1) * 100).toFixed(0)
}
