/** Reads Stripe's payment into ours. */

import type Stripe from 'stripe'
import { type PaymentSnapshot, type PaymentStatus, PaymentUnreachable } from './payment.ts'
import { STATUS_ORDER } from './payment-merge.ts'

/** The payment's `latest_charge` must be expanded. */
export function paymentSnapshot(intent: Stripe.PaymentIntent): PaymentSnapshot {
  const charge = intent.latest_charge
  if (typeof charge === 'string') {
    throw new PaymentUnreachable('Stripe answered without the charge that was asked for.')
  }
  return {
    id: intent.id,
    order: intent.metadata.order ?? '',
    status: knownStatus(intent.status),
    amountMinor: intent.amount,
    capturedMinor: intent.amount_received,
    refundedMinor: charge?.amount_refunded ?? 0,
    clientSecret: intent.client_secret ?? '',
    failure: failure(intent),
  }
}

function knownStatus(status: string): PaymentStatus {
  const known = STATUS_ORDER.find((each) => each === status)
  if (known === undefined) {
    throw new PaymentUnreachable(`Stripe told a payment status that is not known: ${status}.`)
  }
  return known
}

/** A bank that refuses the visitor leaves no charge; then the card of that attempt tells failures apart. */
function failure(intent: Stripe.PaymentIntent): PaymentSnapshot['failure'] {
  const error = intent.last_payment_error
  if (error === null) return null
  return {
    charge: error.charge ?? error.payment_method?.id ?? intent.id,
    code: error.decline_code ?? error.code ?? 'unknown',
  }
}
