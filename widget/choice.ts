import type { Filter, Market, Technology } from '@offset-button/contract'
import type { Format } from './format.ts'
import { type Language, type StringKey, say } from './strings.ts'

/** What the page's owner allows: a visitor narrows it, and cannot widen it. */
export type Bounds = Filter
/** What the visitor narrowed it to; an empty list is "no matter which". */
export type Choice = {
  readonly hosts: readonly string[]
  readonly technologies: readonly Technology[]
  readonly from: number | null
  readonly to: number | null
}

export const NO_CHOICE: Choice = { hosts: [], technologies: [], from: null, to: null }

/** The filter on the wire: the bounds, narrowed by the choice. */
export const filterOf = (bounds: Bounds, choice: Choice): Filter => {
  const host = choice.hosts.length > 0 ? [...choice.hosts] : bounds.host
  const technology = choice.technologies.length > 0 ? [...choice.technologies] : bounds.technology
  const vintage = vintageOf(bounds, choice)
  return {
    ...(bounds.project && { project: bounds.project }),
    ...(host && { host }),
    ...(technology && { technology }),
    ...(vintage && { vintage }),
  }
}

const FIRST_YEAR = 2000
const LAST_YEAR = 2020

const vintageOf = (bounds: Bounds, choice: Choice): Filter['vintage'] => {
  if (choice.from === null && choice.to === null) return bounds.vintage
  const from = choice.from ?? bounds.vintage?.from ?? FIRST_YEAR
  const to = choice.to ?? bounds.vintage?.to ?? LAST_YEAR
  return { from: Math.min(from, to), to: Math.max(from, to) }
}

export type Facet<T> = { readonly value: T; readonly available_tonnes: number }

/** The facets as a list of values that stays, with the tonnes that another choice leaves of each. */
export const recounted = <T>(
  facets: readonly Facet<T>[],
  counts: readonly Facet<T>[],
): readonly Facet<T>[] =>
  facets.map(({ value }) => ({
    value,
    available_tonnes: counts.find((it) => it.value === value)?.available_tonnes ?? 0,
  }))

/** The values that the market has and the bounds allow, with their tonnes; hosts by tonnes, most first. */
export const facetsWithin = (market: Market, bounds: Bounds) => ({
  hosts: market.facets.host
    .filter(({ value }) => !bounds.host || bounds.host.includes(value))
    .sort((a, b) => b.available_tonnes - a.available_tonnes || (a.value < b.value ? -1 : 1)),
  technologies: market.facets.technology.filter(
    ({ value }) => !bounds.technology || bounds.technology.includes(value),
  ),
  years: market.facets.vintage
    .filter(({ value }) => within(bounds.vintage, value))
    .sort((a, b) => a.value - b.value),
})

const within = (years: Filter['vintage'], year: number): boolean =>
  !years || (years.from <= year && year <= years.to)

export const sumTonnes = (facets: readonly Facet<unknown>[]): number =>
  facets.reduce((sum, facet) => sum + facet.available_tonnes, 0)

export const isFiltered = (filter: Filter): boolean => Object.keys(filter).length > 0

/** `Kenya or Uganda; hydro or solar; 2013–2020`, or null where the filter lets everything through. */
export const describeFilter = (
  language: Language,
  format: Format,
  filter: Filter,
): string | null => {
  const either = new Intl.ListFormat(language.tag, { type: 'disjunction' })
  const parts: string[] = []
  if (filter.project) parts.push(either.format(filter.project))
  if (filter.host) parts.push(either.format(filter.host.map((code) => format.host(code))))
  if (filter.technology)
    parts.push(
      either.format(filter.technology.map((it) => say(language, `technology.${it}` as StringKey))),
    )
  if (filter.vintage) parts.push(yearsOf(filter.vintage))
  return parts.length === 0 ? null : parts.join('; ')
}

const yearsOf = ({ from, to }: { from: number; to: number }) =>
  from === to ? String(from) : `${from}\u2060–\u2060${to}`
