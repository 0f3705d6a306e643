/** What the oracle holds to be well formed, in its own words. */
import type {
  Filter,
  OfferAttributes,
  Query,
  Rejected,
  RejectionReason,
  Selection,
} from '@offset-button/engine'

export const PRICE_BOUND = 10 ** 9
export const QUANTITY_BOUND = 10 ** 12
/** Of a seller, and of an attribute. */
export const NUMBER_BOUND = 2 ** 31 - 1
export const SAFE = Number.MAX_SAFE_INTEGER
const ATTRIBUTES = [
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
): Rejected | undefined {
  const reasons = Object.keys(checks) as RejectionReason[]
  const reason = reasons.find((one) => checks[one]?.())
  return reason && { kind: 'Rejected', reason }
}

export function invalidQuery(query: Query): Rejected | undefined {
  const given = plain(query) ? query : ({} as Query)
  const { quantityTonnes: tonnes, budgetMinor: budget, maxPriceMinor, maxTotalMinor, buyer } = given
  return first({
    InvalidQuantity: () =>
      [tonnes, budget].filter((amount) => amount !== undefined).length !== 1 ||
      (tonnes !== undefined && !whole(tonnes, 1, QUANTITY_BOUND)) ||
      ![true, false].includes(given.allOrNone),
    InvalidSeller: () => buyer !== undefined && !whole(buyer, 0, NUMBER_BOUND),
    InvalidFilter: () => !validFilter(given.filter),
    InvalidLimit: () =>
      (maxPriceMinor !== undefined && !whole(maxPriceMinor, 1, PRICE_BOUND)) ||
      [maxTotalMinor, budget].some((sum) => sum !== undefined && !whole(sum, 1, SAFE)),
  })
}

export function invalidAttributes(attributes: OfferAttributes): boolean {
  return !plain(attributes) || ATTRIBUTES.some((name) => !whole(attributes[name], 0, NUMBER_BOUND))
}

/** The seven that count, whatever else was given with them. */
export function onlyAttributes(attributes: OfferAttributes): OfferAttributes {
  return Object.fromEntries(
    ATTRIBUTES.map((name) => [name, attributes[name]]),
  ) as unknown as OfferAttributes
}

export function sameAttributes(one: OfferAttributes, other: OfferAttributes): boolean {
  return ATTRIBUTES.every((name) => one[name] === other[name])
}

export function validFilter(filter: Filter | undefined): boolean {
  if (filter === undefined) return true
  if (!plain(filter)) return false
  const { not, ...selection } = filter
  return validSelection(selection) && (not === undefined || (plain(not) && validSelection(not)))
}

function validSelection(selection: Selection): boolean {
  return Object.entries(selection).every(([name, value]) => {
    if (!(ATTRIBUTES as readonly string[]).includes(name)) return false
    if (value === undefined) return true
    if (name !== 'vintage') {
      return Array.isArray(value) && value.every((one) => whole(one, 0, NUMBER_BOUND))
    }
    const { from, to } = (plain(value) ? value : {}) as { from: number; to: number }
    return whole(from, 0, NUMBER_BOUND) && whole(to, 0, NUMBER_BOUND) && from <= to
  })
}

export function inside(filter: Filter | undefined, attributes: OfferAttributes): boolean {
  if (filter === undefined) return true
  return ATTRIBUTES.every((name) => {
    const [wanted, unwanted] = [filter[name], filter.not?.[name]]
    return (
      (wanted === undefined || names(wanted, attributes[name])) &&
      (unwanted === undefined || !names(unwanted, attributes[name]))
    )
  })
}

type Values = readonly number[] | { readonly from: number; readonly to: number }

const names = (values: Values, value: number): boolean =>
  'from' in values ? value >= values.from && value <= values.to : values.includes(value)

export const whole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value % 1 === 0 && value >= least && value <= most

const plain = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === '[object Object]'
