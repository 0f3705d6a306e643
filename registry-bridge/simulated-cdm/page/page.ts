import { labelOf } from '../../response-code.ts'
import { SIMULATED_NOTICE } from '../attestation/attestation.store.ts'
import type { Books } from '../simulation/wire.ts'
import { PAGE_STYLE } from './tokens.css.ts'

/** Escaped for HTML; pages are put together from these only. */
export type Html = { readonly html: string }

export type RecentTransaction = {
  readonly identifier: string
  readonly status: number
  readonly quantity: number
  readonly holding_account: string
  readonly codes: readonly number[]
  readonly proposed_at: Date
  /** `VC<n>/<year>`, null where there is none. */
  readonly attestation: string | null
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  1: 'proposed',
  2: 'checked, no discrepancy',
  3: 'checked, discrepancy',
  4: 'completed',
  5: 'terminated',
  6: 'rejected',
  7: 'cancelled (timed out)',
}

/** Puts text into HTML so that none of it is taken for markup. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const shown = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
    return 'html' in value ? value.html : value.map((one) => one.html).join('')
  })
  return { html: parts.reduce((text, part, index) => text + part + (shown[index] ?? ''), '') }
}

/** The registry's front page: whether it is open, its accounts, what was lately transacted. */
export function frontPage(
  state: 'open' | 'closed',
  accounts: Books['accounts'],
  transactions: readonly RecentTransaction[],
): string {
  return page(
    'CDM registry (simulated)',
    html`<section><h2>Transactions</h2>${
      transactions.length === 0 ? html`<p>None yet.</p>` : transactionTable(transactions)
    }</section>
<section><h2>Accounts</h2>${accountTable(accounts)}</section>`,
    state === 'open' ? 'Open: cancellations are taken.' : 'Closed: no cancellations are taken now.',
  )
}

/** A whole page, which says in the clear that it is simulated. */
export function page(title: string, content: Html, lead: string): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · SIMULATED</title><style>${{ html: PAGE_STYLE }}</style></head>
<body><main><h1>${title}</h1><p class="notice" role="note"><strong>${SIMULATED_NOTICE}</strong></p>
<p>${lead}</p>${content}</main></body></html>
`.html
}

function transactionTable(transactions: readonly RecentTransaction[]): Html {
  return html`<table><thead><tr><th>Transaction</th><th>Status</th><th class="n">Units</th><th>From</th><th>Attestation</th>
<th>Proposed</th></tr></thead><tbody>${transactions.map(
    (row) => html`<tr><td class="m">${row.identifier}</td>
<td>${row.status} ${STATUS_WORDS[row.status] ?? ''}${row.codes.length > 0 ? ` (${row.codes.map(labelOf).join('; ')})` : ''}</td>
<td class="n">${row.quantity}</td><td class="m">${row.holding_account}</td><td class="m">${
      row.attestation === null
        ? ''
        : html`<a href="/attestations/${row.attestation}">${row.attestation}</a>`
    }</td><td class="m"><time>${row.proposed_at.toISOString()}</time></td></tr>`,
  )}</tbody></table>`
}

function accountTable(accounts: Books['accounts']): Html {
  return html`<table><thead><tr><th>Account</th><th>Holder</th><th>State</th><th class="n">Units</th>
<th class="n">Earmarked</th><th class="n">Pending</th></tr></thead><tbody>${accounts.map(
    (
      account,
    ) => html`<tr><td class="m">${account.number}</td><td>${account.holder}</td><td>${account.state}</td>
<td class="n">${account.quantity}</td><td class="n">${account.earmarked}</td><td class="n">${account.pending}</td></tr>`,
  )}</tbody></table>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
