/** Carries out what `decide` says, one action at a time, until the order has nothing to do but wait. */
import type { Command, RejectionReason } from '@offset-button/engine'
import { RegistryUnreachable, type Transaction } from '@offset-button/registry-bridge'
import { assert, assertNever } from '../assert.ts'
import { NEVER } from '../market/market.write.ts'
import { type PaymentSnapshot, PaymentUnreachable } from '../payment/payment.ts'
import type { Action, Change, EffectPlan } from './order.action.ts'
import { afterAnswer, afterBegin } from './order.after.ts'
import { callOutside, lookUpOutside, registryOf } from './order.call.ts'
import { decide } from './order.decide.ts'
import type { Moment } from './order.effect.ts'
import { changeAfter, changeOfLeg } from './order.outcome.ts'
import type { OrderPorts } from './order.ports.ts'
import type { OrderView } from './order.ts'

/** More steps than any order needs in one go: a broken invariant, not a long order. */
const MAX_STEPS = 20_000

/**
 * Brings an order as far as it gets now, and stores when it is to be looked at again. Safe to call at any time, by
 * anybody, twice at once: what is done is compared with what is stored. `read`: the order, where somebody has just read it.
 */
export async function advance(
  ports: OrderPorts,
  order: string,
  read: OrderView | null = null,
): Promise<OrderView | null> {
  try {
    return await step(ports, order, read)
  } catch (error) {
    // Looked at again, but after the others: an order that cannot go on is not always the next one due.
    const until = ports.clock.now() + ports.times.callTimeoutMs
    await ports.store.sleep({ order, until }).catch(() => undefined)
    throw error
  }
}

/** One go: what it goes by, and whom it has asked already. */
type Run = {
  readonly ports: OrderPorts
  askedPayment: boolean
  readonly askedLegs: Set<number>
}

/** How an order stands after an action; `read` where only the Store can tell. */
type Stand =
  | { readonly kind: 'known'; readonly view: OrderView }
  /** Nothing to do but wait, and it is stored until when. */
  | { readonly kind: 'asleep'; readonly view: OrderView }
  | { readonly kind: 'read' }
  /** Nothing could be done now, and a pause is due. */
  | { readonly kind: 'stuck' }

const READ: Stand = { kind: 'read' }
const STUCK: Stand = { kind: 'stuck' }

async function step(
  ports: OrderPorts,
  order: string,
  read: OrderView | null,
): Promise<OrderView | null> {
  const run: Run = { ports, askedPayment: false, askedLegs: new Set() }
  let stand: Stand = read ? { kind: 'known', view: read } : READ
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    const view = stand.kind === 'known' ? stand.view : await ports.store.readOrder(order)
    if (!view) return null
    const action = decide(view, momentOf(run))
    if (action.kind === 'wait') {
      await ports.store.sleep({ order, until: action.until })
      return view
    }
    if (action.kind === 'askPayment') run.askedPayment = true
    if (action.kind === 'askRegistry') run.askedLegs.add(action.leg.number)
    stand = await perform(run, view, action)
    if (stand.kind === 'asleep') return stand.view
    if (stand.kind === 'stuck') {
      await ports.store.sleep({ order, until: ports.clock.now() + ports.times.retryMs })
      return view
    }
  }
  throw new Error(`order ${order} took more than ${MAX_STEPS} steps`)
}

const momentOf = ({ ports, askedPayment, askedLegs }: Run): Moment => ({
  now: ports.clock.now(),
  times: ports.times,
  askedPayment,
  askedLegs,
})

async function perform(
  run: Run,
  view: OrderView,
  action: Exclude<Action, { kind: 'wait' }>,
): Promise<Stand> {
  const { ports } = run
  switch (action.kind) {
    case 'call':
      return call(run, view, action.effect, action.seen)
    case 'lookUp':
      return lookUp(run, view, action.effect)
    case 'askPayment':
      return askPayment(run, view)
    case 'askRegistry':
      return askRegistry(run, view, action)
    case 'book':
      return (await book(ports, view, action.commands)) ? READ : STUCK
    case 'replace':
      return replace(run, view, action)
    case 'record':
      return store(run, view, () => action.change, null)
    default:
      return assertNever(action)
  }
}

async function call(
  run: Run,
  view: OrderView,
  plan: EffectPlan,
  seen: Extract<Action, { kind: 'call' }>['seen'],
): Promise<Stand> {
  const { ports } = run
  const { store: orders, clock, log } = ports
  const now = clock.now()
  const begun = await orders.beginEffect({
    order: view.id,
    version: view.version,
    plan,
    seen,
    now,
  })
  if (!begun) return READ
  log('effect sent', { order: view.id, effect: plan.key })
  const answer = await definite(ports, view, plan.key, () => callOutside(ports, view, plan))
  if (!answer) return READ
  // What a registry says may be ahead of what was known of the order when it was asked.
  const standing =
    plan.leg === null ? afterBegin(view, plan, seen, now) : await current(ports, view.id)
  const after = await store(
    run,
    standing,
    (one) => changeAfter(one, plan, answer.outcome),
    answer.payment,
  )
  log('effect answered', { order: view.id, effect: plan.key, answer: answer.outcome.kind })
  return after
}

async function lookUp(
  run: Run,
  view: OrderView,
  effect: Extract<Action, { kind: 'lookUp' }>['effect'],
): Promise<Stand> {
  const { ports } = run
  const answer = await definite(ports, view, effect.key, () => lookUpOutside(ports, view, effect))
  if (!answer) return READ
  if (answer === 'resend') return call(run, view, effect, effect)
  const standing = effect.leg === null ? view : await current(ports, view.id)
  return store(run, standing, (now) => changeAfter(now, effect, answer.outcome), answer.payment)
}

/** Null where the outcome is unknown; then that is stored. */
async function definite<T>(
  ports: OrderPorts,
  view: OrderView,
  key: string,
  ask: () => Promise<T>,
): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof PaymentUnreachable) && !(error instanceof RegistryUnreachable))
      throw error
    ports.log('effect unknown', { order: view.id, effect: key, cause: error.message })
    await ports.store.leaveUnknown({ key, now: ports.clock.now() })
    return null
  }
}

async function askPayment(run: Run, view: OrderView): Promise<Stand> {
  const { ports } = run
  if (!view.payment) return READ
  try {
    const payment = await ports.payment.find(view.payment.id)
    assert(payment, `payment ${view.payment.id} of ${view.id} is unknown to the payment service`)
    return await store(run, view, () => ({}), payment)
  } catch (error) {
    if (error instanceof PaymentUnreachable) return STUCK
    throw error
  }
}

async function askRegistry(
  run: Run,
  view: OrderView,
  { leg }: Extract<Action, { kind: 'askRegistry' }>,
): Promise<Stand> {
  if (leg.transaction === null) return READ
  let transaction: Transaction | null
  try {
    transaction = await registryOf(run.ports, leg.registry).transaction({
      identifier: leg.transaction,
    })
  } catch (error) {
    if (error instanceof RegistryUnreachable) return STUCK
    throw error
  }
  assert(transaction, `transaction ${leg.transaction} is unknown to the registry`)
  const { status } = transaction
  if (status === 1 && leg.state === 'proposed') return { kind: 'known', view }
  return store(
    run,
    await current(run.ports, view.id),
    (now) => {
      const found = now.legs.find((one) => one.number === leg.number)
      // Word of a transaction that the leg has no more says nothing of the next.
      return found && found.transaction === leg.transaction
        ? changeOfLeg(now, found, transaction)
        : {}
    },
    null,
  )
}

/** Refusals that say that the work is done already, by this order or by another. */
const ALREADY_DONE: ReadonlySet<RejectionReason> = new Set([
  'ReservationEnded',
  'UnknownReservation',
  'OfferAlreadySuspended',
  'OfferEnded',
  'UnknownOffer',
  'ExpiryMovedBack',
])

async function book(
  ports: OrderPorts,
  view: OrderView,
  commands: readonly Command[],
): Promise<boolean> {
  // Offers are suspended first: were their tonnes given back alone, somebody would be sold what the registry refuses.
  const suspensions = commands.filter((command) => command.kind === 'SuspendOffer')
  const others = commands.filter((command) => command.kind !== 'SuspendOffer')
  const before = await submitAll(ports, view, suspensions)
  if (before === 'failed') return false
  const after = await submitAll(ports, view, others)
  // Where nothing was left to do, the stored view lags behind the book, or the book that answered is stale: a pause is due.
  return after !== 'failed' && (before === 'changed' || after === 'changed')
}

async function submitAll(
  ports: OrderPorts,
  view: OrderView,
  commands: readonly Command[],
): Promise<'changed' | 'nothing to do' | 'failed'> {
  const results = await Promise.all(
    commands.map(async (command) => ({
      command,
      result: await ports.submit({ commands: [command] }),
    })),
  )
  for (const { command, result } of results) {
    if (result.kind === 'rejected' && !ALREADY_DONE.has(result.rejected.reason)) {
      ports.log('book refused', { order: view.id, command, reason: result.rejected.reason })
      return 'failed'
    }
    if (result.kind === 'unavailable' || result.kind === 'unknown') return 'failed'
  }
  return results.some(({ result }) => result.kind === 'committed') ? 'changed' : 'nothing to do'
}

async function replace(
  run: Run,
  view: OrderView,
  { fill }: Extract<Action, { kind: 'replace' }>,
): Promise<Stand> {
  const { ports } = run
  const filter = ports.toQueryFilter(view.filter)
  const firstLeg = 1 + Math.max(...view.legs.map((leg) => leg.number))
  const result = await ports.submit({
    commands: [
      {
        kind: 'Reserve',
        query: {
          quantityTonnes: fill.quantityTonnes,
          maxPriceMinor: fill.priceMinor,
          allOrNone: false,
          ...(filter ? { filter } : {}),
        },
        expiresAt: NEVER,
      },
    ],
    write: ([event]) => {
      assert(event?.kind === 'Reserved', 'a reserve answers with its fills')
      return {
        kind: 'replacement',
        order: view.id,
        replaced: fill.reservation,
        reservations: event.fills.map((one) => one.reservation),
        firstLeg,
      }
    },
  })
  if (result.kind === 'rejected') {
    return store(run, view, () => ({ replaced: [fill.reservation] }), null)
  }
  return result.kind === 'committed' ? READ : STUCK
}

/**
 * Stores what a change is on the order as it stands, which others may have changed meanwhile; and where nothing is left to do
 * after it but wait, until when.
 */
async function store(
  run: Run,
  decided: OrderView,
  changeOn: (view: OrderView) => Change,
  payment: PaymentSnapshot | null,
): Promise<Stand> {
  const { ports } = run
  let certificate: string | null = null
  let view: OrderView = decided
  for (let attempt = 0; ; attempt++) {
    const change = changeOn(view)
    if (change.certificate) certificate ??= ports.random.id()
    const moment = momentOf(run)
    const after = afterAnswer(view, change, payment, moment.now)
    const next = after && decide(after, moment)
    const result = await ports.store.record({
      order: view.id,
      version: view.version,
      paid: view.payment,
      change,
      payment,
      certificate: change.certificate ? certificate : null,
      now: moment.now,
      ...(next?.kind === 'wait' ? { until: next.until } : {}),
    })
    if (result === 'recorded') {
      if (!after) return READ
      return { kind: next?.kind === 'wait' ? 'asleep' : 'known', view: after }
    }
    // A decision of our own is made anew; an answer from outside is stored on whatever stands now.
    if (!change.effect && !payment) return READ
    assert(attempt < 50, `order ${view.id} changes all the time`)
    view = await current(ports, view.id)
  }
}

/** The order as it stands, when others have brought it further meanwhile. */
async function current(ports: OrderPorts, order: string): Promise<OrderView> {
  const view = await ports.store.readOrder(order)
  assert(view, `order ${order} is gone`)
  return view
}
