import type { ProjectList } from '@offset-button/contract'
import {
  countryName,
  countText,
  moneyText,
  technologyName,
  tonnesText,
  yearsText,
} from './format.ts'
import { type Html, html } from './html.ts'
import { type MarketQuery, marketPath, PROJECTS_PER_PAGE } from './market-query.ts'

/** The projects on offer in one choice, a page of them at a time. */
export function projectTable(list: ProjectList, query: MarketQuery, currency: string): Html {
  const most = Math.max(1, ...list.projects.map((project) => project.available_tonnes))
  return html`<section class="list"><h2 class="h2" id="projects">${countText(list.total)} ${list.total === 1 ? 'project' : 'projects'}</h2>
<table class="tbl offered" aria-labelledby="projects">
<thead><tr><th scope="col">Project</th><th scope="col">Technology</th><th scope="col">Years</th><th scope="col" class="r">From</th><th scope="col" class="r">On offer</th></tr></thead>
<tbody>${list.projects.map(
    (project) => html`
<tr><td class="project"><b><bdi lang="en">${project.title}</bdi></b><span class="sm">${countryName(project.host)}, project ${project.reference}</span></td><td class="technology">${technologyName(project.technology)}${scopeText(project)}</td><td class="vintages">${yearsText(project.vintages)}</td><td class="r from">${moneyText(project.best_price_minor, currency)}</td><td class="r quantity">${bar(project.available_tonnes, most)}${tonnesText(project.available_tonnes)}</td></tr>`,
  )}
</tbody></table>
${pagination(list, query)}</section>`
}

const scopeText = (project: ProjectList['projects'][number]): Html | null =>
  project.scope === null
    ? null
    : html`<span class="sm">scope ${project.scope}${project.scope_derived && ', derived'}</span>`

const bar = (tonnes: number, most: number): Html =>
  html`<svg class="qb" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(2, Math.round((100 * tonnes) / most))}" height="8" fill="currentColor"/></svg>`

function pagination(list: ProjectList, query: MarketQuery): Html | null {
  const { offset } = query
  if (offset === 0 && list.next_offset === null) return null
  const previous = Math.max(0, offset - PROJECTS_PER_PAGE)
  return html`<nav class="pages" aria-label="Pages of projects">
<span class="small">${countText(offset + 1)} to ${countText(offset + list.projects.length)} of ${countText(list.total)}</span>
<span>${offset > 0 && html`<a class="ghost" rel="prev" href="${marketPath({ ...query, offset: previous })}">Previous</a>`}
${list.next_offset !== null && html`<a class="ghost" rel="next" href="${marketPath({ ...query, offset: list.next_offset })}">Next</a>`}</span>
</nav>`
}
