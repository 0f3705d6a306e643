import type { ProjectList } from '@offset-button/contract'
import { yearsText } from './format.ts'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { type MarketQuery, marketPath, PROJECTS_PER_PAGE } from './market-query.ts'
import { linkTo, type Reader } from './reader.ts'

/** The projects on offer in one choice, a page of them at a time. */
export function projectTable(reader: Reader, list: ProjectList, query: MarketQuery): Html {
  const { capital, country, money, say, technology, tonnes } = reader.language
  const most = Math.max(1, ...list.projects.map((project) => project.available_tonnes))
  return html`<section class="list"><h2 class="h2" id="projects">${say('market.projects', { n: list.total })}</h2>
<table class="tbl offered" aria-labelledby="projects">
<thead><tr><th scope="col">${say('market.project')}</th><th scope="col">${say('filter.technology')}</th><th scope="col">${say('list.years')}</th><th scope="col" class="r">${say('market.from')}</th><th scope="col" class="r">${say('market.offer')}</th></tr></thead>
<tbody>${list.projects.map(
    (project) => html`
<tr><td class="project"><b><bdi lang="en">${project.title}</bdi></b><span class="sm">${say('list.project', { host: country(project.host), reference: project.reference })}</span></td><td class="technology">${capital(technology(project.technology))}${scopeText(reader.language, project)}</td><td class="vintages"><bdi dir="ltr">${yearsText(project.vintages)}</bdi></td><td class="r from">${money(project.best_price_minor)}</td><td class="r quantity">${bar(project.available_tonnes, most)}${tonnes(project.available_tonnes)}</td></tr>`,
  )}
</tbody></table>
${pagination(reader, list, query)}</section>`
}

const scopeText = (
  { say }: Language,
  { scope, scope_derived: isDerived }: ProjectList['projects'][number],
): Html | null =>
  scope === null
    ? null
    : html`<span class="sm">${say(isDerived ? 'list.scope_derived' : 'list.scope', { scope })}</span>`

const bar = (tonnes: number, most: number): Html =>
  html`<svg class="qb" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(2, Math.round((100 * tonnes) / most))}" height="8" fill="currentColor"/></svg>`

function pagination(reader: Reader, list: ProjectList, query: MarketQuery): Html | null {
  const { say } = reader.language
  const { offset } = query
  if (offset === 0 && list.next_offset === null) return null
  const previous = Math.max(0, offset - PROJECTS_PER_PAGE)
  return html`<nav class="pages" aria-label="${say('list.pages')}">
<span class="small">${say('list.range', { from: offset + 1, to: offset + list.projects.length, n: list.total })}</span>
<span>${offset > 0 && html`<a class="ghost" rel="prev" href="${linkTo(reader, marketPath({ ...query, offset: previous }))}">${say('list.previous')}</a>`}
${list.next_offset !== null && html`<a class="ghost" rel="next" href="${linkTo(reader, marketPath({ ...query, offset: list.next_offset }))}">${say('list.next')}</a>`}</span>
</nav>`
}
