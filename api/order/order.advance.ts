/** Carries out what `decide` says, one action at a time, until the order has nothing to do but wait. */
import type { Command, RejectionReason } from '@offset-button/engine'
import { RegistryUnreachable, type Transaction } from '@offset-button/registry-bridge'
import { assert, assertNever } from '../assert.ts'
import { NEVER } from '../market/market.write.ts'
import { type PaymentSnapshot, PaymentUnreachable } from '../payment/payment.ts'
import type { Action, Change, EffectPlan } from './order.action.ts'
import { callOutside, lookUpOutside, registryOf } from './order.call.ts'
import { decide } from './order.decide.ts'
import { changeAfter, changeOfLeg } from './order.outcome.ts'
import type { OrderPorts } from './order.ports.ts'
import type { OrderView } from './order.ts'

/** More steps than any order needs in one go: a broken invariant, not a long order. */
const MAX_STEPS = 20_000

/**
 * Brings an order as far as it gets now, and stores when it is to be looked at again. Safe to call at any time, by
 * anybody, twice at once: what is done is compared with what is stored.
 */
export async function advance(ports: OrderPorts, order: string): Promise<OrderView | null> {
  try {
    return await step(ports, order)
  } catch (error) {
    // Looked at again, but after the others: an order that cannot go on is not always the next one due.
    const until = ports.clock.now() + ports.times.callTimeoutMs
    await ports.store.sleep({ order, until }).catch(() => undefined)
    throw error
  }
}

async function step(ports: OrderPorts, order: string): Promise<OrderView | null> {
  let askedPayment = false
  const askedLegs = new Set<number>()
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    const view = await ports.store.readOrder(order)
    if (!view) return null
    const { times, clock } = ports
    const action = decide(view, { now: clock.now(), times, askedPayment, askedLegs })
    if (action.kind === 'wait') {
      await ports.store.sleep({ order, until: action.until })
      return view
    }
    if (action.kind === 'askPayment') askedPayment = true
    if (action.kind === 'askRegistry') askedLegs.add(action.leg.number)
    const went = await perform(ports, view, action)
    if (!went) {
      await ports.store.sleep({ order, until: clock.now() + times.retryMs })
      return view
    }
  }
  throw new Error(`order ${order} took more than ${MAX_STEPS} steps`)
}

/** False where nothing could be done now, and a pause is due. */
async function perform(
  ports: OrderPorts,
  view: OrderView,
  action: Exclude<Action, { kind: 'wait' }>,
): Promise<boolean> {
  switch (action.kind) {
    case 'call':
      return call(ports, view, action.effect, action.seen)
    case 'lookUp':
      return lookUp(ports, view, action.effect)
    case 'askPayment':
      return askPayment(ports, view)
    case 'askRegistry':
      return askRegistry(ports, view, action)
    case 'book':
      return book(ports, view, action.commands)
    case 'replace':
      return replace(ports, view, action)
    case 'record':
      await store(ports, view, () => action.change, null)
      return true
    default:
      return assertNever(action)
  }
}

async function call(
  ports: OrderPorts,
  view: OrderView,
  plan: EffectPlan,
  seen: Extract<Action, { kind: 'call' }>['seen'],
): Promise<boolean> {
  const { store: orders, clock, log } = ports
  const begun = await orders.beginEffect({
    order: view.id,
    version: view.version,
    plan,
    seen,
    now: clock.now(),
  })
  if (!begun) return true
  log('effect sent', { order: view.id, effect: plan.key })
  const answer = await definite(ports, view, plan.key, () => callOutside(ports, view, plan))
  if (!answer) return true
  const standing = await current(ports, view.id)
  await store(ports, standing, (now) => changeAfter(now, plan, answer.outcome), answer.payment)
  log('effect answered', { order: view.id, effect: plan.key, answer: answer.outcome.kind })
  return true
}

async function lookUp(
  ports: OrderPorts,
  view: OrderView,
  effect: Extract<Action, { kind: 'lookUp' }>['effect'],
): Promise<boolean> {
  const answer = await definite(ports, view, effect.key, () => lookUpOutside(ports, view, effect))
  if (!answer) return true
  if (answer === 'resend') return call(ports, view, effect, effect)
  const standing = await current(ports, view.id)
  await store(ports, standing, (now) => changeAfter(now, effect, answer.outcome), answer.payment)
  return true
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

async function askPayment(ports: OrderPorts, view: OrderView): Promise<boolean> {
  if (!view.payment) return true
  try {
    const payment = await ports.payment.find(view.payment.id)
    assert(payment, `payment ${view.payment.id} of ${view.id} is unknown to the payment service`)
    await ports.store.mergePayment({ payment, event: null, now: ports.clock.now() })
    return true
  } catch (error) {
    if (error instanceof PaymentUnreachable) return false
    throw error
  }
}

async function askRegistry(
  ports: OrderPorts,
  view: OrderView,
  { leg }: Extract<Action, { kind: 'askRegistry' }>,
): Promise<boolean> {
  if (leg.transaction === null) return true
  let transaction: Transaction | null
  try {
    transaction = await registryOf(ports, leg.registry).transaction({ identifier: leg.transaction })
  } catch (error) {
    if (error instanceof RegistryUnreachable) return false
    throw error
  }
  assert(transaction, `transaction ${leg.transaction} is unknown to the registry`)
  const { status } = transaction
  if (status === 1 && leg.state === 'proposed') return true
  const standing = await current(ports, view.id)
  await store(
    ports,
    standing,
    (now) => {
      const found = now.legs.find((one) => one.number === leg.number)
      // Word of a transaction that the leg has no more says nothing of the next.
      return found && found.transaction === leg.transaction
        ? changeOfLeg(now, found, transaction)
        : {}
    },
    null,
  )
  return true
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
  ports: OrderPorts,
  view: OrderView,
  { fill }: Extract<Action, { kind: 'replace' }>,
): Promise<boolean> {
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
    await store(ports, view, () => ({ replaced: [fill.reservation] }), null)
  }
  return result.kind === 'committed' || result.kind === 'rejected'
}

/** Stores what a change is on the order as it stands, which others may have changed meanwhile. */
async function store(
  ports: OrderPorts,
  decided: OrderView,
  changeOn: (view: OrderView) => Change,
  payment: PaymentSnapshot | null,
): Promise<void> {
  const certificate = ports.random.id()
  let view: OrderView = decided
  for (let attempt = 0; ; attempt++) {
    const change = changeOn(view)
    const result = await ports.store.record({
      order: view.id,
      version: view.version,
      change,
      payment,
      certificate: change.certificate ? certificate : null,
      now: ports.clock.now(),
    })
    if (result === 'recorded') return
    // A decision of our own is made anew; an answer from outside is stored on whatever stands now.
    if (!change.effect && !payment) return
    assert(attempt < 50, `order ${view.id} changes all the time`)
    view = await current(ports, view.id)
  }
}

/** The order as it stands; a call may have taken so long that others have brought it further. */
async function current(ports: OrderPorts, order: string): Promise<OrderView> {
  const view = await ports.store.readOrder(order)
  assert(view, `order ${order} is gone`)
  return view
}
