import type { Market } from '@offset-button/contract'
import { type Html, html } from './html.ts'

const STEPS = { amount: 'Amount', quote: 'Quote', payment: 'Payment', done: 'Certificate' } as const
type Step = keyof typeof STEPS

/** Where in the purchase a page is: four words, of which one is here. */
export const stepLine = (current: Step): Html =>
  html`<ol class="walk" aria-label="Steps">${Object.entries(STEPS).map(
    ([step, name]) => html`<li${step === current && html` aria-current="step"`}>${name}</li>`,
  )}</ol>`

export const demoNotice = ({ demo }: Pick<Market, 'demo'>): Html | false =>
  demo &&
  html`<p class="notice"><span class="tag">DEMO</span><span>Quantities, prices, years, serial numbers and sellers are invented. Project titles are real.</span></p>`

/** Why nothing can be bought just now, where that is so. */
export function closedNotice(market: Market): Html | false {
  const sentence =
    market.state === 'halted'
      ? 'The market is paused. Nothing can be bought until it opens again.'
      : market.registries.some(({ state }) => state === 'closed')
        ? 'The registry is not taking cancellations. Nothing can be bought until it opens again.'
        : market.registries.some(({ state }) => state === 'unreachable')
          ? 'The registry is not answering just now. An order may have to wait.'
          : null
  return (
    sentence !== null &&
    html`<p class="notice"><span class="tag">NOT NOW</span><span>${sentence}</span></p>`
  )
}

/** Where to go on when there is no script: the same page in another browser. */
export const elsewhere = (address: string): Html =>
  html`<p class="hex"><a class="l" href="${address}"><bdi dir="ltr">${address}</bdi></a></p>`

/** The receipt: one rule above the total, two below. */
export function receipt(lines: readonly (readonly [Html | string, string])[]): Html {
  const total = lines.length - 1
  return html`<dl class="receipt">${lines.map(
    ([term, amount], index) =>
      html`<div${index === total && html` class="total"`}><dt>${term}</dt><dd><bdi dir="ltr">${amount}</bdi></dd></div>`,
  )}</dl>`
}
