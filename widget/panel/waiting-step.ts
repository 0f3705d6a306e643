import { html } from 'lit'
import { drawWait, type Page } from './shell.ts'
import { type View, words } from './view.ts'

/** Before the first answer, or the next step's file, has come; or where it could not be fetched. */
export const waitingStep = (view: View, hasFailed: boolean): Page => {
  const isFirst = view.purchase.step === 'loading'
  return {
    title: words(view, 'amount.title'),
    step: isFirst ? 1 : 0,
    body: hasFailed
      ? html`<div class="note red" role="alert"><span></span><span>${words(view, 'panel.missing')}</span></div>`
      : drawWait(view, isFirst ? 'panel.loading' : 'panel.more'),
    foot: html`${hasFailed ? view.more?.askNow(view) : null}`,
  }
}
