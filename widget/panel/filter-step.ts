import type { Market, Technology } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import type { Choice } from '../choice.ts'
import { type Facet, facetsWithin, recounted } from '../facets.ts'
import type { StringKey } from '../strings.ts'
import { downIcon } from './icons-later.ts'
import type { Page } from './shell.ts'
import type { Pages } from './steps.ts'
import { type View, words } from './view.ts'

/** Hosts shown before "more countries". */
const FIRST_HOSTS = 6

/** Step 1d: which projects, from what the market has inside the page's bounds. */
const filterStep = (view: View): Page => {
  const { draft, market: all } = view.purchase
  const market = draft?.market ?? all
  return {
    title: words(view, 'filter.title'),
    step: 1,
    back: true,
    body: draft && all && market ? drawFacets(view, draft.choice, all, market) : html``,
    foot: html`<p class="between small" role="status"><span>${words(view, 'filter.on_offer')}</span>
        <span class="strong">${market ? onOffer(view, market) : '…'}</span></p>
      <button class="act" type="button" @click=${view.actions.useFilter}>${words(view, 'filter.use')}</button>`,
  }
}

const onOffer = (view: View, market: Market) =>
  words(view, 'filter.count', {
    n: market.projects,
    tonnes: view.format.tonnes(market.available_tonnes),
  })

const drawFacets = (view: View, choice: Choice, all: Market, market: Market): TemplateResult => {
  const whole = facetsWithin(all, view.settings.bounds)
  const hosts = recounted(whole.hosts, market.facets.host)
  const offered = recounted(whole.technologies, market.facets.technology)
  const years = recounted(whole.years, market.facets.vintage)
  const draft = (change: Partial<Choice>) => view.actions.draftFilter({ ...choice, ...change })
  const technologies = choice.technologies
  return html`
    ${drawHosts(view, choice, hosts, (chosen) => draft({ hosts: chosen }))}
    <fieldset><legend>${words(view, 'filter.technology')}</legend><div class="chips">
      ${chip(words(view, 'filter.any_technology'), null, technologies.length === 0, () =>
        draft({ technologies: [] }),
      )}
      ${offered.map((facet) =>
        chip(
          capital(words(view, `technology.${facet.value}` as StringKey)),
          view.format.tonnes(facet.available_tonnes),
          technologies.includes(facet.value),
          () => draft({ technologies: toggled<Technology>(technologies, facet.value) }),
        ),
      )}
    </div></fieldset>
    <fieldset><legend>${words(view, 'filter.year')}</legend><div class="years">
      ${yearSelect(view, 'filter.from', choice.from, years, (from) => draft({ from }))}
      <span class="small" aria-hidden="true">${words(view, 'filter.to')}</span>
      ${yearSelect(view, 'filter.to_year', choice.to, years, (to) => draft({ to }))}
    </div></fieldset>`
}

const drawHosts = (
  view: View,
  choice: Choice,
  hosts: readonly Facet<string>[],
  choose: (hosts: readonly string[]) => void,
) => {
  const drawn = (facet: Facet<string>) =>
    chip(
      view.format.host(facet.value),
      view.format.tonnes(facet.available_tonnes),
      choice.hosts.includes(facet.value),
      () => choose(toggled(choice.hosts, facet.value)),
    )
  const more = hosts.slice(FIRST_HOSTS)
  return html`<fieldset><legend>${words(view, 'filter.where')}</legend><div class="chips">
      ${chip(words(view, 'filter.anywhere'), null, choice.hosts.length === 0, () => choose([]))}
      ${hosts.slice(0, FIRST_HOSTS).map(drawn)}
    </div>
    ${
      more.length > 0
        ? html`<details class="more" ?open=${more.some((it) => choice.hosts.includes(it.value))}>
            <summary><span class="link">${words(view, 'filter.more_hosts', { n: more.length })}</span></summary>
            <div class="chips">${more.map(drawn)}</div></details>`
        : nothing
    }</fieldset>`
}

const yearSelect = (
  view: View,
  label: StringKey,
  chosen: number | null,
  years: readonly Facet<number>[],
  choose: (year: number | null) => void,
) => {
  const edge = label === 'filter.from' ? years[0] : years.at(-1)
  const value = chosen ?? edge?.value
  return html`<span class="select"><select class="input" aria-label=${words(view, label)}
    @change=${(event: Event) => {
      const year = Number((event.target as HTMLSelectElement).value)
      choose(year === edge?.value ? null : year)
    }}>
    ${years.map(
      (facet) => html`<option value=${facet.value} ?selected=${facet.value === value}
        .selected=${facet.value === value}>${facet.value} · ${view.format.tonnes(facet.available_tonnes)}</option>`,
    )}
  </select>${downIcon}</span>`
}

const chip = (label: string, tonnes: string | null, pressed: boolean, onClick: () => void) =>
  html`<button class="chip" type="button" aria-pressed=${pressed ? 'true' : 'false'}
    @click=${onClick}>${label}${tonnes === null ? nothing : html`<small>${tonnes}</small>`}</button>`

const toggled = <T>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((it) => it !== value) : [...values, value]

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

export const pages: Pages = { filter: filterStep }
export const styles: readonly string[] = []
