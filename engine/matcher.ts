/** Filters made ready for matching, and attributes made safe to keep. */
import { isNumbering } from './bounds.ts'
import type { Filter, OfferAttributes } from './filter.ts'

/** Says whether an offer with these attributes is inside a filter. */
export type Matcher = (attributes: OfferAttributes) => boolean

const LISTED = ['project', 'host', 'scope', 'technology', 'methodology', 'unitType'] as const
const NAMES: readonly string[] = [...LISTED, 'vintage']

const everyOffer: Matcher = () => true

/** A frozen copy of the attributes, or undefined when one is missing or not a safe integer of 0 or more. */
export function readAttributes(attributes: unknown): OfferAttributes | undefined {
  if (!isRecord(attributes)) return undefined
  const { project, host, scope, technology, methodology, vintage, unitType } =
    attributes as OfferAttributes
  const copy = { project, host, scope, technology, methodology, vintage, unitType }
  return Object.values(copy).every(isNumbering) ? Object.freeze(copy) : undefined
}

/**
 * Compiles a filter; an absent one matches all. Undefined when it is malformed: a name that is no attribute, a list that
 * is none, a value that is not a safe integer of 0 or more, or a vintage that ends before it begins.
 */
export function readFilter(filter: unknown): Matcher | undefined {
  if (filter === undefined) return everyOffer
  if (!isRecord(filter) || !Object.keys(filter).every((name) => NAMES.includes(name))) {
    return undefined
  }
  const given = filter as Filter
  const clauses: Matcher[] = []
  for (const name of LISTED) {
    const values = given[name]
    if (values === undefined) continue
    if (!Array.isArray(values) || !values.every(isNumbering)) return undefined
    const wanted = new Set<number>(values)
    clauses.push((attributes) => wanted.has(attributes[name]))
  }
  if (given.vintage !== undefined) {
    if (!isRecord(given.vintage)) return undefined
    const { from, to } = given.vintage
    if (!isNumbering(from) || !isNumbering(to) || from > to) return undefined
    clauses.push(({ vintage }) => vintage >= from && vintage <= to)
  }
  return (attributes) => clauses.every((clause) => clause(attributes))
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
