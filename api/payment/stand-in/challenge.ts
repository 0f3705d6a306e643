/** The bank's question to the visitor: how a payment points to it, and its answer. */

import { findCard, saveStep } from './books.store.ts'
import { authorisedUntilMs, type Call } from './call.ts'
import { field } from './form.ts'
import type { Intent, NextAction } from './intent.ts'
import { answerChallenge } from './payment-step.ts'
import { noSuch } from './problem.ts'

/** Where the visitor answers: in Stripe.js's own frame, or, where the caller gave an address to return to, by leaving. */
export function nextAction(call: Call, intent: Intent, attempt: string): NextAction {
  const query = new URLSearchParams({ client_secret: intent.client_secret, attempt })
  const url = `${call.origin}/challenge/${intent.id}?${query}`
  const returnUrl = field(call.form, 'return_url')
  if (returnUrl !== undefined && field(call.form, 'use_stripe_sdk') !== 'true') {
    return { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } }
  }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: attempt },
  }
}

/** True where the payment waits for an answer to this very question. */
function waitsFor(intent: Intent, attempt: string): boolean {
  const action = intent.next_action
  if (action === null) return false
  const url =
    action.type === 'redirect_to_url' ? action.redirect_to_url.url : action.use_stripe_sdk.stripe_js
  return new URL(url).searchParams.get('attempt') === attempt
}

/** Takes the visitor's answer. A question that is no longer open changes nothing. */
export async function takeAnswer(
  call: Pick<Call, 'trx' | 'cause' | 'settings'>,
  intent: Intent,
  answer: { readonly attempt: string; readonly passed: boolean },
): Promise<Intent> {
  if (!waitsFor(intent, answer.attempt)) return intent
  const card = await findCard(call.trx, intent.payment_method ?? '')
  if (card === null) throw noSuch('PaymentMethod', intent.payment_method ?? '')
  const untilMs = authorisedUntilMs(call)
  const step = answerChallenge(intent, card, answer.passed, untilMs, call.cause.nowMs)
  const isAuthorised = step.intent.status === 'requires_capture'
  await saveStep(call.trx, step, isAuthorised ? untilMs : null, call.cause)
  return step.intent
}
