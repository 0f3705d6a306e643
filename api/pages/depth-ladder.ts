import type { Market } from '@offset-button/contract'
import { countText, moneyText, tonnesText } from './format.ts'
import { type Html, html } from './html.ts'

const SHOWN_LEVELS = 12

type Rung = {
  readonly price_minor: number
  readonly quantity_tonnes: number
  /** Tonnes at this price and cheaper. */
  readonly cumulative: number
}

/** Tonnes at each price, cheapest first, as a table with bars; the dearer prices fold away. */
export function depthLadder({ depth, currency }: Market): Html {
  const rungs: Rung[] = []
  let cumulative = 0
  for (const { price_minor, quantity_tonnes } of depth) {
    cumulative += quantity_tonnes
    rungs.push({ price_minor, quantity_tonnes, cumulative })
  }
  const most = Math.max(1, ...depth.map((level) => level.quantity_tonnes))
  const shown = rungs.slice(0, SHOWN_LEVELS)
  const rest = rungs.slice(SHOWN_LEVELS)
  const tonnes = cumulative - (shown.at(-1)?.cumulative ?? 0)
  const dearest = rest.at(-1)
  return html`${table(shown, most, currency, 'Tonnes on offer at each price')}
${
  dearest &&
  html`<details class="more"><summary>${rest.length} more ${rest.length === 1 ? 'price' : 'prices'}, up to ${moneyText(dearest.price_minor, currency)}: ${tonnesText(tonnes)}</summary>
${table(rest, most, currency, 'Tonnes on offer at the dearer prices')}</details>`
}`
}

function table(rungs: readonly Rung[], most: number, currency: string, label: string): Html {
  return html`<table class="ladder" aria-label="${label}">
<thead><tr><th scope="col" class="p">Price</th><td class="b"></td><th scope="col" class="q">On offer</th><th scope="col" class="cum">Up to here</th></tr></thead>
<tbody>${rungs.map(
    (rung) => html`
<tr><td class="p">${moneyText(rung.price_minor, currency)}</td><td class="b">${bar(rung.quantity_tonnes, most)}</td><td class="q">${tonnesText(rung.quantity_tonnes)}</td><td class="cum">${countText(rung.cumulative)}</td></tr>`,
  )}
</tbody></table>`
}

/** A bar with an ink tick at its end; the number stands beside it. */
function bar(tonnes: number, most: number): Html {
  const width = Math.max(1, Math.round((1000 * tonnes) / most))
  return html`<svg viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="18" fill="currentColor"/><path d="M${width} 0V18" vector-effect="non-scaling-stroke"/></svg>`
}

/** What the next tonne costs after so many: a step curve over the cheaper four fifths of the book. */
export function priceCurve({ depth, currency }: Market): Html {
  const total = depth.reduce((sum, level) => sum + level.quantity_tonnes, 0)
  const levels: { readonly price: number; readonly end: number }[] = []
  let end = 0
  for (const level of depth) {
    if (levels.length > 0 && end + level.quantity_tonnes > (total * 4) / 5) break
    end += level.quantity_tonnes
    levels.push({ price: level.price_minor, end })
  }
  const first = levels[0]
  const last = levels.at(-1)
  if (!first || !last) return html``
  const x = (tonnes: number) => Math.round((1000 * tonnes) / end)
  const y = (price: number) => Math.round(100 - (90 * price) / last.price)
  const steps = levels.map((level) => `V${y(level.price)}H${x(level.end)}`).join('')
  return html`<figure class="curve"><figcaption class="small">What the next tonne costs</figcaption>
<svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label="From ${moneyText(first.price, currency)} for the first tonne to ${moneyText(last.price, currency)} after ${tonnesText(end)}"><path class="under" d="M0 100${steps}V100z"/><path class="step" d="M0 ${y(first.price)}${steps}" vector-effect="non-scaling-stroke"/></svg>
<p class="ends" aria-hidden="true"><span>${moneyText(first.price, currency)}</span><span>${moneyText(last.price, currency)} after ${tonnesText(end)}</span></p></figure>`
}
