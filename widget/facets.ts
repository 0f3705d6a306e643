import type { Filter, Market } from '@offset-button/contract'
import type { Bounds } from './choice.ts'

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
