import { html } from 'lit'
import { drawGoOn } from './hosted.ts'
import { askNow } from './loading-step.ts'
import { drawWait, type Page } from './shell.ts'
import { type View, words } from './view.ts'

/** Before the next step's file has come; or where it could not be fetched: the hosted pages go on. */
export const fetchingStep = (view: View, hasFailed: boolean): Page => ({
  title: words(view, 'amount.title'),
  step: 0,
  body: hasFailed
    ? html`<div class="note red" role="alert"><span></span><span>${words(view, 'panel.missing')}</span></div>`
    : drawWait(view, 'panel.more'),
  foot: hasFailed ? html`${drawGoOn(view)}${askNow(view)}` : html``,
})
