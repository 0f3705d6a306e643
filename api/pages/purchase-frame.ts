import type { Market } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'

const STEPS = {
  amount: 'step.amount',
  quote: 'step.quote',
  payment: 'payment.title',
  done: 'progress.certificate',
} as const
type Step = keyof typeof STEPS

/** Where in the purchase a page is: four words, of which one is here. */
export const stepLine = ({ say }: Language, current: Step): Html =>
  html`<ol class="walk" aria-label="${say('step.all')}">${Object.entries(STEPS).map(
    ([step, key]) => html`<li${step === current && html` aria-current="step"`}>${say(key)}</li>`,
  )}</ol>`

/** A page's title, which says where the market is a demo. */
export const markedTitle = (
  { say }: Language,
  title: string,
  { demo }: Pick<Market, 'demo'>,
): string => (demo ? say('frame.marked', { title, mark: say('panel.demo') }) : title)

export const demoNotice = ({ say }: Language, { demo }: Pick<Market, 'demo'>): Html | false =>
  demo &&
  html`<p class="notice"><span class="tag">${say('panel.demo')}</span><span>${say('demo.note')}</span></p>`

/** Why nothing can be bought just now, where that is so. */
export function closedNotice({ say }: Language, market: Market): Html | false {
  const key =
    market.state === 'halted'
      ? 'now.halted'
      : market.registries.some(({ state }) => state === 'closed')
        ? 'now.closed'
        : market.registries.some(({ state }) => state === 'unreachable')
          ? 'now.unreachable'
          : null
  return (
    key !== null &&
    html`<p class="notice"><span class="tag">${say('tag.not_now')}</span><span>${say(key)}</span></p>`
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
