import type { Market, ProjectList } from '@offset-button/contract'
import { depthLadder, priceCurve } from './depth-ladder.ts'
import { basisPointsText, countText, dayText, moneyText, tonnesText } from './format.ts'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { furtherLimits, marketFilters } from './market-filters.ts'
import type { MarketQuery } from './market-query.ts'
import { projectTable } from './project-table.ts'
import { choicePath, readChoice } from './purchase-choice.ts'

/** The hosted page of the market: what one choice holds, at which price, from which projects. */
export function marketPage(market: Market, projects: ProjectList, query: MarketQuery): string {
  return page({
    title: `Credits on offer${market.demo ? ' (demo)' : ''}`,
    test: market.test,
    current: 'market',
    body: html`<main class="main">
${intro(market, query)}
<div class="shop">
${marketFilters(market, query)}
<div>${market.depth.length === 0 ? empty : html`${book(market, query)}${list(projects, query, market)}`}</div>
</div>
</main>`,
  })
}

function intro(market: Market, query: MarketQuery): Html {
  return html`<div class="intro">
<div><h1 class="h1">Credits on offer</h1>
<p class="sub">Carbon credits of UN projects, one tonne of CO₂e each, offered by the projects’ owners. Whoever buys has them cancelled in the registry for good: cheapest first, and at one price whoever offered first.</p></div>
<div class="registries">${market.registries.map((registry) => html`<p class="small">${registryText(registry)}</p>`)}</div>
${market.state === 'halted' && html`<p class="notice"><span class="tag">PAUSED</span><span>The market is paused. Nothing can be bought until it opens again.</span></p>`}
${market.demo && html`<p class="notice"><span class="tag">DEMO</span><span>Quantities, prices, years, serial numbers and sellers are invented. Project titles are real.</span></p>`}
${furtherLimits(query)}
</div>`
}

function registryText(registry: Market['registries'][number]): string {
  const states = {
    open: 'open',
    closed: 'not taking cancellations',
    unreachable: 'not answering; we keep asking',
  } as const
  const name =
    registry.simulated && !/simulated/i.test(registry.name)
      ? `${registry.name}, simulated`
      : registry.name
  const closing =
    registry.closes_at === null
      ? ''
      : `; ${registry.closes_at_reported ? 'reported to close' : 'closes'} on ${dayText(registry.closes_at)}`
  return `${name}: ${states[registry.state]}${closing}`
}

function book(market: Market, query: MarketQuery): Html {
  const { currency, fees } = market
  const dearest = market.depth.at(-1)
  return html`<section class="card book" aria-labelledby="depth">
<div><h2 class="h2" id="depth">Depth</h2>
${depthLadder(market)}</div>
<div class="sums">
<p class="sum">${tonnesText(market.available_tonnes)}</p>
<p><a class="ghost primary wide" href="${choicePath('/buy', readChoice(query.filter))}">Choose an amount</a></p>
<dl class="kv"><dt>Offers</dt><dd>${countText(market.offers)}</dd>
<dt>Projects</dt><dd>${countText(market.projects)}</dd>
${market.best_price_minor !== null && html`<dt>Cheapest</dt><dd>${moneyText(market.best_price_minor, currency)}</dd>`}
${dearest && html`<dt>Dearest</dt><dd>${moneyText(dearest.price_minor, currency)}</dd>`}</dl>
${priceCurve(market)}
<dl class="kv fees"><dt>Platform fee</dt><dd>${basisPointsText(fees.platform_basis_points)}</dd>
<dt>Card processing</dt><dd>${basisPointsText(fees.processing_basis_points)} + ${moneyText(fees.processing_fixed_minor, currency)}</dd></dl>
<p class="small">Fees come on top and are shown before you pay. Prices move; you never pay more than what is shown when you pay.</p>
</div>
</section>`
}

/** The list, unless the address asks for a page beyond its end. */
function list(projects: ProjectList, query: MarketQuery, market: Market): Html {
  return projects.projects.length === 0 ? empty : projectTable(projects, query, market.currency)
}

const empty = html`<section class="card empty">
<p>Nothing is on offer in this choice today.</p>
<p class="sub">Choose other projects, or come back later.</p>
<p><a class="ghost" href="/">Show everything</a></p>
</section>`
