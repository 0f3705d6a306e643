import { drawTrouble, drawWait, type Page } from './shell.ts'
import { html, nothing, type TemplateResult } from './template.ts'
import { type View, words } from './view.ts'

/** Before the market, or an earlier order, has answered. */
export const loadingStep = (view: View): Page => {
  const asking = view.purchase.resumed
  return {
    title: words(view, asking ? 'resume.title' : 'amount.title'),
    step: asking ? 0 : 1,
    body: html`${asking ? html`<div class="say"><p>${words(view, 'resume.asking')}</p></div>` : nothing}
      ${view.purchase.trouble || view.purchase.asking === 'slow' ? drawTrouble(view) : drawWait(view)}`,
    foot: askNow(view),
  }
}

/** Before the next step's file has come. */
export const fetchingStep = (view: View, hasFailed: boolean): Page => ({
  title: words(view, 'amount.title'),
  step: 0,
  body: hasFailed
    ? html`<div class="note red" role="alert"><span></span><span>${words(view, 'panel.missing')}</span></div>`
    : html`<p class="waiting small" role="status"><span class="spinner" aria-hidden="true"></span>${words(view, 'panel.more')}</p>`,
  foot: hasFailed ? askNow(view) : html``,
})

const askNow = (view: View): TemplateResult =>
  html`<button class="act second" type="button" @click=${view.actions.askNow}>${words(view, 'trouble.ask_now')}</button>`
