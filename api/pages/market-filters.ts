import {
  MAX_VINTAGE,
  type Market,
  MIN_VINTAGE,
  TECHNOLOGIES,
  type Technology,
} from '@offset-button/contract'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { type MarketQuery, marketPath } from './market-query.ts'
import { languageField, linkTo, type Reader } from './reader.ts'

/** The form's id, for buttons outside of it. */
export const FILTERS_FORM = 'filters'

const SHOWN_VALUES = 6

/** What the form has no fields for. */
const FURTHER = [
  'project',
  'scope',
  'unit_type',
  'not_project',
  'not_host',
  'not_technology',
  'not_scope',
  'not_unit_type',
  'not_vintage_from',
  'not_vintage_to',
] as const satisfies readonly (keyof MarketQuery['filter'])[]
const isFurther = (name: string): boolean => FURTHER.some((one) => one === name)

type Value = { readonly value: string; readonly name: string; readonly tonnes: number }

/** The filter as a form that needs no script: submitting it asks for this page again. */
export function marketFilters(reader: Reader, market: Market, { filter }: MarketQuery): Html {
  const { language } = reader
  const { say } = language
  const set = Object.keys(filter).length
  return html`<details class="filter-box">
<summary class="ghost">${set > 0 ? say('filters.set', { n: set }) : say('filters.title')}</summary>
<form class="filters" id="${FILTERS_FORM}" method="get" action="/" aria-label="${say('filters.title')}">
${languageField(reader)}${filterFields(language, market, filter)}
<button class="ghost primary" type="submit">${say('filters.show')}</button>
${set > 0 && html`<a class="ghost" href="${linkTo(reader, '/')}">${say('offered.everything')}</a>`}
</form></details>`
}

/** The fields of a filter, for any form; what there is no field for stays as it is, hidden. */
export function filterFields(
  language: Language,
  market: Market,
  filter: MarketQuery['filter'],
): Html {
  const { capital, country, say, technology } = language
  const kept = FURTHER.filter((name) => filter[name])
  const technologyName = (value: string) =>
    TECHNOLOGIES.some((one) => one === value) ? capital(technology(value as Technology)) : value
  const offered = (
    facets: readonly { readonly value: string; readonly available_tonnes: number }[],
    nameOf: (value: string) => string,
  ) =>
    facets.map((facet) => ({
      value: facet.value,
      name: nameOf(facet.value),
      tonnes: facet.available_tonnes,
    }))
  return html`${kept.map((name) => html`<input type="hidden" name="${name}" value="${filter[name]}">`)}
${boxes(language, {
  legend: say('filter.where'),
  name: 'host',
  offered: offered(market.facets.host, country),
  query: filter.host,
  nameOf: country,
})}
${boxes(language, {
  legend: say('filter.technology'),
  name: 'technology',
  offered: offered(market.facets.technology, technologyName),
  query: filter.technology,
  nameOf: technologyName,
})}
${years(language, market, filter)}`
}

/** What the address narrows beyond the fields of the form, in words; none where nothing does. */
export function furtherLimits(reader: Reader, { filter }: MarketQuery): Html | null {
  const { say } = reader.language
  const limits = FURTHER.flatMap((name) => {
    const values = filter[name]
    return values ? [say(`limit.${name}`, { values: values.replaceAll(',', ', ') })] : []
  })
  if (limits.length === 0) return null
  const all = marketPath({
    filter: Object.fromEntries(Object.entries(filter).filter(([name]) => !isFurther(name))),
    offset: 0,
  })
  return html`<p class="notice"><span>${say('limit.only', { limits: limits.join('; ') })} <a class="l" href="${linkTo(reader, all)}">${say('limit.drop')}</a></span></p>`
}

/** A box a value, most tonnes first; what is ticked shows even where nothing of it is on offer. */
function boxes(
  { code, count, say }: Language,
  group: {
    readonly legend: string
    readonly name: 'host' | 'technology'
    readonly offered: readonly Value[]
    readonly query: string | undefined
    readonly nameOf: (value: string) => string
  },
): Html | null {
  const { legend, name, nameOf, offered, query } = group
  const ticked = new Set(query?.split(',').map((value) => value.trim()))
  const known = new Set(offered.map((value) => value.value))
  const gone = [...ticked]
    .filter((value) => value !== '' && !known.has(value))
    .map((value) => ({ value, name: nameOf(value), tonnes: 0 }))
  const values = [...offered, ...gone].sort(
    (one, other) =>
      Number(ticked.has(other.value)) - Number(ticked.has(one.value)) ||
      other.tonnes - one.tonnes ||
      one.name.localeCompare(other.name, code),
  )
  const shown = Math.max(SHOWN_VALUES, ticked.size)
  const rest = values.slice(shown)
  const list = (part: readonly Value[]) =>
    html`<ul>${part.map(
      (value) =>
        html`<li><label><input type="checkbox" name="${name}" value="${value.value}"${ticked.has(value.value) && html` checked`}><span>${value.name}</span><span>${count(value.tonnes)}</span></label></li>`,
    )}</ul>`
  if (values.length === 0) return null
  return html`<fieldset><legend>${legend}</legend>${list(values.slice(0, shown))}${
    rest.length > 0 &&
    html`<details class="more-values"><summary>${say('filters.more', { n: rest.length })}</summary>${list(rest)}</details>`
  }</fieldset>`
}

function years({ say }: Language, market: Market, filter: MarketQuery['filter']): Html {
  const tonnes = new Map(
    market.facets.vintage.map((facet) => [facet.value, facet.available_tonnes]),
  )
  const most = Math.max(1, ...tonnes.values())
  const from = Number(filter.vintage_from ?? MIN_VINTAGE)
  const to = Number(filter.vintage_to ?? MAX_VINTAGE)
  const bars = Array.from({ length: MAX_VINTAGE - MIN_VINTAGE + 1 }, (_, index) => {
    const year = MIN_VINTAGE + index
    const height = Math.round((100 * (tonnes.get(year) ?? 0)) / most)
    const kind = year >= from && year <= to ? 'in-range' : 'out'
    return html`<rect class="${kind}" x="${index * 10}" y="${100 - height}" width="8" height="${height}" fill="currentColor"/>`
  })
  const field = (name: 'vintage_from' | 'vintage_to', label: string, placeholder: number) =>
    html`<input type="number" name="${name}" aria-label="${label}" min="${MIN_VINTAGE}" max="${MAX_VINTAGE}" step="1" placeholder="${placeholder}" value="${filter[name]}">`
  return html`<fieldset><legend>${say('filter.year')}</legend>
${tonnes.size > 0 && html`<svg class="years" viewBox="0 0 208 100" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`}
<div class="range">${field('vintage_from', say('filter.from'), MIN_VINTAGE)}<span>${say('filter.to')}</span>${field('vintage_to', say('filter.to_year'), MAX_VINTAGE)}</div></fieldset>`
}
