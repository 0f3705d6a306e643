import { html, nothing, type TemplateResult } from 'lit'
import { drawTrouble, drawWait, type Page } from './shell.ts'
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

/** Asks again at once. */
export const askNow = (view: View): TemplateResult =>
  html`<button class="act second" type="button" @click=${view.actions.askNow}>${words(view, 'trouble.ask_now')}</button>`
