/** What an answer from outside means for an order. Pure. */
import type { Transaction } from '@offset-button/registry-bridge'
import { assert } from '../assert.ts'
import { delivered, refunded } from '../ledger/ledger.ts'
import type { Change } from './order.action.ts'
import {
  type EffectKind,
  type EffectRefusal,
  type EffectRequest,
  type Leg,
  legIsOpen,
  type OrderView,
} from './order.ts'

/** A definite answer about an effect. */
export type Outcome =
  | { readonly kind: 'ok'; readonly transaction?: Transaction }
  | { readonly kind: 'refused'; readonly refusal: EffectRefusal }

type Answered = {
  readonly key: string
  readonly kind: EffectKind
  readonly leg: number | null
  readonly request: EffectRequest
}

/** The change that stores an answer together with all that follows from it. An answer that two have asked for counts once. */
export function changeAfter(view: OrderView, effect: Answered, outcome: Outcome): Change {
  if (view.effects.some((one) => one.key === effect.key && one.state === 'ok')) return {}
  const stored = {
    key: effect.key,
    state: outcome.kind,
    refusal: outcome.kind === 'refused' ? outcome.refusal : null,
  }
  const leg = view.legs.find((one) => one.number === effect.leg)
  if (leg && !isAbout(effect, leg)) return { effect: stored }
  if (outcome.kind === 'ok') {
    if (leg && outcome.transaction) {
      return { effect: stored, ...changeOfLeg(view, leg, outcome.transaction) }
    }
    const amountMinor = effect.request.amountMinor ?? 0
    return effect.kind === 'payment.refund'
      ? {
          effect: stored,
          order: { refundedMinor: view.refundedMinor + amountMinor },
          entries: refunded(view.id, amountMinor),
        }
      : { effect: stored }
  }
  if (!leg || outcome.refusal.advice === 'retry') return { effect: stored }
  if (leg.givenUp) {
    return effect.kind === 'registry.propose'
      ? { effect: stored, legs: [ended(leg, 'terminated', [])] }
      : { effect: stored }
  }
  if (effect.kind === 'registry.terminate') return { effect: stored }
  if (outcome.refusal.advice === 'lapsed') return { effect: stored, legs: [proposeAgain(leg)] }
  return { effect: stored, ...refusal(view, leg, outcome.refusal.codes) }
}

/** False for an answer that comes when its leg has ended, or is proposed anew. */
const isAbout = (effect: Answered, leg: Leg) =>
  legIsOpen(leg.state) && effect.key.endsWith(`:${leg.number}:${leg.attempt}`)

/**
 * What a registry's word on a transaction means for its leg; nothing where it says nothing new, speaks of an earlier
 * transaction, or comes when the leg has ended.
 */
export function changeOfLeg(view: OrderView, leg: Leg, transaction: Transaction): Change {
  if (!legIsOpen(leg.state)) return {}
  if (leg.transaction !== null && leg.transaction !== transaction.identifier) return {}
  const known = { number: leg.number, transaction: transaction.identifier }
  switch (transaction.status) {
    case 1:
      return leg.state === 'waiting'
        ? { legs: [{ ...known, state: 'proposed', ...funded(view) }] }
        : {}
    case 2:
      return leg.state === 'checked'
        ? {}
        : { legs: [{ ...known, state: 'checked', ...funded(view) }] }
    case 4: {
      assert(view.state === 'captured', `${transaction.identifier} completed before the capture`)
      assert(transaction.attestation, `${transaction.identifier} completed without attestation`)
      const fills = view.fills.filter((fill) => fill.leg === leg.number)
      const seller = fills[0]?.seller
      assert(seller !== undefined, `leg ${leg.number} of ${view.id} has no fill`)
      const amountMinor = fills.reduce((sum, f) => sum + f.priceMinor * f.quantityTonnes, 0)
      return {
        legs: [
          {
            ...known,
            state: 'completed',
            reference: transaction.attestation.reference,
            completedAt: transaction.attestation.completedAt.getTime(),
            allocations: 'completed',
          },
        ],
        entries: delivered(view.id, leg.number, seller, amountMinor),
        payout: { leg: leg.number, seller, amountMinor },
      }
    }
    case 3:
    case 5:
    case 6:
      if (leg.givenUp) return { legs: [ended(leg, 'terminated', transaction.codes)] }
      return transaction.codes.length > 0
        ? refusal(view, leg, transaction.codes)
        : { legs: [proposeAgain(leg)] }
    case 7:
      return { legs: [leg.givenUp ? ended(leg, 'terminated', []) : proposeAgain(leg)] }
  }
}

/** A leg that comes after the capture is paid for by what was captured. */
const funded = (view: OrderView) => (view.state === 'captured' ? { charged: true } : {})

/** The same serials, a new transaction. */
const proposeAgain = (leg: Leg) => ({
  number: leg.number,
  state: 'waiting' as const,
  attempt: leg.attempt + 1,
  transaction: null,
})

const ended = (leg: Leg, state: 'terminated' | 'refused', codes: readonly number[]) => ({
  number: leg.number,
  state,
  codes,
  allocations: 'freed' as const,
})

const refusal = (view: OrderView, leg: Leg, codes: readonly number[]): Change => ({
  legs: [ended(leg, 'refused', codes)],
  refusedOffers: {
    offers: view.fills.filter((fill) => fill.leg === leg.number).map((fill) => fill.offer),
    codes,
  },
})
