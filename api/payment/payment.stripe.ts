/** The payment port over Stripe's own SDK. The local stand-in is reached by the same code. */

import Stripe from 'stripe'
import {
  type Payment,
  type PaymentAnswer,
  type PaymentSnapshot,
  PaymentUnreachable,
} from './payment.ts'
import { paymentSnapshot } from './stripe-snapshot.ts'

/** `apiUrl` is the stand-in's address; without it, Stripe's own. */
export type StripePaymentOptions = {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
  readonly apiUrl?: string
  readonly scriptUrl: string
  readonly callTimeoutMs: number
}

/** How old a webhook's signature may be. Stripe signs every delivery anew. */
const WEBHOOK_TOLERANCE_SECONDS = 300

/** Without it Stripe answers with the charge's id only; what was refunded stands on the charge. */
const EXPAND = ['latest_charge']

/**
 * Stripe as a payment. Card payments only, captured by hand, so that everything is authorised first.
 * Retries belong to the effect ledger: the SDK's are off. (It still sends once more, with the same key,
 * where a connection closes under it.)
 */
export function stripePayment(options: StripePaymentOptions): Payment {
  const stripe = new Stripe(options.secretKey, {
    maxNetworkRetries: 0,
    timeout: options.callTimeoutMs,
    telemetry: false,
    ...(options.apiUrl === undefined ? {} : address(options.apiUrl)),
  })

  const find: Payment['find'] = async (id) => {
    try {
      return paymentSnapshot(await stripe.paymentIntents.retrieve(id, { expand: EXPAND }))
    } catch (error) {
      if (refusal(error)?.code === 'resource_missing') return null
      throw unreachable(error)
    }
  }

  /** A refused call is answered with the payment as it stands, where that can be had. */
  const answer = async (
    id: string | null,
    call: Promise<Stripe.PaymentIntent>,
  ): Promise<PaymentAnswer> => {
    try {
      return ok(await call)
    } catch (error) {
      const refused = refusal(error)
      if (refused === null) throw unreachable(error)
      return { kind: 'refused', ...refused, payment: id === null ? null : await standing(find, id) }
    }
  }

  return {
    publishableKey: options.publishableKey,
    scriptUrl: options.scriptUrl,
    test: options.secretKey.includes('_test_'),
    find,

    create: ({ order, amountMinor, currency, description, key }) =>
      answer(
        null,
        stripe.paymentIntents.create(
          {
            amount: amountMinor,
            currency: currency.toLowerCase(),
            capture_method: 'manual',
            allowed_payment_method_types: ['card'],
            description,
            metadata: { order },
            expand: EXPAND,
          },
          { idempotencyKey: key },
        ),
      ),

    async findByOrder(order) {
      try {
        const query = `metadata['order']:'${order.replaceAll(/[\\']/g, '\\$&')}'`
        const expand = ['data.latest_charge']
        const { data } = await stripe.paymentIntents.search({ query, expand, limit: 100 })
        const found = data.find((intent) => intent.status !== 'canceled') ?? data[0]
        return found === undefined ? null : paymentSnapshot(found)
      } catch (error) {
        throw unreachable(error)
      }
    },

    void: ({ id, key }) =>
      answer(id, stripe.paymentIntents.cancel(id, { expand: EXPAND }, { idempotencyKey: key })),

    capture: ({ id, amountMinor, key }) =>
      answer(
        id,
        stripe.paymentIntents.capture(
          id,
          { amount_to_capture: amountMinor, expand: EXPAND },
          { idempotencyKey: key },
        ),
      ),

    async refund({ id, amountMinor, key, reference }) {
      const call = stripe.refunds.create(
        {
          payment_intent: id,
          amount: amountMinor,
          metadata: { reference },
          expand: ['payment_intent.latest_charge'],
        },
        { idempotencyKey: key },
      )
      return answer(id, call.then(refundedPayment))
    },

    async findRefund({ id, reference }) {
      try {
        for await (const refund of stripe.refunds.list({ payment_intent: id, limit: 100 })) {
          if (refund.metadata?.reference === reference && stands(refund)) return true
        }
        return false
      } catch (error) {
        if (refusal(error)?.code === 'resource_missing') return false
        throw unreachable(error)
      }
    },

    readWebhook(rawBody, signature, now) {
      try {
        const event = stripe.webhooks.constructEvent(
          rawBody,
          signature,
          options.webhookSecret,
          WEBHOOK_TOLERANCE_SECONDS,
          undefined,
          now,
        )
        return { event: event.id, type: event.type, payment: concernedPayment(event.data.object) }
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
        if (error instanceof SyntaxError) return null
        throw error
      }
    },
  }
}

function address(apiUrl: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const url = new URL(apiUrl)
  const protocol = url.protocol === 'https:' ? 'https' : 'http'
  return { protocol, host: url.hostname, port: url.port || (protocol === 'https' ? '443' : '80') }
}

function ok(intent: Stripe.PaymentIntent): PaymentAnswer {
  return { kind: 'ok', payment: paymentSnapshot(intent) }
}

/**
 * What Stripe definitely refused: the card, or the request as the payment stands. Everything else leaves
 * the outcome open: time-outs, 5xx, 409 and 429, also a key of ours that Stripe does not accept (an
 * operator mends that; no order is lost by it) and a key used before with another body (that earlier
 * request may have done its work).
 */
function refusal(error: unknown): { code: string; message: string } | null {
  if (error instanceof Stripe.errors.StripeCardError) {
    return { code: error.decline_code || error.code || 'card_error', message: error.message }
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { code: error.code ?? 'invalid_request_error', message: error.message }
  }
  if (error instanceof RefundFailed) return { code: error.code, message: error.message }
  return null
}

/** Only what the SDK reports is an open outcome; anything else is a mistake of ours and stays one. */
function unreachable(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  return new PaymentUnreachable(`Stripe gave no definite answer: ${error.message}`, {
    cause: error,
  })
}

async function standing(find: Payment['find'], id: string): Promise<PaymentSnapshot | null> {
  try {
    return await find(id)
  } catch (error) {
    if (error instanceof PaymentUnreachable) return null
    throw error
  }
}

class RefundFailed extends Error {
  readonly code: string
  constructor(code: string) {
    super(`The refund failed: ${code}.`)
    this.code = code
  }
}

function refundedPayment(refund: Stripe.Refund): Stripe.PaymentIntent {
  if (!stands(refund)) throw new RefundFailed(refund.failure_reason ?? 'refund_failed')
  const intent = refund.payment_intent
  if (intent === null || typeof intent === 'string') {
    throw new PaymentUnreachable('Stripe answered a refund without its payment.')
  }
  return intent
}

function stands(refund: Stripe.Refund): boolean {
  return refund.status !== 'failed' && refund.status !== 'canceled'
}

/** The payment that an event is about: the object itself, or the one that a charge or refund names. */
function concernedPayment(object: object): string | null {
  const told = object as { object?: unknown; id?: unknown; payment_intent?: unknown }
  const id = told.object === 'payment_intent' ? told.id : told.payment_intent
  return typeof id === 'string' ? id : null
}
