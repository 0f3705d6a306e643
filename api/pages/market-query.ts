import type { FilterQuery } from '@offset-button/contract'

/** What the market page was asked for: a filter, and where its list of projects begins. */
export type MarketQuery = { readonly filter: FilterQuery; readonly offset: number }

export const PROJECTS_PER_PAGE = 25

const FILTER_NAMES = [
  'project',
  'host',
  'technology',
  'scope',
  'unit_type',
  'vintage_from',
  'vintage_to',
  'not_project',
  'not_host',
  'not_technology',
  'not_scope',
  'not_unit_type',
  'not_vintage_from',
  'not_vintage_to',
] as const satisfies readonly (keyof FilterQuery)[]

export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Reads the query string of the page. A form sends one `host` a ticked box and blanks for empty
 * fields: boxes are joined by commas, as the API takes them, and blanks are dropped. Values are not
 * judged here; other names are ignored; an offset that is not a count is 0.
 */
export function readMarketQuery(query: RawQuery): MarketQuery {
  const offset = [query.offset].flat()[0] ?? ''
  return {
    filter: readFilterNames(query),
    offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0,
  }
}

/** The part of a query that names a filter, as the API takes it. */
export function readFilterNames(query: RawQuery): FilterQuery {
  const filter: { -readonly [name in keyof FilterQuery]: FilterQuery[name] } = {}
  for (const name of FILTER_NAMES) {
    const value = [query[name] ?? []]
      .flat()
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join(',')
    if (value !== '') filter[name] = value
  }
  return filter
}

/** The names and values that say the same filter. */
export const writeFilterNames = (filter: FilterQuery): [string, string][] =>
  FILTER_NAMES.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []))

/** The address of the same choice, further down its list. */
export function marketPath({ filter, offset }: MarketQuery): string {
  const search = new URLSearchParams(writeFilterNames(filter))
  if (offset > 0) search.set('offset', String(offset))
  return search.size === 0 ? '/' : `/?${search}`
}
