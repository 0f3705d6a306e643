import { type Random, seededRandom } from '../random.ts'

/** One morning at the gauge. */
export type Reading = {
  /** From 0, 1 January 2026. */
  readonly day: number
  /** Whole centimetres above the gauge's zero; null where nobody came. */
  readonly level: number | null
}

const MORNINGS = 327
const MISSED = [19, 78, 121, 122, 199, 226, 288]
const FIRST_DAY = Date.UTC(2026, 0, 1)
const SEED = 15

/** By month, January to November: the level between rains, how often it rains, how far the river rises then (cm). */
const MONTHS: readonly (readonly [calm: number, rainPercent: number, rise: number])[] = [
  [62, 20, 55],
  [66, 26, 120],
  [56, 20, 45],
  [46, 14, 34],
  [36, 12, 22],
  [29, 9, 12],
  [25, 8, 8],
  [23, 7, 8],
  [26, 12, 14],
  [36, 20, 40],
  [50, 38, 52],
]

/** The invented readings of the demo, 1 January to 23 November 2026: the same on every machine. */
export function demoReadings(): readonly Reading[] {
  const random = seededRandom(SEED)
  let calm = 60_000
  let flood = 0
  return Array.from({ length: MORNINGS }, (_, day) => {
    const month = MONTHS[dateOf(day).getUTCMonth()] ?? ([0, 0, 0] as const)
    calm += Math.trunc((month[0] * 1000 - calm) / 14)
    flood = Math.trunc(flood * 0.84) + rainOf(month, random)
    const ripple = random.between(-1, 1)
    const level = Math.round((calm + flood) / 1000) + ripple
    return { day, level: MISSED.includes(day) ? null : level }
  })
}

/** In thousandths of a centimetre. Squared, so that most rains are small. */
function rainOf([, percent, rise]: (typeof MONTHS)[number], random: Random): number {
  if (random.between(1, 100) > percent) return 0
  const force = random.between(10, 100)
  return Math.trunc((rise * 1000 * force * force) / 10_000)
}

export function dateOf(day: number): Date {
  return new Date(FIRST_DAY + day * 86_400_000)
}

/** "9 February", or short: "9 Feb". */
export function dayAndMonth(day: number, month: 'long' | 'short' = 'long'): string {
  return dateOf(day).toLocaleDateString('en-GB', { day: 'numeric', month, timeZone: 'UTC' })
}

/** "2.41" from 241 centimetres. */
export function metres(level: number): string {
  return `${Math.trunc(level / 100)}.${String(level % 100).padStart(2, '0')}`
}

/** The readings with a level: at least one. */
export function readOnes(readings: readonly Reading[]): readonly { day: number; level: number }[] {
  return readings.flatMap(({ day, level }) => (level === null ? [] : [{ day, level }]))
}

/** The first of the highest and the first of the lowest. */
export function extremes(readings: readonly Reading[]) {
  const read = readOnes(readings)
  const highest = read.reduce((best, one) => (one.level > best.level ? one : best))
  const lowest = read.reduce((best, one) => (one.level < best.level ? one : best))
  return { highest, lowest }
}

/** For download: a missed morning has a date and no level. */
export function readingsCsv(readings: readonly Reading[]): string {
  const lines = readings.map(({ day, level }) => {
    const date = dateOf(day).toISOString().slice(0, 10)
    return `${date},${level === null ? '' : metres(level)}`
  })
  return ['date,level_metres_demo', ...lines, ''].join('\r\n')
}
