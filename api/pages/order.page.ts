import type { Order } from '@offset-button/contract'
import { orderScript } from './assets.ts'
import { clockText, moneyText, projectText, tonnesText } from './format.ts'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { elsewhere, receipt, stepLine } from './purchase-frame.ts'
import { creditsText, endOf, progressOf, totalText } from './purchase-words.ts'

export type OrderShown = {
  readonly order: Order
  /** The sentence that the buyer agreed to. */
  readonly consent: string
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
export function orderPage(shown: OrderShown): string {
  const { order, notice } = shown
  return page({
    title: `${titleOf(order)}: ${creditsText(order.quantity_tonnes)}`,
    test: order.test,
    indexed: false,
    scripts: hasEnded(order) ? [] : [orderScript],
    body: html`<main class="main buy" data-version="${shownOf(order)}">
${stepLine(order.state === 'closed' ? 'done' : 'payment')}
<h1 class="h1">${titleOf(order)}</h1>
${notice && html`<p class="notice" role="alert"><span>${notice}</span></p>`}
${bodyOf(shown)}
</main>`,
  })
}

/** Grows apart as soon as the page would say something else; a card half typed is not lost for less. */
export const shownOf = ({ hold, payment, state, steps, completed_tonnes: done }: Order): string =>
  [state, payment.status, payment.failures, hold?.extended, steps.length, done].join('-')

function titleOf(order: Order): string {
  switch (order.state) {
    case 'reserved':
      return order.payment.status === 'awaiting_bank' ? 'Confirm with your bank' : 'Payment'
    case 'authorised':
    case 'captured':
      return `Cancelling ${creditsText(order.quantity_tonnes)}`
    case 'closed':
      return `${order.completed_tonnes === 1 ? '1 tonne' : `${order.completed_tonnes} tonnes`}, cancelled for good`
    default:
      return order.refunded_minor > 0 ? 'Refunded' : 'Not paid'
  }
}

const hasEnded = ({ state }: Order) => !['reserved', 'authorised', 'captured'].includes(state)

function bodyOf(shown: OrderShown): Html {
  const { order } = shown
  if (order.state === 'reserved') return payment(shown)
  if (order.state === 'closed') return done(order)
  if (!hasEnded(order)) return progress(shown)
  const { title, text } = endOf(order)
  return html`<div class="card slip"><h2 class="h2">${title}</h2><p class="sub">${text}</p>
<div class="act"><a class="ghost primary wide" href="${shown.again}">Get a new quote</a></div></div>`
}

/** The hold, what is bought, and the card: with a script the card form, without one where to find it. */
function payment(shown: OrderShown): Html {
  const { address, consent, order, now } = shown
  const { currency, total_minor: total } = order.amounts
  const count = creditsText(order.quantity_tonnes)
  return html`<div class="card slip">
<div class="hold"><p><b>Held for you</b> until ${order.hold && html`<time datetime="${order.hold.expires_at}">${clockText(order.hold.expires_at)} UTC</time>`}</p>
<p class="small">${count} from ${projectsText(order)}, at ${totalText(total, currency)}. Nobody else can buy them now. It was ${clockText(now)} UTC when this page was made.</p></div>
${receipt([
  ['To the projects', moneyText(order.amounts.projects_minor, currency)],
  ['Platform fee', moneyText(order.amounts.platform_fee_minor, currency)],
  ['Card processing', moneyText(order.amounts.processing_fee_minor, currency)],
  [html`Total <span class="small">in US dollars</span>`, moneyText(total, currency)],
])}
<p class="small">${order.beneficiary === null ? 'No name on the certificate.' : html`Name on the certificate: <bdi>${order.beneficiary}</bdi>.`} You agreed: “<bdi>${consent}</bdi>”</p>
<div class="tear">
${order.payment.failures > 0 && html`<p class="fault" role="alert">Your bank declined the card. Nothing was charged. Try again, or use another card.</p>`}
${card(shown)}
<noscript><div class="aside"><p><b>The card needs JavaScript.</b> It is off in this browser. Open this address in a browser that has it while the credits are held, and the card form is there:</p>
${elsewhere(address)}
<p>If the hold runs out first, nothing is charged and the credits go on offer again. <a class="l" href="${shown.again}">A new quote</a> takes their place. Paid elsewhere already? <a class="l" href="/orders/${order.id}">Look again</a>.</p></div></noscript>
<form class="act" method="post" action="/orders/${order.id}/stop"><button class="ghost wide" type="submit">Stop and release the credits</button></form>
</div></div>`
}

function card({ order, payment: { publishableKey, scriptUrl } }: OrderShown): Html | false {
  const { client_secret: secret, status } = order.payment
  if (secret === null) return html`<p class="small">The payment is being prepared.</p>`
  const total = totalText(order.amounts.total_minor, order.amounts.currency)
  return html`<div id="card" hidden data-script="${scriptUrl}" data-key="${publishableKey}" data-secret="${secret}" data-amount="${order.amounts.total_minor}" data-currency="${order.amounts.currency.toLowerCase()}" data-status="${status}">
<p class="sub" data-bank${status !== 'awaiting_bank' && html` hidden`}>Your bank has opened a window or sent a message to your phone. Answer there; this page waits.</p>
<div data-form></div>
<p class="fault" data-said role="alert"></p>
<button class="ghost ink wide" type="button">${status === 'awaiting_bank' ? 'Open the bank’s window again' : html`<span>Pay ${total}<small>and have ${creditsText(order.quantity_tonnes)} cancelled</small></span>`}</button>
</div>`
}

function progress({ order }: OrderShown): Html {
  const lines = progressOf(order)
  return html`<div class="card slip">
<ol class="tl">${lines.map(
    (line, index) =>
      html`${index === 4 && html`<li class="noreturn">Permanent from here</li>`}<li class="${line.state}"><time>${line.at === null ? (line.state === 'now' ? 'now' : '') : clockText(line.at)}</time> <span>${line.text}</span></li>`,
  )}</ol>
<p class="small">Times in UTC. You can close this page. The order goes on without you, and this address shows the certificate when you come back.</p>
<div class="act"><a class="ghost wide" href="/orders/${order.id}">Look again</a></div>
</div>`
}

function done(order: Order): Html {
  const { amounts, certificate, refunded_minor: refunded } = order
  return html`<div class="card slip">
${order.simulated && html`<p class="notice"><span class="tag">SIMULATED</span><span>A test registry answered. No real credit was cancelled.</span></p>`}
<ul class="fills">${order.fills
    .filter(({ state }) => state === 'committed')
    .map(
      (fill) =>
        html`<li><b><bdi lang="en">${fill.project.title}</bdi></b><span class="r">${tonnesText(fill.quantity_tonnes)}</span><span class="sm">${projectText(fill.project, fill.vintage)}</span></li>`,
    )}</ul>
<p class="sub">Your card was charged ${totalText(order.captured_minor, amounts.currency)}.${refunded > 0 && ` ${totalText(refunded, amounts.currency)} went back to it: the registry did not cancel ${tonnesText(order.quantity_tonnes - order.completed_tonnes)}.`}</p>
${certificate && html`<div class="act"><a class="ghost primary wide" href="${certificate.url}">Open the certificate</a> <a class="ghost wide" href="${certificate.pdf_url}" type="application/pdf">PDF</a></div>`}
</div>`
}

function projectsText({ fills }: Order): string {
  const count = new Set(fills.map(({ project }) => project.reference)).size
  return `${count} ${count === 1 ? 'project' : 'projects'}`
}
