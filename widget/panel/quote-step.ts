import type { PassedOverReason, Quote } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import { readTonnes } from '../amount.ts'
import { describeFilter } from '../describe-filter.ts'
import { filterOf } from '../filter-of.ts'
import { perTonne } from '../format.ts'
import { downIcon } from './icons-later.ts'
import { drawFills, drawTotal } from './receipt.ts'
import { drawTrouble, drawWait, type Page } from './shell.ts'
import { drawStrip } from './strip.ts'
import { ltr, richWords, type View, words } from './view.ts'

/** Step 2: what it buys and what it costs, to the cent. Nothing is held. */
export const quoteStep = (view: View): Page => {
  const { quote } = view.purchase
  return {
    title: words(view, 'quote.title'),
    step: 2,
    back: true,
    gap: 'near',
    body: quote ? drawQuote(view, quote) : drawWaiting(view),
    foot: quote
      ? html`<button class="act" type="button" @click=${view.actions.wantPayment}>${words(
          view,
          'quote.continue',
        )}</button><p class="small centre">${words(view, 'quote.live')}</p>`
      : html`<button class="act" type="button" aria-disabled="true">${words(view, 'quote.waiting')}</button>`,
  }
}

const drawQuote = (view: View, quote: Quote): TemplateResult => {
  const { format } = view
  const tonnes = quote.quantity_tonnes
  const total = quote.amounts.total_minor
  const average = format.line(perTonne(total, tonnes))
  const long = format.count(tonnes).length + format.line(total).length > 13
  return html`
    ${drawTrouble(view)}
    <div class="sum ${long ? 'long' : ''}" part="sum">
      <div class="big">${format.count(tonnes)}<small> ${words(view, 'tonnes.unit')}</small></div>
      <div class="big end">${ltr(format.line(total))}</div>
      <div class="small">${words(view, 'quote.credits', { n: tonnes })}</div>
      <div class="small end">${words(view, 'quote.all_in', { price: average })}</div>
    </div>
    ${drawFills(view, quote.fills)}
    ${
      view.purchase.market?.demo
        ? html`<p class="small demo"><span class="tag">${words(view, 'panel.demo')}</span><span>${words(view, 'quote.demo')}</span></p>`
        : nothing
    }
    ${drawWhy(view)}
    ${drawTotal(view, quote.amounts, view.purchase.market?.fees ?? null)}`
}

const drawWhy = (view: View) => {
  const filter = filterOf(view.settings.bounds, view.purchase.choice)
  const choice = describeFilter(view.language, view.format, filter)
  return html`<details class="why" part="why" @toggle=${(event: Event) => view.actions.explain((event.currentTarget as HTMLDetailsElement).open)}>
    <summary>${words(view, 'quote.why')} ${downIcon}</summary>
    <div class="inner">
      <p>${richWords(view, 'quote.cheapest')} ${choice === null ? nothing : words(view, 'quote.inside', { choice })}</p>
      ${drawPassedOver(view)}
      <p>${words(view, 'quote.nobody')}</p>
    </div>
  </details>`
}

/** Cheaper offers that were passed over, by reason; only reasons that some offer had. */
const drawPassedOver = (view: View) => {
  const { explanation } = view.purchase
  if (explanation === null) return nothing
  const reasons = Object.entries(explanation.passed_over) as [
    PassedOverReason,
    { offers: number },
  ][]
  return html`<ul class="passed">${reasons
    .filter(([reason, { offers }]) => offers > 0 || reason === 'outside_filter')
    .map(
      ([reason, { offers }]) =>
        html`<li><span class="strong">${view.format.count(offers)}</span> ${words(view, `why.${reason}`)}</li>`,
    )}</ul>`
}

const drawWaiting = (view: View) => {
  const typed = readTonnes(view.purchase.typedTonnes, view.purchase.decimal)
  const tonnes = view.purchase.by === 'tonnes' && typed.kind === 'amount' ? typed.value : null
  return html`<div class="sum">
      <div class="big">${tonnes === null ? '…' : view.format.count(tonnes)}<small> ${words(view, 'tonnes.unit')}</small></div>
      <div class="big end muted">…</div>
    </div>
    ${drawStrip([{ tonnes: 1, look: 'todo' }], null)}
    ${
      view.purchase.asking === 'slow' || view.purchase.trouble ? drawTrouble(view) : drawWait(view)
    }`
}
