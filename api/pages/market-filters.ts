import { MAX_VINTAGE, type Market, MIN_VINTAGE, type Technology } from '@offset-button/contract'
import { countryName, countText, technologyName } from './format.ts'
import { type Html, html } from './html.ts'
import { type MarketQuery, marketPath } from './market-query.ts'

const SHOWN_VALUES = 6

/** What the form has no fields for, in words. */
const FURTHER = {
  project: 'project',
  scope: 'sectoral scope',
  unit_type: 'unit type',
  not_project: 'not project',
  not_host: 'not host',
  not_technology: 'not technology',
  not_scope: 'not sectoral scope',
  not_unit_type: 'not unit type',
  not_vintage_from: 'no year from',
  not_vintage_to: 'no year to',
} as const satisfies Partial<Record<keyof MarketQuery['filter'], string>>
type FurtherName = keyof typeof FURTHER

type Value = { readonly value: string; readonly name: string; readonly tonnes: number }

/** The filter as a form that needs no script: submitting it asks for this page again. */
export function marketFilters(market: Market, { filter }: MarketQuery): Html {
  const set = Object.keys(filter).length
  return html`<details class="filter-box">
<summary class="ghost">Filters${set > 0 && `: ${set} set`}</summary>
<form class="filters" method="get" action="/" aria-label="Filters">
${filterFields(market, filter)}
<button class="ghost primary" type="submit">Show these</button>
${set > 0 && html`<a class="ghost" href="/">Show everything</a>`}
</form></details>`
}

/** The fields of a filter, for any form; what there is no field for stays as it is, hidden. */
export function filterFields(market: Market, filter: MarketQuery['filter']): Html {
  const { host, technology } = market.facets
  const kept = Object.keys(FURTHER).filter((name) => filter[name as FurtherName])
  return html`${kept.map((name) => html`<input type="hidden" name="${name}" value="${filter[name as FurtherName]}">`)}
${boxes(
  'Where',
  'host',
  host.map((facet) => ({
    value: facet.value,
    name: countryName(facet.value),
    tonnes: facet.available_tonnes,
  })),
  filter.host,
  countryName,
)}
${boxes(
  'Technology',
  'technology',
  technology.map((facet) => ({
    value: facet.value,
    name: technologyName(facet.value),
    tonnes: facet.available_tonnes,
  })),
  filter.technology,
  (value) => technologyName(value as Technology) ?? value,
)}
${years(market, filter)}`
}

/** What the address narrows beyond the fields of the form, in words; none where nothing does. */
export function furtherLimits({ filter }: MarketQuery): Html | null {
  const limits = Object.entries(FURTHER).flatMap(([name, words]) => {
    const values = filter[name as FurtherName]
    return values ? [`${words} ${values.replaceAll(',', ', ')}`] : []
  })
  if (limits.length === 0) return null
  const all = marketPath({
    filter: Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in FURTHER))),
    offset: 0,
  })
  return html`<p class="notice"><span>Only ${limits.join('; ')}. <a class="l" href="${all}">Drop this</a></span></p>`
}

/** A box a value, most tonnes first; what is ticked shows even where nothing of it is on offer. */
function boxes(
  legend: string,
  name: string,
  offered: readonly Value[],
  query: string | undefined,
  nameOf: (value: string) => string,
): Html | null {
  const ticked = new Set(query?.split(',').map((value) => value.trim()))
  const known = new Set(offered.map((value) => value.value))
  const gone = [...ticked]
    .filter((value) => value !== '' && !known.has(value))
    .map((value) => ({ value, name: nameIn(nameOf, value), tonnes: 0 }))
  const values = [...offered, ...gone].sort(
    (one, other) =>
      Number(ticked.has(other.value)) - Number(ticked.has(one.value)) ||
      other.tonnes - one.tonnes ||
      one.name.localeCompare(other.name, 'en'),
  )
  const shown = Math.max(SHOWN_VALUES, ticked.size)
  const rest = values.slice(shown)
  const list = (part: readonly Value[]) =>
    html`<ul>${part.map(
      (value) =>
        html`<li><label><input type="checkbox" name="${name}" value="${value.value}"${ticked.has(value.value) && html` checked`}><span>${value.name}</span><span>${countText(value.tonnes)}</span></label></li>`,
    )}</ul>`
  if (values.length === 0) return null
  return html`<fieldset><legend>${legend}</legend>${list(values.slice(0, shown))}${
    rest.length > 0 &&
    html`<details class="more-values"><summary>${rest.length} more</summary>${list(rest)}</details>`
  }</fieldset>`
}

/** A value from the address may be anything: where it has no name, it stands for itself. */
function nameIn(nameOf: (value: string) => string, value: string): string {
  try {
    return nameOf(value)
  } catch {
    return value
  }
}

function years(market: Market, filter: MarketQuery['filter']): Html {
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
  return html`<fieldset><legend>Year of the reduction</legend>
${tonnes.size > 0 && html`<svg class="years" viewBox="0 0 208 100" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`}
<div class="range">${field('vintage_from', 'From year', MIN_VINTAGE)}<span>to</span>${field('vintage_to', 'To year', MAX_VINTAGE)}</div></fieldset>`
}
