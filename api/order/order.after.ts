/** How an order stands after a step of which all that it changes is known, so that it need not be read again. Pure. */
import type { PaymentSnapshot } from '../payment/payment.ts'
import { mergePayment, type PaymentView, paymentView } from '../payment/payment-merge.ts'
import type { Change, EffectPlan } from './order.action.ts'
import type { Effect, OrderView } from './order.ts'

/** After `beginEffect` has written that the call is about to be made. */
export function afterBegin(
  view: OrderView,
  plan: EffectPlan,
  seen: Effect | null,
  now: number,
): OrderView {
  const tries = 1 + (seen?.tries ?? 0)
  const effect: Effect = { ...plan, state: 'sent', tries, sentAt: now, refusal: null }
  return {
    ...view,
    version: view.version + 1,
    firstProposedAt:
      plan.kind === 'registry.propose' ? (view.firstProposedAt ?? now) : view.firstProposedAt,
    effects: seen
      ? view.effects.map((one) => (one.key === plan.key ? effect : one))
      : [...view.effects, effect],
  }
}

/** After `record` of nothing but an answer; null where more changes, which only the Store can tell. */
export function afterAnswer(
  view: OrderView,
  { effect, ...rest }: Change,
  payment: PaymentSnapshot | null,
  now: number,
): OrderView | null {
  if (Object.keys(rest).length > 0 || (!effect && !payment)) return null
  return {
    ...view,
    version: view.version + 1,
    payment: payment ? paymentAfter(view.payment, payment, now) : view.payment,
    effects: effect
      ? view.effects.map((one) => (one.key === effect.key ? { ...one, ...effect } : one))
      : view.effects,
  }
}

/** What is stored of a payment when the payment service has told of it once more. */
export function paymentAfter(
  stored: OrderView['payment'],
  told: PaymentSnapshot,
  now: number,
): NonNullable<OrderView['payment']> {
  const view: PaymentView = stored ? mergePayment(stored, paymentView(told)) : paymentView(told)
  return {
    ...view,
    clientSecret: told.clientSecret,
    askedAt: Math.max(stored?.askedAt ?? 0, now),
  }
}
