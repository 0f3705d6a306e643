import { html } from 'lit'
import { drawWait, type Page } from './shell.ts'
import { type View, words } from './view.ts'

/** Before the first answer, or the later steps, have come. */
export const waitingStep = (view: View): Page => ({
  title: words(view, 'amount.title'),
  step: 1,
  body: drawWait(view),
  foot: html``,
})
