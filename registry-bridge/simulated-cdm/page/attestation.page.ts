import type { Attestation } from '../attestation/attestation.store.ts'
import { html, page } from './page.ts'

/** An attestation for people. */
export function attestationPage(attestation: Attestation): string {
  const lines = attestation.lines.map(
    (line) => html`<section><h2>${line.project.title ?? 'Title not stated'}</h2><dl>
<dt>Project</dt><dd class="m">${line.project.reference}</dd><dt>Host</dt><dd>${line.project.host}</dd>
<dt>Units</dt><dd>${line.quantity} ${line.unit_type}, reductions of ${line.vintage}</dd>
<dt>Commitment periods</dt><dd>original ${line.original_commitment_period}, applicable ${line.applicable_commitment_period}</dd>
<dt>Serial numbers</dt><dd>${line.blocks.map(
      (block) => html`<div class="m">${block.start} … ${block.end}</div>`,
    )}</dd></dl></section>`,
  )
  return page(
    `Attestation ${attestation.reference}`,
    html`<section><dl><dt>Quantity</dt><dd>${attestation.quantity} units</dd>
<dt>Completed</dt><dd><time>${attestation.completed_at}</time></dd>
<dt>Transaction</dt><dd class="m">${attestation.transaction}</dd>
<dt>Cancellation account</dt><dd class="m">${attestation.cancellation_account}</dd>
<dt>On behalf of</dt><dd>${attestation.beneficiary ?? 'not given'}</dd>
<dt>Purpose</dt><dd>${attestation.purpose ?? 'not given'}</dd></dl></section>${lines}`,
    attestation.statement,
  )
}
