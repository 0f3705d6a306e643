/** What the oracle holds to be well formed, in its own words. */
import type {
  Filter,
  OfferAttributes,
  Query,
  Rejected,
  RejectionReason,
} from '@offset-button/engine'

export const PRICE_BOUND = 10 ** 9
export const QUANTITY_BOUND = 10 ** 12
export const SAFE = Number.MAX_SAFE_INTEGER
export const ATTRIBUTES = [
  'project',
  'host',
  'scope',
  'technology',
  'methodology',
  'vintage',
  'unitType',
] as const

/** The first reason that holds, in the order written. */
export function first(
  checks: Partial<Record<RejectionReason, () => boolean>>,
  availableTonnes?: number,
): Rejected | undefined {
  for (const [reason, holds] of Object.entries(checks) as [RejectionReason, () => boolean][]) {
    if (!holds()) continue
    const says = reason === 'NotEnoughAvailable' && availableTonnes !== undefined
    return { kind: 'Rejected', reason, ...(says ? { availableTonnes } : {}) }
  }
  return undefined
}

export function invalidQuery(query: Query): Rejected | undefined {
  const given = plain(query) ? query : ({} as Query)
  const { quantityTonnes: tonnes, budgetMinor: budget, maxPriceMinor, maxTotalMinor, buyer } = given
  return first({
    InvalidQuantity: () =>
      [tonnes, budget].filter((amount) => amount !== undefined).length !== 1 ||
      (tonnes !== undefined && !whole(tonnes, 1, QUANTITY_BOUND)) ||
      ![true, false].includes(given.allOrNone),
    InvalidSeller: () => buyer !== undefined && !whole(buyer, 0, SAFE),
    InvalidFilter: () => given.filter !== undefined && !validFilter(given.filter),
    InvalidLimit: () =>
      (maxPriceMinor !== undefined && !whole(maxPriceMinor, 1, PRICE_BOUND)) ||
      [maxTotalMinor, budget].some((sum) => sum !== undefined && !whole(sum, 1, SAFE)),
  })
}

function validFilter(filter: Filter): boolean {
  if (!plain(filter)) return false
  return Object.entries(filter).every(([name, value]) => {
    if (value === undefined) return (ATTRIBUTES as readonly string[]).includes(name)
    if (name === 'vintage') {
      const { from, to } = (plain(value) ? value : {}) as { from: number; to: number }
      return whole(from, 0, SAFE) && whole(to, 0, SAFE) && from <= to
    }
    if (!(ATTRIBUTES as readonly string[]).includes(name) || !Array.isArray(value)) return false
    return value.every((one) => whole(one, 0, SAFE))
  })
}

export function inside(filter: Filter | undefined, attributes: OfferAttributes): boolean {
  return ATTRIBUTES.every((name) => {
    const value = filter?.[name]
    if (value === undefined) return true
    if ('from' in value) return attributes[name] >= value.from && attributes[name] <= value.to
    return value.includes(attributes[name])
  })
}

export const whole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value % 1 === 0 && value >= least && value <= most

export const plain = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === '[object Object]'
