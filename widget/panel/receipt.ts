import type { Market, Quote } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import type { StringKey } from '../strings.ts'
import { drawStrip, toneOf } from './strip.ts'
import { ltr, type View, words } from './view.ts'

/** Fills shown before "Show all". */
const FIRST_FILLS = 8

type Fill = Quote['fills'][number]

/** The strip and a row a fill: title, host, technology, year, what it costs and why. */
export const drawFills = (view: View, fills: readonly Fill[]): TemplateResult => {
  const label = fills
    .slice(0, FIRST_FILLS)
    .map((fill) =>
      words(view, 'quote.strip', {
        tonnes: view.format.tonnes(fill.quantity_tonnes),
        title: fill.project.title,
      }),
    )
    .join('; ')
  const row = (fill: Fill, index: number) => drawFill(view, fill, index)
  const rest = fills.slice(FIRST_FILLS)
  return html`${drawStrip(
    fills.map((fill) => ({ tonnes: fill.quantity_tonnes, look: 'offered' })),
    label,
  )}
  <ul class="fills" part="fills">${fills.slice(0, FIRST_FILLS).map(row)}</ul>
  ${
    rest.length > 0
      ? html`<details class="why"><summary>${words(view, 'quote.show_all', {
          n: fills.length,
        })}</summary><ul class="fills">${rest.map((fill, index) => row(fill, index + FIRST_FILLS))}</ul></details>`
      : nothing
  }`
}

const drawFill = (view: View, fill: Fill, index: number) => {
  const { format } = view
  const technology = words(view, `technology.${fill.project.technology}` as StringKey)
  return html`<li class=${toneOf(index)} part="fill">
    <span class="swatch" aria-hidden="true"></span>
    <span class="name" translate="no" lang="en" dir="ltr">${fill.project.title}</span>
    <span class="line">${ltr(format.line(fill.cost_minor))}</span>
    <span class="facts"><span>${format.list([
      format.host(fill.project.host),
      technology,
      String(fill.vintage),
    ])}</span> <span class="calculation">${format.tonnes(fill.quantity_tonnes)} × ${format.line(
      fill.price_minor,
    )}</span></span>
  </li>`
}

/** The lines that add up: single rule above the total, double below. */
export const drawTotal = (
  view: View,
  amounts: Quote['amounts'],
  fees: Market['fees'] | null,
): TemplateResult => {
  const line = (minor: number) => ltr(view.format.line(minor))
  const percent = fees ? view.format.percent(fees.platform_basis_points) : ''
  return html`<div class="total" part="total">
    <dl class="pairs">
      <dt>${words(view, 'quote.projects')}</dt><dd>${line(amounts.projects_minor)}</dd>
      <dt>${words(view, 'quote.platform_fee', { percent })}</dt><dd>${line(amounts.platform_fee_minor)}</dd>
      <dt>${words(view, 'quote.processing')}</dt><dd>${line(amounts.processing_fee_minor)}</dd>
    </dl>
    <div class="all"><span>${words(view, 'quote.total')} <span class="currency">${words(
      view,
      'quote.currency',
    )}</span></span><span>${line(amounts.total_minor)}</span></div>
  </div>`
}
