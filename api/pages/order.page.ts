import type { Order } from '@offset-button/contract'
import type { LanguageCode } from '@offset-button/contract/words/language'
import { orderScript } from './assets.ts'
import { clockText } from './format.ts'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { page } from './layout.ts'
import { elsewhere, receipt, stepLine } from './purchase-frame.ts'
import { endOf, progressOf } from './purchase-words.ts'
import { linkTo, type Reader } from './reader.ts'

export type OrderShown = {
  readonly order: Order
  /** The sentence that the buyer agreed to, and the BCP 47 tag of its language. */
  readonly consent: { readonly text: string; readonly language: string }
  /** What a browser needs to show the card form. */
  readonly payment: { readonly scriptUrl: string; readonly publishableKey: string }
  /** The address of this page, for another browser. */
  readonly address: string
  /** Where to begin anew with the same choice. */
  readonly again: string
  readonly now: string
  /** Why the card was not taken or the order not stopped. */
  readonly notice?: string | undefined
}

/** An order as it stands: the hold and the card, then the registry's steps, then the certificate or the end. */
export function orderPage(reader: Reader, shown: OrderShown): string {
  const { order, notice } = shown
  const { language } = reader
  const title = titleOf(language, order)
  return page(reader, {
    title: language.say('frame.counted', { title, count: language.credits(order.quantity_tonnes) }),
    test: order.test,
    indexed: false,
    scripts: hasEnded(order) ? [] : [orderScript],
    body: html`<main class="main buy" data-version="${shownOf(order)}">
${stepLine(language, order.state === 'closed' ? 'done' : 'payment')}
<h1 class="h1">${title}</h1>
${notice && html`<p class="notice" role="alert"><span>${notice}</span></p>`}
${bodyOf(reader, shown)}
</main>`,
  })
}

/** Grows apart as soon as the page would say something else; a card half typed is not lost for less. */
export const shownOf = ({ hold, payment, state, steps, completed_tonnes: done }: Order): string =>
  [state, payment.status, payment.failures, hold?.extended, steps.length, done].join('-')

function titleOf({ say }: Language, order: Order): string {
  switch (order.state) {
    case 'reserved':
      return say(order.payment.status === 'awaiting_bank' ? 'bank.title' : 'payment.title')
    case 'authorised':
    case 'captured':
      return say('progress.title', { n: order.quantity_tonnes })
    case 'closed':
      return say('certificate.done', { n: order.completed_tonnes })
    default:
      return say(order.refunded_minor > 0 ? 'ended.title_refunded' : 'ended.title')
  }
}

const hasEnded = ({ state }: Order) => !['reserved', 'authorised', 'captured'].includes(state)

function bodyOf(reader: Reader, shown: OrderShown): Html {
  const { order } = shown
  if (order.state === 'reserved') return payment(reader, shown)
  if (order.state === 'closed') return done(reader, order)
  if (!hasEnded(order)) return progress(reader, shown)
  const { title, text } = endOf(reader.language, order)
  return html`<div class="card slip"><h2 class="h2">${title}</h2><p class="sub">${text}</p>
<div class="act"><a class="ghost primary wide" href="${linkTo(reader, shown.again)}">${reader.language.say('ended.new_quote')}</a></div></div>`
}

/** The hold, what is bought, and the card: with a script the card form, without one where to find it. */
function payment(reader: Reader, shown: OrderShown): Html {
  const { address, order, now } = shown
  const { money, rich, say, tonnes, total } = reader.language
  const { amounts, quantity_tonnes: n } = order
  const path = linkTo(reader, `/orders/${order.id}`)
  const until =
    order.hold &&
    html`<time datetime="${order.hold.expires_at}">${utc(order.hold.expires_at)}</time>`
  return html`<div class="card slip">
<div class="hold"><p>${rich('order.until', { time: until })}</p>
<p>${say('payment.what', { tonnes: tonnes(n), n: projectCount(order) })}</p>
<p class="small">${say('hold.what', { n, total: total(amounts.total_minor) })} ${say('hold.nobody')} ${say('order.made', { time: utc(now) })}</p></div>
${receipt([
  [say('quote.projects'), money(amounts.projects_minor)],
  [say('offered.platform_fee'), money(amounts.platform_fee_minor)],
  [say('quote.processing'), money(amounts.processing_fee_minor)],
  [
    html`${say('quote.total')} <span class="small">${say('quote.currency')}</span>`,
    money(amounts.total_minor),
  ],
])}
<p class="small">${named(reader.language, shown)}</p>
<div class="tear">
${order.payment.failures > 0 && html`<p class="fault" role="alert">${rich('trouble.declined')}</p>`}
${card(reader, shown)}
<noscript><div class="aside"><p><b>${say('script.card')}</b> ${say('script.order')}</p>
${elsewhere(address)}
<p>${say('script.runs_out')} <a class="l" href="${linkTo(reader, shown.again)}">${say('ended.new_quote')}</a></p>
<p>${say('script.paid')} <a class="l" href="${path}">${say('closed.again')}</a></p></div></noscript>
<form class="act" method="post" action="${linkTo(reader, `/orders/${order.id}/stop`)}"><button class="ghost wide" type="submit">${say('payment.stop')}</button></form>
</div></div>`
}

function named({ rich, say }: Language, { consent, order }: OrderShown): Html {
  const name = order.beneficiary
  const agreed = html`<bdi lang="${consent.language}">${consent.text}</bdi>`
  return html`${name === null ? say('order.no_name') : rich('order.named', { name: html`<bdi>${name}</bdi>` })} ${rich('order.agreed', { consent: agreed })}`
}

/** The payment service's own word for a language; it has no Hindi. */
const LOCALES: Readonly<Partial<Record<LanguageCode, string>>> = { en: 'en-GB', hi: 'en' }

function card(
  { language }: Reader,
  { order, payment: { publishableKey, scriptUrl } }: OrderShown,
): Html | false {
  const { code, problem, say } = language
  const { client_secret: secret, status } = order.payment
  if (secret === null) return html`<p class="small">${say('order.preparing')}</p>`
  const total = language.total(order.amounts.total_minor)
  return html`<div id="card" hidden data-script="${scriptUrl}" data-key="${publishableKey}" data-secret="${secret}" data-amount="${order.amounts.total_minor}" data-currency="${order.amounts.currency.toLowerCase()}" data-status="${status}" data-locale="${LOCALES[code] ?? code}" data-unloaded="${say('order.card_failed')}" data-declined="${problem('card_declined').sentence}">
<p class="sub" data-bank${status !== 'awaiting_bank' && html` hidden`}>${say('bank.text')}</p>
<div data-form></div>
<p class="fault" data-said role="alert"></p>
<button class="ghost ink wide" type="button">${status === 'awaiting_bank' ? say('bank.again') : html`<span>${say('payment.pay', { total })}<small>${say('payment.pay_second', { n: order.quantity_tonnes })}</small></span>`}</button>
</div>`
}

function progress(reader: Reader, { order }: OrderShown): Html {
  const { say } = reader.language
  const lines = progressOf(reader.language, order)
  return html`<div class="card slip">
<ol class="tl">${lines.map(
    (line, index) =>
      html`${index === 4 && html`<li class="noreturn">${say('progress.permanent')}</li>`}<li class="${line.state}"><time>${line.at === null ? (line.state === 'now' ? say('progress.now') : '') : clockText(line.at)}</time> <span>${line.text}</span></li>`,
  )}</ol>
<p class="small">${say('order.utc')} ${say('order.close')}</p>
<div class="act"><a class="ghost wide" href="${linkTo(reader, `/orders/${order.id}`)}">${say('closed.again')}</a></div>
</div>`
}

function done(reader: Reader, order: Order): Html {
  const { project, rich, say, tonnes, total } = reader.language
  const { certificate, refunded_minor: refunded } = order
  const missing = tonnes(order.quantity_tonnes - order.completed_tonnes)
  return html`<div class="card slip">
${order.simulated && html`<p class="notice"><span>${rich('certificate.simulated')}</span></p>`}
<ul class="fills">${order.fills
    .filter(({ state }) => state === 'committed')
    .map(
      (fill) =>
        html`<li><b><bdi lang="en">${fill.project.title}</bdi></b><span class="r">${tonnes(fill.quantity_tonnes)}</span><span class="sm">${project(fill.project, fill.vintage)}</span></li>`,
    )}</ul>
<p class="sub">${say('order.charged', { total: total(order.captured_minor) })}${refunded > 0 && ` ${say('certificate.part', { refund: total(refunded), tonnes: missing })}`}</p>
${certificate && html`<div class="act"><a class="ghost primary wide" href="${linkTo(reader, certificate.url)}">${say('certificate.open')}</a> <a class="ghost wide" href="${linkTo(reader, certificate.pdf_url)}" type="application/pdf">${say('where.pdf')}</a></div>`}
</div>`
}

const utc = (instant: string): string => `${clockText(instant)} UTC`

const projectCount = ({ fills }: Order): number =>
  new Set(fills.map(({ project }) => project.reference)).size
