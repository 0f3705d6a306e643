import { type Decimal, plainNumber } from './amount.ts'
import { ACTIVITIES, type Activity, FACTORS } from './factors.ts'

/** What the visitor typed a year, by activity; absent where nothing yet. */
export type Estimate = Partial<Readonly<Record<Activity, string>>>

/** One line of the estimate; `kg` is null where what was typed is not a number. */
export type EstimateLine = { readonly activity: Activity; readonly kg: number | null }
export type EstimateSum = {
  readonly lines: readonly EstimateLine[]
  /** Whole kilograms, each line rounded half up before the sum. */
  readonly kg: number
  /** Whole tonnes, rounded up; 0 where nothing was typed. */
  readonly tonnes: number
}

/** The most that a field takes: beyond it somebody has mistyped. */
const MOST = 10_000_000

/** Adds up an estimate, in whole kilograms; the tonnes are rounded up. */
export const sumEstimate = (estimate: Estimate, decimal: Decimal): EstimateSum => {
  const lines = ACTIVITIES.map((activity) => ({
    activity,
    kg: kgOf(activity, estimate[activity] ?? '', decimal),
  }))
  const kg = lines.reduce((sum, line) => sum + (line.kg ?? 0), 0)
  return { lines, kg, tonnes: Math.ceil(kg / 1000) }
}

const kgOf = (activity: Activity, typed: string, decimal: Decimal): number | null => {
  if (typed.trim() === '') return 0
  const units = plainNumber(typed, decimal)
  if (units === null || units > MOST) return null
  return Math.round((units * FACTORS[activity].gramsPerUnit) / 1000)
}
