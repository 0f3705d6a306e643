import { html, nothing, type TemplateResult } from 'lit'
import { readTonnes } from '../amount.ts'
import { backIcon, clockIcon, closeIcon, warningIcon } from './icons.ts'
import { richWords, type View, words } from './view.ts'

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

/** What stands in the way of the step, if anything: a note that says what it means for the money. */
export const drawTrouble = (view: View): TemplateResult | typeof nothing => {
  const { purchase } = view
  const code = purchase.trouble?.code
  if (code === 'offline')
    return html`<div class="note" role="alert">${warningIcon}<span>${richWords(
      view,
      purchase.work === 'idle' && purchase.order === null
        ? 'trouble.offline'
        : 'trouble.offline_paying',
    )}</span></div>`
  if (code === 'card_declined') return alert(view, 'trouble.declined')
  if (code === 'order_not_stoppable') return alert(view, 'trouble.not_stoppable')
  if (code === 'internal') return alert(view, 'trouble.internal')
  if (code === 'too_many_fills') return alert(view, 'trouble.too_many')
  if (
    code === 'outcome_unknown' ||
    (code && purchase.step === 'payment' && purchase.work === 'idle')
  )
    return alert(view, 'trouble.unknown')
  if (code || purchase.asking === 'slow') return drawSlow(view)
  return nothing
}

const alert = (view: View, key: Parameters<typeof richWords>[1]) =>
  html`<div class="note red" role="alert">${warningIcon}<span>${richWords(view, key)}</span></div>`

const drawSlow = (view: View) => {
  const typed = readTonnes(view.purchase.by === 'tonnes' ? view.purchase.typedTonnes : '')
  const tonnes =
    view.purchase.quote?.quantity_tonnes ?? (typed.kind === 'amount' ? typed.value : undefined)
  return html`<div class="note" role="status">${clockIcon}<span>${
    tonnes === undefined
      ? words(view, 'trouble.slow')
      : words(view, 'trouble.slow_tonnes', { tonnes: view.format.tonnes(tonnes) })
  } <button class="link" type="button" @click=${view.actions.askNow}>${words(
    view,
    'trouble.ask_now',
  )}</button></span></div>`
}
