import type { Explanation, Market, PassedOverReason, Quote } from '@offset-button/contract'
import { basisPointsText, countText, moneyText, projectText, tonnesText } from './format.ts'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import {
  type Choice,
  choicePath,
  hiddenFields,
  inTonnes,
  MOST_BENEFICIARY,
  MOST_PURPOSE,
} from './purchase-choice.ts'
import { closedNotice, demoNotice, elsewhere, receipt, stepLine } from './purchase-frame.ts'
import { consentText, creditsText, PASSED_OVER, totalText } from './purchase-words.ts'

/** What stands above the quote when the form came back. */
export type QuoteNotice = { readonly title: string; readonly text: string; readonly href?: string }

export type QuoteShown = {
  readonly market: Market
  readonly choice: Choice
  readonly quote: Quote
  readonly passedOver: Explanation['passed_over']
  /** Makes the order of this page count once, however often its form is sent. */
  readonly idempotencyKey: string
  /** The address of this page, for another browser. */
  readonly address: string
  readonly notice?: QuoteNotice | undefined
  readonly isConsentMissing?: boolean
}

/** A live price with every fill and fee, and the form that holds the credits: nothing is held before it is sent. */
export function quotePage(shown: QuoteShown): string {
  const { choice, market, notice, quote } = shown
  const { currency, total_minor: total } = quote.amounts
  return page({
    title: `Your quote${market.demo ? ' (demo)' : ''}`,
    test: market.test,
    indexed: false,
    body: html`<main class="main buy">
${stepLine('quote')}
<h1 class="h1">Your quote</h1>
${demoNotice(market)}${closedNotice(market)}
${notice && html`<div class="card trouble" role="alert"><h2 class="h2">${notice.title}</h2><p class="sub">${notice.text}</p>${notice.href && html`<p><a class="ghost" href="${notice.href}">Go to that order</a></p>`}</div>`}
<div class="card slip">
<div class="glance"><p><b>${countText(quote.quantity_tonnes)}</b> t CO₂e<span class="small">${countText(quote.quantity_tonnes)} UN carbon ${quote.quantity_tonnes === 1 ? 'credit' : 'credits'}</span></p>
<p><b>${moneyText(total, currency)}</b><span class="small">${moneyText(Math.round(total / quote.quantity_tonnes), currency)} a tonne, all in</span></p></div>
${strip(quote)}
<ul class="fills">${quote.fills.map(
      (fill) => html`
<li><b><bdi lang="en">${fill.project.title}</bdi></b><span class="r">${moneyText(fill.cost_minor, currency)}</span><span class="sm">${projectText(fill.project, fill.vintage)}</span><span class="sm r"><bdi dir="ltr">${tonnesText(fill.quantity_tonnes)} × ${moneyText(fill.price_minor, currency)}</bdi></span></li>`,
    )}</ul>
${why(shown)}
${receipt([
  ['To the projects', moneyText(quote.amounts.projects_minor, currency)],
  [
    `Platform fee, ${basisPointsText(market.fees.platform_basis_points)}`,
    moneyText(quote.amounts.platform_fee_minor, currency),
  ],
  ['Card processing', moneyText(quote.amounts.processing_fee_minor, currency)],
  [html`Total <span class="small">in US dollars</span>`, moneyText(total, currency)],
])}
${choice.by === 'budget' && budgetLine(quote)}
<p class="small">Live price. Nothing is held yet, and nothing charged. <a class="l" href="${choicePath('/buy', choice)}">Change the amount or the projects</a></p>
${orderForm(shown)}
</div>
</main>`,
  })
}

const budgetLine = ({ next_tonne_total_minor: next, amounts, quantity_tonnes: n }: Quote): Html =>
  html`<p class="small">${
    next === null
      ? 'Credits come whole. This is all there is in this choice.'
      : `Credits come whole. One more would cost ${totalText(next, amounts.currency)}, so we stop at ${countText(n)}.`
  }</p>`

/** One block in proportion to the tonnes of each fill. */
function strip({ fills, quantity_tonnes: all }: Quote): Html {
  let before = 0
  const parts = fills.map((fill, index) => {
    const x = Math.round((1000 * before) / all)
    before += fill.quantity_tonnes
    const width = Math.max(1, Math.round((1000 * before) / all) - x)
    return html`<rect class="f${index % 3}" x="${x}" width="${width}" height="20" vector-effect="non-scaling-stroke"/>`
  })
  return html`<svg class="strip" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`
}

function why({ choice, passedOver }: QuoteShown): Html {
  const counts = Object.entries(passedOver).filter(([, tally]) => tally.offers > 0)
  return html`<details class="why"><summary>Why these projects?</summary>
<p><b>Cheapest first. At the same price, whoever offered first.</b> Nobody can pay to be shown first.</p>
${
  counts.length > 0 &&
  html`<ul>${counts.map(
    ([reason, tally]) =>
      html`<li><span class="r">${countText(tally.offers)}</span><span>${tally.offers === 1 ? 'offer' : 'offers'} passed over: ${PASSED_OVER[reason as PassedOverReason]}</span></li>`,
  )}</ul>`
}
${Object.keys(choice.filter).length > 0 && html`<p>Always inside the choice that you made.</p>`}
</details>`
}

/** Everything below the tear line is the act: names, consent, and the button that holds the credits. */
function orderForm({ address, choice, idempotencyKey, isConsentMissing, quote }: QuoteShown): Html {
  const { quantity_tonnes: tonnes, amounts } = quote
  const fault =
    isConsentMissing &&
    html`<p class="fault" id="consent-fault" role="alert">Please tick the box above: this cannot be undone.</p>`
  const described = isConsentMissing && html` aria-invalid="true" aria-describedby="consent-fault"`
  return html`<form class="tear" method="post" action="/buy/order">
${hiddenFields(inTonnes(choice, tonnes), ['beneficiary', 'purpose'])}
<input type="hidden" name="max_total_minor" value="${amounts.total_minor}">
<input type="hidden" name="idempotency_key" value="${idempotencyKey}">
<label class="field"><span>Name on the certificate <span class="small">(public, optional)</span></span><input type="text" name="beneficiary" value="${choice.beneficiary}" maxlength="${MOST_BENEFICIARY}" autocomplete="off"></label>
<label class="field"><span>Purpose <span class="small">(public, optional)</span></span><input type="text" name="purpose" value="${choice.purpose}" maxlength="${MOST_PURPOSE}" autocomplete="off"></label>
<label class="consent"><input type="checkbox" name="consent" value="yes"${described}><span>${consentText(tonnes)}</span></label>
${fault}
<noscript><div class="aside"><p><b>The card needs JavaScript.</b> It is off in this browser, and the card form on the next page is the card company’s own, which does not work without it. Go on in a browser that has it, before anything is held:</p>
${elsewhere(address)}</div></noscript>
<div class="act"><button class="ghost primary wide" type="submit">Hold ${creditsText(tonnes)} and go on to the card</button>
<p class="small">${tonnes === 1 ? 'The credit is' : 'The credits are'} then held for 2 minutes while you pay ${totalText(amounts.total_minor, amounts.currency)}. Your card is charged only after the registry has agreed.</p></div>
</form>`
}
