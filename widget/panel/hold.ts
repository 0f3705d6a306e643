import type { Order } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import { countdown } from '../format-later.ts'
import { holdOf } from '../order-progress.ts'
import { type View, words } from './view.ts'

/** The hold: a hatched bar and minutes and seconds. With less motion the bar steps by ten seconds. */
export const drawHold = (view: View, order: Order): TemplateResult | typeof nothing => {
  const hold = holdOf(order, view.nowMs)
  if (hold === null) return nothing
  const whole = hold.share > 0 ? hold.leftMs / hold.share : 1
  const shown = view.reducedMotion ? Math.ceil(hold.leftMs / 10_000) * 10_000 : hold.leftMs
  const share = `${Math.min(100, Math.round((shown / whole) * 1000) / 10)}%`
  const n = order.quantity_tonnes
  const still = order.payment.failures > 0 || view.purchase.declines > 0
  return html`<div class="hold" part="hold" role="timer" aria-live="off">
    <span class="what">${words(view, still ? 'hold.still' : 'hold.held')}</span>
    <span class="left ltr">${countdown(hold.leftMs)}</span>
    <span class="bar" .style=${`--_p:${share}`}></span>
    <span class="small">${
      hold.leftMs === 0
        ? words(view, 'hold.over')
        : html`${words(view, 'hold.what', { n, total: view.format.total(order.amounts.total_minor) })}
          ${order.hold?.extended ? words(view, 'hold.longer') : nothing}
          ${words(view, 'hold.nobody')}`
    }</span>
  </div>`
}
