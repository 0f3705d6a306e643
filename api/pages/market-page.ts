import type { Market, ProjectList } from '@offset-button/contract'
import { depthLadder, priceCurve } from './depth-ladder.ts'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { page } from './layout.ts'
import { FILTERS_FORM, furtherLimits, marketFilters } from './market-filters.ts'
import type { MarketQuery } from './market-query.ts'
import { projectTable } from './project-table.ts'
import { choicePath, readChoice } from './purchase-choice.ts'
import { demoNotice, markedTitle } from './purchase-frame.ts'
import { linkTo, type Reader } from './reader.ts'

/** The hosted page of the market: what one choice holds, at which price, from which projects. */
export function marketPage(
  reader: Reader,
  market: Market,
  projects: ProjectList,
  query: MarketQuery,
): string {
  const { language } = reader
  return page(reader, {
    title: markedTitle(language, language.say('market.title'), market),
    test: market.test,
    current: 'market',
    form: { id: FILTERS_FORM, action: '/' },
    body: html`<main class="main">
${intro(reader, market, query)}
<div class="shop">
${marketFilters(reader, market, query)}
<div>${market.depth.length === 0 ? empty(reader) : html`${book(reader, market, query)}${list(reader, projects, query)}`}</div>
</div>
</main>`,
  })
}

function intro(reader: Reader, market: Market, query: MarketQuery): Html {
  const { language } = reader
  const { say } = language
  return html`<div class="intro">
<div><h1 class="h1">${say('market.title')}</h1>
<p class="sub">${say('offered.intro')}</p></div>
<div class="registries">${market.registries.map((registry) => html`<p class="small">${registryText(language, registry)}</p>`)}</div>
${market.state === 'halted' && html`<p class="notice"><span class="tag">${say('tag.paused')}</span><span>${say('now.halted')}</span></p>`}
${demoNotice(language, market)}
${furtherLimits(reader, query)}
</div>`
}

function registryText({ day, say }: Language, registry: Market['registries'][number]): string {
  const { closes_at: closesAt, closes_at_reported: isReported, state } = registry
  const name =
    registry.simulated && !/simulated/i.test(registry.name)
      ? say('registry.simulated', { name: registry.name })
      : registry.name
  const told = say(`registry.${state}`, { name })
  if (closesAt === null) return told
  const closing = { state: told, day: day(closesAt) }
  return say(isReported ? 'registry.closes_reported' : 'registry.closes', closing)
}

function book(reader: Reader, market: Market, query: MarketQuery): Html {
  const { language } = reader
  const { count, money, percent, say, tonnes } = language
  const { fees } = market
  const dearest = market.depth.at(-1)
  const choosing = linkTo(reader, choicePath('/buy', readChoice(query.filter)))
  return html`<section class="card book" aria-labelledby="depth">
<div><h2 class="h2" id="depth">${say('depth.title')}</h2>
${depthLadder(language, market)}</div>
<div class="sums">
<p class="sum">${tonnes(market.available_tonnes)}</p>
<p><a class="ghost primary wide" href="${choosing}">${say('offered.choose')}</a></p>
<dl class="kv"><dt>${say('offered.offers')}</dt><dd>${count(market.offers)}</dd>
<dt>${say('offered.projects')}</dt><dd>${count(market.projects)}</dd>
${market.best_price_minor !== null && html`<dt>${say('offered.cheapest')}</dt><dd>${money(market.best_price_minor)}</dd>`}
${dearest && html`<dt>${say('offered.dearest')}</dt><dd>${money(dearest.price_minor)}</dd>`}</dl>
${priceCurve(language, market)}
<dl class="kv fees"><dt>${say('offered.platform_fee')}</dt><dd>${percent(fees.platform_basis_points)}</dd>
<dt>${say('quote.processing')}</dt><dd><bdi dir="ltr">${percent(fees.processing_basis_points)} + ${money(fees.processing_fixed_minor)}</bdi></dd></dl>
<p class="small">${say('offered.fees')}</p>
</div>
</section>`
}

/** The list, unless the address asks for a page beyond its end. */
function list(reader: Reader, projects: ProjectList, query: MarketQuery): Html {
  return projects.projects.length === 0 ? empty(reader) : projectTable(reader, projects, query)
}

function empty(reader: Reader): Html {
  const { say } = reader.language
  return html`<section class="card empty">
<p>${say('filter.nothing')}</p>
<p class="sub">${say('offered.empty_next')}</p>
<p><a class="ghost" href="${linkTo(reader, '/')}">${say('offered.everything')}</a></p>
</section>`
}
