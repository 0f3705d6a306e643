/**
 * What an order needs next: a pure function of what is stored and of the time. Whoever is killed at any point and comes
 * back decides the same again, so that nothing depends on what a process remembers.
 */
import type { Command } from '@offset-button/engine'
import { assert } from '../assert.ts'
import { captured as capturedEntries, closed } from '../ledger/ledger.ts'
import { amountsOf } from '../market/fees.ts'
import { NEVER } from '../market/market.write.ts'
import type { Action } from './order.action.ts'
import {
  decideGivenUpLeg,
  decideOpenLeg,
  decideSettledLeg,
  isSamePeriod,
  legAhead,
} from './order.decide-leg.ts'
import { callOnce, effectOf, type Moment } from './order.effect.ts'
import {
  type Effect,
  type EffectRefusal,
  type EndReason,
  legIsOpen,
  type OrderView,
  orderHasEnded,
} from './order.ts'

/** The card may fail so often before the payment is voided. */
export const MAX_CARD_FAILURES = 3
/** The longest pause between two questions for one payment, in times of the first. */
const MOST_PAUSES = 4

/** The next action. The same view and moment give the same action. */
export function decide(view: OrderView, moment: Moment): Action {
  const answered = answeredByNews(view)
  if (answered) return answered
  const steps =
    view.state === 'reserved'
      ? reserved(view, moment)
      : view.state === 'authorised'
        ? authorised(view, moment)
        : view.state === 'captured'
          ? captured(view, moment)
          : ended(view, moment)
  const action = steps.find((step) => step.kind !== 'wait')
  if (action) return action
  const waits = steps.flatMap((step) =>
    step.kind === 'wait' && step.until !== null ? [step.until] : [],
  )
  return { kind: 'wait', until: waits.length > 0 ? Math.min(...waits) : null }
}

/** A webhook or a look may tell what a call did before its own answer comes, or in the place of one that was lost. */
function answeredByNews(view: OrderView): Action | undefined {
  const { effects, payment, legs } = view
  const told = effects.find((effect) => {
    if (!isUnanswered(effect)) return false
    const { kind, leg: number, request } = effect
    const leg = legs.find((one) => one.number === number)
    switch (kind) {
      case 'payment.create':
        return payment !== null
      case 'payment.void':
        return payment?.status === 'canceled' || payment?.status === 'succeeded'
      case 'registry.complete':
      case 'registry.terminate':
        // The transaction has ended, or has made room for another.
        return leg && (!legIsOpen(leg.state) || leg.transaction !== request.transaction)
      default:
        return false
    }
  })
  if (!told) return undefined
  const { key } = told
  const refusal = refusalOf(view, told)
  return record({ effect: { key, state: refusal ? 'refused' : 'ok', refusal } })[0]
}

/** Why a call that news have answered came to nothing, as another came before it; null where it did what is told. */
function refusalOf(view: OrderView, told: Effect): EffectRefusal | null {
  if (told.kind === 'payment.void' && view.payment?.status === 'succeeded') return NEVER_VOIDED
  return told.kind === 'registry.complete' && !isCompleted(view, told) ? NEVER_COMPLETED : null
}

/** Whether it is by this call that its leg is completed. */
const isCompleted = ({ legs }: OrderView, { leg: number, request }: Effect): boolean =>
  legs.some(
    (leg) =>
      leg.number === number && leg.state === 'completed' && leg.transaction === request.transaction,
  )

const NEVER_VOIDED = { codes: [], message: 'the payment is captured', advice: 'refuse' } as const
const NEVER_COMPLETED = {
  codes: [],
  message: 'the transaction has ended',
  advice: 'refuse',
} as const

/** Whether it is not known what came of a call. */
function isUnanswered({ state }: Effect): boolean {
  return state === 'sent' || state === 'unknown'
}

function reserved(view: OrderView, moment: Moment): Action[] {
  const { now, times } = moment
  const creation = effectOf(view, `${view.id}:create`)
  // Never so by a step of this order, but by one of a node whose clock is ahead: no card is charged for what is not held.
  const isNotHeld = heldFills(view).length < view.fills.length
  const isOver = view.stopRequested || isNotHeld || now >= view.holdExpiresAt
  if (!view.payment) {
    if (!creation && isOver) return endHold(view, now)
    const create = callOnce(view, moment, {
      key: `${view.id}:create`,
      kind: 'payment.create',
      leg: null,
      request: { amountMinor: view.totalMinor },
    })
    // An answered creation is stored together with its payment, so only a refusal is left.
    return create.kind === 'pending' ? create.actions : endHold(view, now)
  }
  const { payment } = view
  if (payment.status === 'canceled') return endHold(view, now)
  const failed = payment.failures.length >= MAX_CARD_FAILURES
  const voiding = effectOf(view, `${view.id}:void`)
  if (voiding || failed || isNotHeld || (view.stopRequested && payment.status !== 'succeeded')) {
    return voidPayment(view, moment)
  }
  if (payment.status === 'requires_capture') return authorise(view)
  if (isOver) return voidPayment(view, moment)
  if (payment.status === 'requires_action' && !view.holdExtended) {
    const expiresAt = Math.max(now + times.bankHoldMs, ...heldFills(view).map((f) => f.expiresAt))
    if (heldFills(view).some((fill) => fill.expiresAt < now + times.bankHoldMs / 2)) {
      return book(
        heldFills(view).map((fill) => ({
          kind: 'ExtendReservation',
          reservation: fill.reservation,
          expiresAt,
        })),
      )
    }
    const extended = Math.min(...heldFills(view).map((fill) => fill.expiresAt))
    return record({ order: { holdExtended: true, holdExpiresAt: extended } })
  }
  const pause = pauseOf(payment.askedAt - (creation?.sentAt ?? payment.askedAt), times)
  const askAt = payment.askedAt + pause
  return askAt <= now && !moment.askedPayment
    ? [{ kind: 'askPayment' }]
    : wait(Math.min(view.holdExpiresAt, Math.max(askAt, now + times.pollPaymentMs)))
}

/** Word of a payment comes by itself; where it was lost it is asked for, less often the longer the buyer takes. */
const pauseOf = (ageMs: number, { pollPaymentMs }: Moment['times']): number =>
  Math.min(MOST_PAUSES * pollPaymentMs, Math.max(pollPaymentMs, ageMs))

/** From requires_capture on the hold does not expire; the order takes its turn. */
function authorise(view: OrderView): Action[] {
  const expiring = heldFills(view).filter((fill) => fill.expiresAt < NEVER)
  if (expiring.length > 0) {
    return book(
      expiring.map((fill) => ({
        kind: 'ExtendReservation',
        reservation: fill.reservation,
        expiresAt: NEVER,
      })),
    )
  }
  return record({ order: { state: 'authorised', takeTurn: true } })
}

/** Voids first; the tonnes go back only when the payment service says that the payment is void. */
function voidPayment(view: OrderView, moment: Moment): Action[] {
  const step = callOnce(view, moment, {
    key: `${view.id}:void`,
    kind: 'payment.void',
    leg: null,
    request: {},
  })
  // A void is refused when the payment is already void, or captured by hand: its state decides.
  if (step.kind !== 'pending') {
    return moment.askedPayment
      ? wait(moment.now + moment.times.pollPaymentMs)
      : [{ kind: 'askPayment' }]
  }
  return step.actions
}

function endHold(view: OrderView, now: number): Action[] {
  const failed = (view.payment?.failures.length ?? 0) >= MAX_CARD_FAILURES
  const reason: EndReason = failed
    ? 'card_declined'
    : view.stopRequested
      ? 'stopped'
      : 'hold_expired'
  const held = heldFills(view)
  if (held.length > 0) {
    return book(
      held.map((fill) =>
        now >= fill.expiresAt
          ? { kind: 'ExpireReservation', reservation: fill.reservation, now }
          : { kind: 'ReleaseReservation', reservation: fill.reservation },
      ),
    )
  }
  return record({
    order: { state: failed ? 'declined' : 'expired', reason },
    legs: view.legs.map((leg) => ({ number: leg.number, state: 'terminated' })),
  })
}

function authorised(view: OrderView, moment: Moment): Action[] {
  const { now, times } = moment
  const capture = effectOf(view, `${view.id}:capture`)
  const voiding = effectOf(view, `${view.id}:void`)
  // Gone by itself, or refused when it was to be captured; not where it was voided because no leg was left.
  const isGone =
    capture?.state === 'refused' || (view.payment?.status === 'canceled' && !capture && !voiding)
  const open = view.legs.filter((leg) => legIsOpen(leg.state) && !leg.givenUp)
  // Of two commitment periods from one account, the later leg can only be proposed after the capture.
  const later = open.filter((leg) => {
    const ahead = legAhead(view, leg)
    return ahead !== undefined && !isSamePeriod(ahead, leg)
  })
  const unchecked = open.filter((leg) => leg.state !== 'checked' && !later.includes(leg))

  if (isGone && open.length > 0) {
    return giveUp(open)
  }
  // An order that never had a turn is not kept waiting longer than one that had.
  const since = view.firstProposedAt ?? view.authorisedAt
  if (unchecked.length > 0 && since !== null && now >= since + times.giveUpMs) {
    return giveUp(unchecked)
  }

  const cleaning = view.legs.flatMap((leg) => [
    ...decideGivenUpLeg(view, leg, moment),
    ...decideSettledLeg(view, leg),
  ])
  if (cleaning.some((step) => step.kind !== 'wait')) return cleaning
  if (unchecked.length > 0) {
    return [...unchecked.flatMap((leg) => decideOpenLeg(view, leg, moment)), ...cleaning]
  }

  if (!open.some((leg) => leg.state === 'checked') || voiding) {
    // A capture whose answer was lost came first, or a person's did: what nothing is cancelled for is given back.
    if (view.payment?.status === 'succeeded') return take(view, open, view.payment.capturedMinor)
    if (view.payment?.status !== 'canceled') return [...voidPayment(view, moment), ...cleaning]
    const refused = view.legs.some((leg) => leg.state === 'refused')
    return record({
      // A capture whose answer was lost never came: what is void cannot be captured any more.
      ...(capture && isUnanswered(capture)
        ? { effect: { key: capture.key, state: 'refused', refusal: NEVER_CAPTURED } }
        : {}),
      order: isGone
        ? { state: 'declined', reason: 'capture_refused' }
        : { state: 'rejected', reason: refused ? 'registry_refused' : 'registry_timed_out' },
    })
  }

  const amountMinor = amountsOf(BigInt(costOf(view, open)), view.fees).totalMinor
  const step = callOnce(view, moment, {
    key: `${view.id}:capture`,
    kind: 'payment.capture',
    leg: null,
    request: capture?.request ?? { amountMinor },
  })
  if (step.kind !== 'ok') return step.kind === 'refused' ? [] : [...step.actions, ...cleaning]
  // The payment service's word on what it took, which differs where a person has captured by hand.
  return take(view, open, view.payment?.capturedMinor ?? amountMinor)
}

const NEVER_CAPTURED = { codes: [], message: 'the payment is canceled', advice: 'refuse' } as const

/** The payment service has taken so much, for these legs. */
function take(view: OrderView, legs: OrderView['legs'], capturedMinor: number): Action[] {
  const capture = effectOf(view, `${view.id}:capture`)
  return record({
    ...(capture && isUnanswered(capture)
      ? { effect: { key: capture.key, state: 'ok', refusal: null } }
      : {}),
    order: { state: 'captured', capturedMinor },
    legs: legs.map((leg) => ({ number: leg.number, charged: true })),
    entries: capturedEntries(view.id, capturedMinor),
  })
}

function captured(view: OrderView, moment: Moment): Action[] {
  const unpaid = unpaidLegs(view)
  if (unpaid.length > 0) return giveUp(unpaid)
  const steps = view.legs.flatMap((leg) => [
    ...decideGivenUpLeg(view, leg, moment),
    ...decideSettledLeg(view, leg),
    ...(legIsOpen(leg.state) && !leg.givenUp ? decideOpenLeg(view, leg, moment) : []),
  ])
  if (steps.length > 0) return steps

  const completed = view.legs.filter((leg) => leg.state === 'completed')
  const amounts = amountsOf(BigInt(costOf(view, completed)), view.fees)
  const excess = view.capturedMinor - view.refundedMinor - amounts.totalMinor
  assert(excess >= 0, `order ${view.id} got more than it paid for`)
  if (excess > 0) {
    const refund = callOnce(view, moment, {
      key: `${view.id}:refund`,
      kind: 'payment.refund',
      leg: null,
      request: { amountMinor: excess },
    })
    return refund.kind === 'pending' ? refund.actions : wait(moment.now + moment.times.personMs)
  }
  if (completed.length === 0) {
    return record({ order: { state: 'refunded', reason: 'registry_refused' } })
  }
  return record({
    order: { state: 'closed' },
    entries: closed(view.id, amounts),
    certificate: true,
  })
}

/**
 * Open legs that what was captured does not reach for. What takes the place of refused fills may be committed after the capture
 * was decided on, where its commit was slow: it is given back, since nothing is cancelled that nobody paid for.
 */
function unpaidLegs(view: OrderView): OrderView['legs'] {
  const kept = view.legs.filter((leg) => leg.state === 'completed')
  const unpaid: OrderView['legs'][number][] = []
  const open = view.legs.filter((leg) => legIsOpen(leg.state) && !leg.givenUp)
  for (const leg of open.toSorted((one, other) => Number(other.charged) - Number(one.charged))) {
    const cost = costOf(view, [...kept, leg])
    const isPaid =
      amountsOf(BigInt(cost), view.fees).totalMinor <= view.capturedMinor - view.refundedMinor
    if (isPaid) kept.push(leg)
    else unpaid.push(leg)
  }
  return unpaid
}

/**
 * An order that has ended may still have a proposal to take back, once the registry answers again; or a leg that a slow commit
 * brought when it had ended.
 */
function ended(view: OrderView, moment: Moment): Action[] {
  if (!orderHasEnded(view.state)) return []
  const late = view.legs.filter((leg) => legIsOpen(leg.state) && !leg.givenUp)
  if (late.length > 0) return giveUp(late)
  const steps = view.legs.flatMap((leg) => [
    ...decideGivenUpLeg(view, leg, moment),
    ...decideSettledLeg(view, leg),
  ])
  return [...steps, ...lookOnceMore(view, moment)]
}

/** What takes the place of a refused fill may have been asked for, and be committed yet: whoever asked may not be there then. */
function lookOnceMore({ legs, fills, endedAt }: OrderView, { now, times }: Moment): Action[] {
  const refused = new Set(legs.filter((leg) => leg.state === 'refused').map((leg) => leg.number))
  const mayCome = fills.some((fill) => refused.has(fill.leg) && !fill.replaced)
  const until = (endedAt ?? now) + times.lateCommitMs
  return mayCome && now < until ? wait(until) : []
}

const heldFills = (view: OrderView) => view.fills.filter((fill) => fill.state === 'held')

const costOf = (view: OrderView, legs: OrderView['legs']) => {
  const numbers = new Set(legs.map((leg) => leg.number))
  return view.fills
    .filter((fill) => numbers.has(fill.leg))
    .reduce((sum, fill) => sum + fill.priceMinor * fill.quantityTonnes, 0)
}

const giveUp = (legs: OrderView['legs']): Action[] =>
  record({ legs: legs.map((leg) => ({ number: leg.number, givenUp: true })) })
const book = (commands: readonly Command[]): Action[] => [{ kind: 'book', commands }]
const record = (change: Extract<Action, { kind: 'record' }>['change']): Action[] => [
  { kind: 'record', change },
]
const wait = (until: number): Action[] => [{ kind: 'wait', until }]
