import type { OfferAttributes, Query } from '@offset-button/engine'
import type { Step } from '../../engine/step.ts'

const PLAIN_ATTRIBUTES: OfferAttributes = {
  project: 1,
  host: 1,
  scope: 1,
  technology: 1,
  methodology: 1,
  vintage: 1,
  unitType: 1,
}
const PLAIN_QUERIES: readonly Query[] = [true, false].flatMap((allOrNone) => [
  { quantityTonnes: 1, allOrNone },
  { quantityTonnes: 1_000_000, allOrNone },
])

/** What a step can do without. */
const OPTIONAL = new Set([
  'priceMinor',
  'filter',
  'maxPriceMinor',
  'maxTotalMinor',
  'buyer',
  'maxLevels',
  'not',
  'vintage',
  'project',
  'host',
  'scope',
  'technology',
  'methodology',
  'unitType',
])
/** Other steps depend on these. */
const KEPT = new Set(['kind', 'offer', 'reservation', 'book'])

/** The plainest of its kind first, then with one part left out, then with one number smaller. */
export function simplerSteps(step: Step): Step[] {
  const weight = weightOf(step)
  // Each weighs less, so that simplifying has an end.
  return [...plainer(step), ...(simpler(step) as Step[])].filter((one) => weightOf(one) < weight)
}

function plainer(step: Step): Step[] {
  if ('query' in step) return PLAIN_QUERIES.map((query) => ({ ...step, query }))
  if (!('attributes' in step)) return []
  const plain = { ...step, attributes: PLAIN_ATTRIBUTES }
  if (step.kind !== 'PlaceOffer') return [plain]
  const plainest = { ...plain, seller: 1, priceMinor: 1 } as Step
  return [
    { ...plainest, quantityTonnes: 1 } as Step,
    { ...plainest, quantityTonnes: 2 } as Step,
    plain,
  ]
}

/** Of each part, and of each number by its digits; a plain query weighs as its number. */
function weightOf(value: unknown): number {
  if (typeof value === 'number') return 1 + Math.log2(1 + Math.abs(value)) / 1000
  if (typeof value !== 'object' || value === null) return 1
  if (isPlainQuery(value)) return 1
  return Object.values(value).reduce((sum: number, part) => sum + weightOf(part), 1)
}

function isPlainQuery(value: object): boolean {
  return PLAIN_QUERIES.some((query) => JSON.stringify(query) === JSON.stringify(value))
}

function simpler(value: unknown): unknown[] {
  if (typeof value === 'number') return smaller(value)
  if (Array.isArray(value)) {
    return [
      ...value.map((_, index) => value.toSpliced(index, 1)),
      ...value.flatMap((one, index) => simpler(one).map((other) => value.with(index, other))),
    ]
  }
  if (typeof value !== 'object' || value === null) return []
  const names = Object.keys(value).filter((name) => !KEPT.has(name))
  const record = value as Record<string, unknown>
  return [
    ...names.filter((name) => OPTIONAL.has(name)).map((name) => without(record, name)),
    ...names.flatMap((name) =>
      simpler(record[name]).map((other) => ({ ...record, [name]: other })),
    ),
  ]
}

function without(record: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = record
  return rest
}

function smaller(value: number): number[] {
  if (!Number.isSafeInteger(value) || value <= 1) return []
  return value > 20 ? [1, Math.floor(value / 2)] : [1, value - 1]
}
