import { html, nothing, type TemplateResult } from 'lit'
import type { StringKey } from '../strings.ts'
import { backIcon, closeIcon } from './icons.ts'
import { type View, words } from './view.ts'

/** What a step hands to the frame around it. */
export type Page = {
  readonly title: string
  /** 1 to 4 on the way, 0 beside it. */
  readonly step: 0 | 1 | 2 | 3 | 4
  /** True once nothing can be undone: the bar turns to ink. */
  readonly final?: boolean
  readonly back?: boolean
  readonly gap?: 'near' | 'list'
  readonly body: TemplateResult
  readonly foot: TemplateResult
}

/** Steps, head, body, foot. */
export const drawPage = (view: View, page: Page): TemplateResult => html`
  <div class="steps ${page.final ? 'final' : ''}" part="steps" aria-hidden="true">
    ${[1, 2, 3, 4].map((n) => html`<i class=${stepClass(page, n)}></i>`)}
  </div>
  <header class="head ${page.back ? 'has-back' : ''}" part="header">
    ${
      page.back
        ? html`<button class="icon-button" type="button" aria-label=${words(view, 'panel.back')}
            @click=${view.actions.back}>${backIcon}</button>`
        : nothing
    }
    <h2 id="title" tabindex="-1">${page.title}${
      page.step > 0 && !page.final
        ? html`<span class="hidden">${words(view, 'panel.step', { step: page.step })}</span>`
        : nothing
    }</h2>
    ${view.purchase.market?.test ? html`<span class="tag" part="test">${words(view, 'panel.test')}</span>` : nothing}
    ${
      view.inline
        ? nothing
        : html`<button class="icon-button" type="button" aria-label=${words(view, 'panel.close')}
            @click=${view.actions.close}>${closeIcon}</button>`
    }
  </header>
  <div class="body ${page.gap ?? ''}" part="body">${page.body}</div>
  <footer class="foot" part="footer">${page.foot}</footer>
`

const stepClass = (page: Page, n: number): string => {
  if (page.final || n < page.step) return 'done'
  return n === page.step ? 'now' : ''
}

/** What stands in the way of the step, if anything; the notes come with the later steps. */
export const drawTrouble = (view: View): TemplateResult | typeof nothing =>
  view.more?.drawNote(view) ?? nothing

/** Something is being asked or fetched, the market where nothing else is said: shown after a moment only. */
export const drawWait = (view: View, key: StringKey = 'panel.loading'): TemplateResult =>
  html`<p class="waiting small" role="status"><span class="spinner" aria-hidden="true"></span>${words(view, key)}</p>`
