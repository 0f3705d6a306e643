import type { Market, ProjectList } from '@offset-button/contract'
import { MARKET_WORDS } from '@offset-button/contract/words/market'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { createApiClient } from '../api-client.ts'
import { sheetsOf } from '../css.ts'
import { createFormat } from '../format.ts'
import { LiveStream } from '../live/live-stream.ts'
import { SpeakingElement } from '../live/speaking-element.ts'
import { sayIn } from '../live/words.ts'
import { lengthOf, type Rung, rungsOf } from './ladder.ts'
import { marketStyles } from './market.css.ts'

export type { ErrorDetail } from '../events.ts'

const SHOWN_PRICES = 10
const SHOWN_PROJECTS = 8
/** The list of projects is asked for again at most this often, however often the book changes. */
const LIST_MS = 2_000

/** The names of the attributes that filter, and what the API calls them. */
const FILTERS = {
  hosts: 'host',
  technologies: 'technology',
  projects: 'project',
  vintageFrom: 'vintage_from',
  vintageTo: 'vintage_to',
} as const

/**
 * What is on offer, live: tonnes at each price as a ladder, and the projects behind them, cheapest first. It follows the
 * market from when it stands in the page until it does not, and rests while the page is not seen.
 *
 * @tag offset-market
 * @attr {string} key - The publishable key, `pk_…`. Required.
 * @attr {string} api - The address of the API; by default the origin that this script came from.
 * @attr {number} tonnes - Shows in blue what a purchase of so many tonnes would take.
 * @attr {string} hosts - Only these host countries, such as `KE,UG`.
 * @attr {string} technologies - Only these technologies, such as `hydro,solar`.
 * @attr {string} projects - Only these projects, by CDM reference.
 * @attr {number} vintage-from - Only reductions from this year on.
 * @attr {number} vintage-to - Only reductions up to this year.
 * @attr {string} lang - The language; by default that of the nearest ancestor with `lang`.
 * @fires {CustomEvent<ErrorDetail>} offset-error - The market cannot be shown here.
 * @csspart card - Around everything.
 * @csspart ladder - The table of prices.
 * @csspart list - The table of projects.
 *
 * @cssprop --offset-accent - What a purchase would take. Default #2141A6.
 * @cssprop --offset-ink - Text, and the ends of bars.
 * @cssprop --offset-paper - The ground.
 * @cssprop --offset-font - By default the system's.
 * @cssprop --offset-radius - Of the card. Default 8px.
 */
export class OffsetMarket extends SpeakingElement {
  static override properties = {
    key: {},
    api: {},
    tonnes: {},
    hosts: {},
    technologies: {},
    projects: {},
    vintageFrom: { attribute: 'vintage-from' },
    vintageTo: { attribute: 'vintage-to' },
  }
  static override styles = [...SpeakingElement.styles, ...sheetsOf([marketStyles])]

  declare key: string | null
  declare api: string | null
  declare tonnes: string | number | null
  declare hosts: string | null
  declare technologies: string | null
  declare projects: string | null
  declare vintageFrom: string | number | null
  declare vintageTo: string | number | null

  readonly #market = new LiveStream<Market>(this, 'market', ({ code, retryable, title }) =>
    this.report(code, retryable, title),
  )
  #list: ProjectList | null = null
  #listOf = ''
  #listAt = Number.NEGATIVE_INFINITY
  #listTimer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#listTimer)
  }

  protected override willUpdate(_: PropertyValues): void {
    const api = this.addressOf(this.api ?? null)
    const key = this.key ?? ''
    const query = this.#query()
    this.#market.follow(
      api && key ? { api, key, path: `/v1/market/events${query && `?${query}`}` } : null,
    )
    const market = this.#market.value
    if (market) this.#askForList(api, key, query, market.sequence)
  }

  protected override render(): TemplateResult {
    const market = this.#market.value
    const { state } = this.#market
    const say = (
      key: Parameters<typeof sayIn<keyof (typeof MARKET_WORDS)['en']>>[2],
      values = {},
    ) => sayIn(MARKET_WORDS, this.tongue, key, values)
    const rtl = this.tongue.direction === 'rtl'
    const said = this.key ? say(state === 'live' ? 'live' : state) : say('refused')
    return html`<section class="card ${rtl ? 'rtl' : ''}" part="card" lang=${this.tongue.code} dir=${this.tongue.direction} aria-label=${say('title')}>
<header>${
      market &&
      html`<p class="sum"><b>${this.#tonnes(market.available_tonnes)}</b> <span class="small">${say('projects', { n: market.projects })}</span></p>`
    }${market?.demo ? html`<span class="tag">DEMO</span>` : nothing}
<p class="small ${state === 'live' ? '' : 'lost'}" role="status"><span class="dot" aria-hidden="true"></span>${said}</p></header>
${market && (market.depth.length === 0 ? html`<p class="note">${say('empty')}</p>` : this.#shown(market))}
</section>`
  }

  #shown(market: Market) {
    const { tag } = this.tongue
    const say = (
      key: 'depth' | 'price' | 'offer' | 'upto' | 'more' | 'taken' | 'demo',
      values = {},
    ) => sayIn(MARKET_WORDS, this.tongue, key, values)
    const format = createFormat(tag, (n) => this.#tonnes(n))
    const bought = Number(this.tonnes ?? 0) || 0
    const all = rungsOf(market.depth, bought)
    const rungs = all.slice(0, SHOWN_PRICES)
    const most = Math.max(...rungs.map(({ tonnes }) => tonnes))
    const dearest = all.at(-1)
    return html`<table class="ladder" part="ladder"><caption>${say('depth')}</caption>
<thead><tr><th scope="col" class="price">${say('price')}</th><td class="bar"></td><th scope="col" class="offer">${say('offer')}</th><th scope="col" class="upto">${say('upto')}</th></tr></thead>
<tbody>${rungs.map(
      (rung) =>
        html`<tr><td class="price"><bdi dir="ltr">${format.line(rung.priceMinor)}</bdi></td><td class="bar">${bar(rung, most)}</td><td class="offer">${this.#tonnes(rung.tonnes)}</td><td class="upto">${rung.upTo.toLocaleString(tag)}</td></tr>`,
    )}</tbody></table>
${bought > 0 ? html`<p class="small note">${say('taken', { tonnes: this.#tonnes(bought) })}</p>` : nothing}
${
  dearest && all.length > rungs.length
    ? html`<p class="small note">${say('more', { n: all.length - rungs.length, price: `\u2066${format.line(dearest.priceMinor)}\u2069` })}</p>`
    : nothing
}
${this.#projects(market.projects)}
${market.demo ? html`<p class="small note">${say('demo')}</p>` : nothing}`
  }

  #projects(all: number) {
    const list = this.#list
    if (!list || list.projects.length === 0) return nothing
    const { tag } = this.tongue
    const say = (key: 'list' | 'project' | 'from' | 'offer' | 'others', values = {}) =>
      sayIn(MARKET_WORDS, this.tongue, key, values)
    const format = createFormat(tag, (n) => this.#tonnes(n))
    const others = all - list.projects.length
    const countries = new Intl.DisplayNames([tag], { type: 'region' })
    return html`<table class="list" part="list"><caption>${say('list')}</caption>
<thead><tr><th scope="col">${say('project')}</th><th scope="col">${say('from')}</th><th scope="col">${say('offer')}</th></tr></thead>
<tbody>${list.projects.map(
      (project) =>
        html`<tr><td><b><bdi lang="en">${project.title}</bdi></b><span class="small">${countries.of(project.host)}, <bdi dir="ltr">${project.reference}</bdi></span></td><td><bdi dir="ltr">${format.line(project.best_price_minor)}</bdi></td><td>${this.#tonnes(project.available_tonnes)}</td></tr>`,
    )}</tbody></table>
${others > 0 ? html`<p class="small note">${say('others', { n: others })}</p>` : nothing}`
  }

  #tonnes(n: number): string {
    return this.inTonnes(n)
  }

  #query(): string {
    const query = new URLSearchParams()
    for (const [property, name] of Object.entries(FILTERS)) {
      const value = String(this[property as keyof typeof FILTERS] ?? '').trim()
      if (value) query.set(name, value)
    }
    return query.toString()
  }

  /** Asks for the projects of the state that is shown, and once more for the last of those that came too soon. */
  #askForList(api: string, key: string, query: string, sequence: number): void {
    const of = `${api} ${key} ${query} ${sequence}`
    if (of === this.#listOf) return
    clearTimeout(this.#listTimer)
    const wait = Math.max(0, this.#listAt + LIST_MS - performance.now())
    this.#listTimer = setTimeout(async () => {
      this.#listOf = of
      this.#listAt = performance.now()
      const path = `/v1/projects?limit=${SHOWN_PROJECTS}${query && `&${query}`}`
      const answer = await createApiClient(api, key).request<ProjectList>(path)
      if (!answer.ok || this.#listOf !== of) return
      this.#list = answer.value
      this.requestUpdate()
    }, wait)
  }
}

/** The front of the queue is at the left end: what a purchase takes is blue from there. The tick ends the bar. */
const bar = ({ taken, tonnes }: Rung, most: number) => {
  const end = lengthOf(tonnes, most)
  const part = lengthOf(taken, most)
  return html`<svg viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width=${end} height="18"></rect><rect class="taken" width=${Math.min(end, part)} height="18"></rect><path d="M${end} 0V18" vector-effect="non-scaling-stroke"></path></svg>`
}

if (!customElements.get('offset-market')) customElements.define('offset-market', OffsetMarket)

declare global {
  interface HTMLElementTagNameMap {
    'offset-market': OffsetMarket
  }
}
