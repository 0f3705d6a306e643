import type { Market } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'

const SHOWN_LEVELS = 12

type Rung = {
  readonly price_minor: number
  readonly quantity_tonnes: number
  /** Tonnes at this price and cheaper. */
  readonly cumulative: number
}

/** Tonnes at each price, cheapest first, as a table with bars; the dearer prices fold away. */
export function depthLadder(language: Language, { depth }: Market): Html {
  const { money, say } = language
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
  return html`${table(language, shown, most, say('market.depth'))}
${
  dearest &&
  html`<details class="more"><summary>${say('depth.more', { n: rest.length, price: money(dearest.price_minor), tonnes: language.tonnes(tonnes) })}</summary>
${table(language, rest, most, say('depth.dearer'))}</details>`
}`
}

function table(
  { count, money, say, tonnes }: Language,
  rungs: readonly Rung[],
  most: number,
  label: string,
): Html {
  return html`<table class="ladder" aria-label="${label}">
<thead><tr><th scope="col" class="p">${say('market.price')}</th><td class="b"></td><th scope="col" class="q">${say('market.offer')}</th><th scope="col" class="cum">${say('market.upto')}</th></tr></thead>
<tbody>${rungs.map(
    (rung) => html`
<tr><td class="p">${money(rung.price_minor)}</td><td class="b">${bar(rung.quantity_tonnes, most)}</td><td class="q">${tonnes(rung.quantity_tonnes)}</td><td class="cum">${count(rung.cumulative)}</td></tr>`,
  )}
</tbody></table>`
}

/** A bar with an ink tick at its end; the number stands beside it. */
function bar(tonnes: number, most: number): Html {
  const width = Math.max(1, Math.round((1000 * tonnes) / most))
  return html`<svg viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="18" fill="currentColor"/><path d="M${width} 0V18" vector-effect="non-scaling-stroke"/></svg>`
}

/** What the next tonne costs after so many: a step curve over the cheaper four fifths of the book. */
export function priceCurve({ money, say, tonnes }: Language, { depth }: Market): Html {
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
  const x = (at: number) => Math.round((1000 * at) / end)
  const y = (price: number) => Math.round(100 - (90 * price) / last.price)
  const steps = levels.map((level) => `V${y(level.price)}H${x(level.end)}`).join('')
  return html`<figure class="curve"><figcaption class="small">${say('curve.title')}</figcaption>
<svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label="${say('curve.all', { first: money(first.price), last: money(last.price), tonnes: tonnes(end) })}"><path class="under" d="M0 100${steps}V100z"/><path class="step" d="M0 ${y(first.price)}${steps}" vector-effect="non-scaling-stroke"/></svg>
<p class="ends" aria-hidden="true"><span>${money(first.price)}</span><span>${say('curve.end', { price: money(last.price), tonnes: tonnes(end) })}</span></p></figure>`
}
