import type { Explanation, Market, PassedOverReason, Quote } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { page } from './layout.ts'
import {
  type Choice,
  choicePath,
  hiddenFields,
  inTonnes,
  MOST_BENEFICIARY,
  MOST_PURPOSE,
} from './purchase-choice.ts'
import {
  closedNotice,
  demoNotice,
  elsewhere,
  markedTitle,
  receipt,
  stepLine,
} from './purchase-frame.ts'
import { linkTo, type Reader } from './reader.ts'

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

const FORM = 'order'

/** A live price with every fill and fee, and the form that holds the credits: nothing is held before it is sent. */
export function quotePage(reader: Reader, shown: QuoteShown): string {
  const { choice, market, notice, quote } = shown
  const { language } = reader
  const { count, money, percent, project, say, tonnes } = language
  const { amounts, quantity_tonnes: n } = quote
  const { total_minor: total } = amounts
  return page(reader, {
    title: markedTitle(language, say('quote.title'), market),
    test: market.test,
    indexed: false,
    form: { id: FORM, action: '/buy/quote' },
    body: html`<main class="main buy">
${stepLine(language, 'quote')}
<h1 class="h1">${say('quote.title')}</h1>
${demoNotice(language, market)}${closedNotice(language, market)}
${notice && html`<div class="card trouble" role="alert"><h2 class="h2">${notice.title}</h2><p class="sub">${notice.text}</p>${notice.href && html`<p><a class="ghost" href="${linkTo(reader, notice.href)}">${say('quote.go_to_order')}</a></p>`}</div>`}
<div class="card slip">
<div class="glance"><p><b>${count(n)}</b> ${say('tonnes.unit')}<span class="small">${say('quote.credits', { n })}</span></p>
<p><b><bdi dir="ltr">${money(total)}</bdi></b><span class="small">${say('quote.all_in', { price: money(Math.round(total / n)) })}</span></p></div>
${strip(quote)}
<ul class="fills">${quote.fills.map(
      (fill) => html`
<li><b><bdi lang="en">${fill.project.title}</bdi></b><span class="r"><bdi dir="ltr">${money(fill.cost_minor)}</bdi></span><span class="sm">${project(fill.project, fill.vintage)}</span><span class="sm r"><bdi>${tonnes(fill.quantity_tonnes)} × <bdi dir="ltr">${money(fill.price_minor)}</bdi></bdi></span></li>`,
    )}</ul>
${why(language, shown)}
${receipt([
  [say('quote.projects'), money(amounts.projects_minor)],
  [
    say('quote.platform_fee', { percent: percent(market.fees.platform_basis_points) }),
    money(amounts.platform_fee_minor),
  ],
  [say('quote.processing'), money(amounts.processing_fee_minor)],
  [html`${say('quote.total')} <span class="small">${say('quote.currency')}</span>`, money(total)],
])}
${choice.by === 'budget' && budgetLine(language, quote)}
<p class="small">${say('quote.live')} <a class="l" href="${linkTo(reader, choicePath('/buy', choice))}">${say('quote.change')}</a></p>
${orderForm(reader, shown)}
</div>
</main>`,
  })
}

const budgetLine = ({ say, total }: Language, quote: Quote): Html => {
  const { next_tonne_total_minor: next, quantity_tonnes: n } = quote
  return html`<p class="small">${
    next === null ? say('amount.no_next') : say('amount.next', { next: total(next), n })
  }</p>`
}

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

function why({ count, rich, say }: Language, { choice, passedOver }: QuoteShown): Html {
  const counts = Object.entries(passedOver).filter(([, tally]) => tally.offers > 0)
  return html`<details class="why"><summary>${say('quote.why')}</summary>
<p>${rich('quote.cheapest')} ${say('quote.nobody')}</p>
${
  counts.length > 0 &&
  html`<ul>${counts.map(
    ([reason, tally]) =>
      html`<li><span class="r">${count(tally.offers)}</span><span>${say(`why.${reason as PassedOverReason}`)}</span></li>`,
  )}</ul>`
}
${Object.keys(choice.filter).length > 0 && html`<p>${say('quote.inside_choice')}</p>`}
</details>`
}

/** Everything below the tear line is the act: names, consent, and the button that holds the credits. */
function orderForm(reader: Reader, shown: QuoteShown): Html {
  const { address, choice, idempotencyKey, isConsentMissing, quote } = shown
  const { code, rich, say } = reader.language
  const { quantity_tonnes: n, amounts } = quote
  const fault =
    isConsentMissing &&
    html`<p class="fault" id="consent-fault" role="alert">${say('payment.not_ticked')}</p>`
  const described = isConsentMissing && html` aria-invalid="true" aria-describedby="consent-fault"`
  return html`<form class="tear" id="${FORM}" method="post" action="${linkTo(reader, '/buy/order')}">
${hiddenFields(inTonnes(choice, n), ['beneficiary', 'purpose'])}
<input type="hidden" name="max_total_minor" value="${amounts.total_minor}">
<input type="hidden" name="idempotency_key" value="${idempotencyKey}">
<input type="hidden" name="consent_language" value="${code}">
<label class="field"><span>${say('payment.name')} <span class="small">${say('payment.optional')}</span></span><input type="text" dir="auto" name="beneficiary" value="${choice.beneficiary}" maxlength="${MOST_BENEFICIARY}" autocomplete="off"></label>
<label class="field"><span>${say('payment.purpose')} <span class="small">${say('payment.optional')}</span></span><input type="text" dir="auto" name="purpose" value="${choice.purpose}" maxlength="${MOST_PURPOSE}" autocomplete="off"></label>
<label class="consent"><input type="checkbox" name="consent" value="yes"${described}><span>${rich('payment.consent', { n })}</span></label>
${fault}
<noscript><div class="aside"><p><b>${say('script.card')}</b> ${say('script.quote')}</p>
${elsewhere(address)}</div></noscript>
<div class="act"><button class="ghost primary wide" type="submit">${say('quote.hold', { n })}</button>
<p class="small">${say('payment.under', { n })}</p></div>
</form>`
}
