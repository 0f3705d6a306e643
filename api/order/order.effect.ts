import type { Action, EffectPlan } from './order.action.ts'
import type { Effect, OrderView } from './order.ts'

/** How long things take at most, and how often to look. Milliseconds. */
export type OrderTimes = {
  /** From Pay on, until the card is authorised. */
  readonly holdMs: number
  /** From the bank's question on; given once. */
  readonly bankHoldMs: number
  /** From the first proposal on, until unchecked legs are given up. */
  readonly giveUpMs: number
  /** A call that has not answered by then has an unknown outcome. */
  readonly callTimeoutMs: number
  /** The first pause between two questions for one payment; it grows with what the buyer takes, fourfold at most. */
  readonly pollPaymentMs: number
  readonly pollRegistryMs: number
  /** The first pause before trying again; it doubles, up to `retryMostMs`. */
  readonly retryMs: number
  readonly retryMostMs: number
  /** From an order's end on, until no commit for it can be on its way any more. */
  readonly lateCommitMs: number
  /** How often an order that waits for a person is looked at. */
  readonly personMs: number
}

export const DEFAULT_TIMES: OrderTimes = {
  holdMs: 120_000,
  bankHoldMs: 600_000,
  giveUpMs: 600_000,
  callTimeoutMs: 8_000,
  pollPaymentMs: 5_000,
  pollRegistryMs: 500,
  retryMs: 500,
  retryMostMs: 30_000,
  lateCommitMs: 60_000,
  personMs: 300_000,
}

/** When a decision is made, and what was already asked in the same run. */
export type Moment = {
  readonly now: number
  readonly times: OrderTimes
  readonly askedPayment: boolean
  readonly askedLegs: ReadonlySet<number>
}

export type EffectStep =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'pending'; readonly actions: Action[] }

export const effectOf = (view: OrderView, key: string): Effect | null =>
  view.effects.find((effect) => effect.key === key) ?? null

/** Where a call stands: made and answered, or what has to be done about it. A sent call is looked up, never resent. */
export function callOnce(view: OrderView, moment: Moment, plan: EffectPlan): EffectStep {
  const seen = effectOf(view, plan.key)
  if (!seen) return { kind: 'pending', actions: [{ kind: 'call', effect: plan, seen: null }] }
  switch (seen.state) {
    case 'ok':
      return { kind: 'ok' }
    case 'sent':
      return later(moment, seen.sentAt + moment.times.callTimeoutMs, {
        kind: 'lookUp',
        effect: seen,
      })
    case 'unknown':
      return later(moment, seen.sentAt + pause(seen.tries, moment.times), {
        kind: 'lookUp',
        effect: seen,
      })
    case 'refused':
      if (seen.refusal?.advice !== 'retry') return { kind: 'refused' }
      return later(moment, seen.sentAt + pause(seen.tries, moment.times), {
        kind: 'call',
        effect: { ...plan, request: seen.request },
        seen,
      })
  }
}

const later = (moment: Moment, at: number, action: Action): EffectStep => ({
  kind: 'pending',
  actions: [moment.now >= at ? action : { kind: 'wait', until: at }],
})

const pause = (tries: number, times: OrderTimes) =>
  Math.min(times.retryMs * 2 ** Math.min(tries - 1, 20), times.retryMostMs)
