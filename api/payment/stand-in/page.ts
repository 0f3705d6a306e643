/** The pages that people see: the list of payments, and the bank's question. Nothing here is real money. */

import type { Intent } from './intent.ts'
import type { BookedPayment } from './simulation.ts'

/** Every payment in a table. */
export function paymentsPage(payments: readonly BookedPayment[]): string {
  const rows = payments.map(
    (payment) => `<tr><td><code>${text(payment.id)}</code></td>
<td>${text(payment.metadata.order ?? '')}</td><td>${text(payment.status)}</td>
<td class="number">${money(payment.amountMinor, payment.currency)}</td>
<td class="number">${money(payment.capturedMinor, payment.currency)}</td>
<td class="number">${money(payment.refundedMinor, payment.currency)}</td>
<td class="number">${payment.failedCharges}</td></tr>`,
  )
  return page(
    'Payments',
    `<main><h1>Payments <span class="test">TEST</span></h1>
<p>A local stand-in for Stripe. No card is charged and no money moves.</p>
${
  rows.length === 0
    ? '<p>No payments yet.</p>'
    : `<div class="scroll"><table><thead><tr><th>Payment</th><th>Order</th><th>Status</th><th class="number">Amount</th>
<th class="number">Captured</th><th class="number">Refunded</th><th class="number">Failures</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`
}</main>`,
  )
}

/** The bank's question. Its answer goes back to the stand-in, then to whoever asked. */
export function challengePage(intent: Intent, attempt: string, parent: string | null): string {
  const amount = money(intent.amount, intent.currency.toUpperCase())
  return page(
    'Confirm with your bank',
    `<main class="challenge"><p><span class="test">TEST</span> A simulated bank asks</p>
<h1>Confirm ${amount}</h1>
<p>A real bank would ask for a code or in its app. Say yourself how it ends.</p>
<form method="post" action="/challenge/${encodeURIComponent(intent.id)}">
<input type="hidden" name="client_secret" value="${text(intent.client_secret)}">
<input type="hidden" name="attempt" value="${text(attempt)}">
${parent === null ? '' : `<input type="hidden" name="parent" value="${text(parent)}">`}
<button name="answer" value="complete" class="complete">Complete</button>
<button name="answer" value="fail">Fail</button>
</form></main>`,
  )
}

/** What the overlay shows for the moment until Stripe.js takes it away. */
export function answeredPage(intent: Intent, parent: string | null): string {
  return page(
    'Thank you',
    `<main class="challenge" data-parent="${text(parent ?? '')}" data-payment="${text(intent.id)}">
<p><span class="test">TEST</span></p><h1>Thank you</h1><p>You can close this page.</p></main>
<script type="module" src="/frame/challenge.js"></script>`,
  )
}

/** A page that says what is wrong. */
export function troublePage(sentence: string): string {
  return page(
    'Not found',
    `<main class="challenge"><p><span class="test">TEST</span></p><h1>${text(sentence)}</h1></main>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} (TEST)</title><link rel="stylesheet" href="/frame/page.css"></head>
<body>${body}</body></html>`
}

function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return text(format.format(minor / 10 ** digits))
}

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
