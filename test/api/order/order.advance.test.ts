/**
 * An order from Pay to its end, on models in memory. Whatever course it takes, a process that dies between any two calls
 * and comes back, an answer that finds the order changed, and two processes at once change nothing of the end.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { advance } from '../../../api/order/order.advance.ts'
import { DEFAULT_TIMES } from '../../../api/order/order.effect.ts'
import type { OrderPorts } from '../../../api/order/order.ports.ts'
import { orderHasEnded } from '../../../api/order/order.ts'
import { ID, NOW } from './models/order-view.ts'
import { Crash, OrderWorld, type Plan, TooLate } from './models/order-world.ts'

const courses = suite('the courses of an order')

const OFFERS: Plan['offers'] = [
  [1, 10, 300],
  [2, 10, 310],
]
const COURSES: Readonly<Record<string, Plan & { readonly ends: object }>> = {
  'all goes well': {
    card: 'pays',
    offers: OFFERS,
    ends: { state: 'closed', captures: 1, refunds: 0, cancelledTonnes: 20, certificates: 1 },
  },
  'the card fails': {
    card: 'fails',
    offers: OFFERS,
    ends: { state: 'declined', captures: 0, cancelledTonnes: 0, certificates: 0 },
  },
  'the card is never given': {
    card: 'is never given',
    offers: OFFERS,
    ends: { state: 'expired', reason: 'hold_expired', captures: 0 },
  },
  'the buyer stops': {
    card: 'is never given',
    stopped: true,
    offers: OFFERS,
    ends: { state: 'expired', reason: 'stopped', captures: 0 },
  },
  'the capture is refused': {
    card: 'pays, and is refused at the capture',
    offers: OFFERS,
    ends: { state: 'declined', reason: 'capture_refused', captures: 0, cancelledTonnes: 0 },
  },
  'a refused leg is matched again, and joins the one that is there': {
    card: 'pays',
    offers: [...OFFERS, [1, 10, 310]],
    refusedOffers: [2],
    ends: { state: 'closed', captures: 1, cancelledTonnes: 20, suspended: [2], completed: [1] },
  },
  'a refused leg that nobody can replace is not charged': {
    card: 'pays',
    offers: [...OFFERS, [3, 10, 311]],
    refusedOffers: [2],
    ends: { state: 'closed', capturedMinor: 3_213, cancelledTonnes: 10, suspended: [2] },
  },
  'everything is refused': {
    card: 'pays',
    offers: OFFERS,
    refusedOffers: [1, 2],
    ends: { state: 'rejected', reason: 'registry_refused', captures: 0, suspended: [1, 2] },
  },
  'a person captures the whole payment by hand': {
    card: 'pays, and a person captures it by hand',
    offers: OFFERS,
    refusedOffers: [2],
    ends: {
      state: 'closed',
      captures: 1,
      refunds: 1,
      capturedMinor: 100_000,
      refundedMinor: 96_787,
    },
  },
  'checked transactions lapse after the capture': {
    card: 'pays',
    offers: OFFERS,
    lapses: 2,
    ends: { state: 'closed', captures: 1, cancelledTonnes: 20, certificates: 1 },
  },
}

type Driving = {
  readonly atCall?: (call: number, name: string, world: OrderWorld) => unknown
  /** Processes that look at the order each time it is due. */
  readonly processes?: number
  readonly look?: (ports: OrderPorts) => Promise<unknown>
}

/** Looks at the order whenever it is due, until it has ended; time goes only in between. */
async function drive(plan: Plan, { atCall, ...driving }: Driving = {}) {
  const world = new OrderWorld(plan)
  world.atCall = (call, name) => atCall?.(call, name, world)
  return finish(world, driving)
}

async function finish(world: OrderWorld, { look, processes = 1 }: Driving = {}) {
  const ports = world.ports()
  for (let looks = 0; world.wakeAt !== null || !orderHasEnded(world.order.state); looks++) {
    assert.ok(looks < 300, `still ${world.order.state}: ${JSON.stringify(world.order)}`)
    world.now = Math.max(world.now, world.wakeAt ?? world.now) + 1
    world.useBuyer(looks)
    const ends = await Promise.allSettled(
      Array.from({ length: processes }, () => look?.(ports) ?? advance(ports, ID)),
    )
    for (const end of ends) {
      if (end.status === 'rejected' && !(end.reason instanceof Crash)) throw end.reason
    }
    world.revive()
  }
  return world
}

/** One process stands still before its call; another goes on until the order has ended; then the first goes on. */
async function standStill(plan: Plan, at: number) {
  const standing = signal()
  const going = signal()
  const looks: Promise<unknown>[] = []
  let isStanding = false
  const world = await drive(plan, {
    atCall: async (call) => {
      if (call !== at) return
      isStanding = true
      standing.give()
      await going.given
    },
    look: (ports) => {
      const isOther = isStanding
      const look = advance(ports, ID)
      looks.push(look)
      return isOther ? look : Promise.race([look, standing.given])
    },
  })
  going.give()
  for (const end of await Promise.allSettled(looks)) {
    if (end.status === 'rejected' && !(end.reason instanceof TooLate)) throw end.reason
  }
  return finish(world)
}

function endOf({ order, payment, registry, entries, ...world }: OrderWorld) {
  const balance = entries.reduce(
    (sum, { debit, credit, amountMinor }) =>
      sum + (credit === 'order' ? amountMinor : 0) - (debit === 'order' ? amountMinor : 0),
    0,
  )
  const completed = registry.transactions.filter((one) => one.status === 4)
  return {
    state: order.state,
    reason: order.reason,
    capturedMinor: order.capturedMinor,
    refundedMinor: order.refundedMinor,
    captures: payment.captures,
    creations: payment.creations,
    refunds: payment.refunds.size,
    chargedMinor: payment.payment?.capturedMinor ?? 0,
    cancelledTonnes: completed.reduce((sum, one) => sum + one.quantity, 0),
    cancelled: registry.cancelled.toSorted(),
    completed: order.legs.filter((one) => one.state === 'completed').map((one) => one.number),
    pending: registry.transactions.filter((one) => one.status <= 2).length,
    held: order.fills.filter((one) => one.state === 'held').length,
    openLegs: order.legs.filter((one) => ['waiting', 'proposed', 'checked'].includes(one.state))
      .length,
    payouts: world.payouts.toSorted(),
    unanswered: order.effects.filter((one) => one.state === 'sent' || one.state === 'unknown')
      .length,
    suspended: [...world.suspended].toSorted(),
    certificates: world.certificates,
    balance,
  }
}

for (const [course, { ends, ...plan }] of Object.entries(COURSES)) {
  courses(`${course}: nothing is left over`, async () => {
    const world = await drive(plan)
    const end = endOf(world)
    const { pending, held, openLegs, balance, creations } = end
    assert.equal({ ...end, ...ends }, end)
    assert.equal(
      { pending, held, openLegs, balance },
      { pending: 0, held: 0, openLegs: 0, balance: 0 },
    )
    assert.is(creations, 1)
    assert.is(end.chargedMinor, end.capturedMinor)
    const book = world.book.state()
    assert.is(book.reservations.length, 0)
    const left = book.offers.reduce((sum, offer) => sum + offer.availableTonnes, 0)
    const offered = plan.offers.reduce((sum, [, tonnes]) => sum + tonnes, 0)
    assert.is(left, offered - end.cancelledTonnes)
  })

  courses(`${course}: a crash before any call ends the same way`, async () => {
    const unharmed = await drive(plan)
    for (let at = 1; at <= unharmed.calls; at++) {
      const world = await drive(plan, {
        atCall: (call) => {
          if (call === at) throw new Crash()
        },
      })
      assert.equal(endOf(world), endOf(unharmed), `crash before call ${at}`)
    }
  })

  courses(`${course}: what finds the order changed is decided, or stored, anew`, async () => {
    const unharmed = await drive(plan)
    let records = 0
    await drive(plan, { atCall: (_call, name) => name === 'record' && records++ })
    for (let at = 1; at <= records; at++) {
      let seen = 0
      const world = await drive(plan, {
        atCall: (_call, name, { order }) => {
          if (name === 'record' && ++seen === at)
            Object.assign(order, { version: order.version + 1 })
        },
      })
      assert.equal(endOf(world), endOf(unharmed), `conflict at record ${at}`)
    }
  })

  courses(
    `${course}: a process that stands still before any call, and goes on when all is over, changes nothing`,
    async () => {
      const unharmed = await drive(plan)
      for (let at = 1; at <= unharmed.calls; at++) {
        const world = await standStill(plan, at)
        assert.equal(endOf(world), endOf(unharmed), `stood still before call ${at}`)
      }
    },
  )

  courses(`${course}: two processes at once end the same way, and call nobody twice`, async () => {
    const one = await drive(plan)
    const unharmed = endOf(one)
    for (let seed = 1; seed <= 60; seed++) {
      const next = random(seed)
      const world = await drive(plan, {
        processes: 2,
        atCall: async () => {
          for (let turns = next() % 7; turns > 0; turns--) await undefined
        },
      })
      assert.equal(endOf(world), unharmed, `seed ${seed}`)
      assert.equal(world.sent, one.sent, `seed ${seed}`)
    }
  })
}

courses('an answer from outside is stored on whatever stands by then', async () => {
  const world = new OrderWorld({ card: 'pays', offers: OFFERS })
  let conflicts = 0
  world.atCall = (_call, name) => {
    if (name !== 'record' || conflicts === 3) return
    conflicts++
    world.order = { ...world.order, version: world.order.version + 1 }
  }
  await advance(world.ports(), ID)
  assert.is(conflicts, 3)
  assert.is(world.payment.creations, 1)
  assert.is(world.order.effects[0]?.state, 'ok')
  assert.is(world.order.payment?.id, 'pi_1')
})

courses('an order that cannot go on is looked at again, after the others', async () => {
  const world = new OrderWorld({ card: 'pays', offers: OFFERS })
  world.atCall = (_call, name) => {
    if (name === 'create') throw new Error('a mistake of ours')
  }
  let said = ''
  await advance(world.ports(), ID).catch((error: Error) => {
    said = error.message
  })
  assert.is(said, 'a mistake of ours')
  assert.is(world.wakeAt, NOW + DEFAULT_TIMES.callTimeoutMs)
})

courses(
  'a refund that is refused waits until a person has made it, and is booked then',
  async () => {
    const world = new OrderWorld({
      card: 'pays, and a person captures it by hand',
      offers: OFFERS,
      refusedOffers: [2],
    })
    const { payment } = world
    const refund = payment.refund.bind(payment)
    payment.refund = async () => ({
      kind: 'refused',
      code: 'no',
      message: '',
      payment: payment.payment,
    })
    const ports = world.ports()
    const look = async (attempt: number) => {
      world.now = (world.wakeAt ?? world.now) + 1
      world.useBuyer(attempt)
      await advance(ports, ID)
    }
    for (let looks = 0; looks < 30; looks++) await look(looks)
    const effect = world.order.effects.find((one) => one.kind === 'payment.refund')
    assert.is(effect?.state, 'refused')
    assert.is(world.order.state, 'captured')
    assert.is(world.sent.get('refund'), 1)

    // What docs/operations.md has the person do.
    const { key = '', request } = effect ?? {}
    await refund({ id: 'pi_1', amountMinor: request?.amountMinor ?? 0, key, reference: key })
    const effects = world.order.effects.map((one) =>
      one === effect ? { ...one, state: 'unknown' as const } : one,
    )
    world.order = { ...world.order, effects }
    await look(30)
    const { state, refundedMinor, balance, certificates } = endOf(world)
    assert.equal(
      { state, refundedMinor, balance, certificates },
      { state: 'closed', refundedMinor: 96_787, balance: 0, certificates: 1 },
    )
    assert.is(world.sent.get('refund'), 1)
  },
)

courses('where an offer cannot be suspended its tonnes are not given back', async () => {
  const world = new OrderWorld({ card: 'pays', offers: OFFERS, refusedOffers: [2] })
  const { submit, ...ports } = world.ports()
  let isAvailable = false
  const given: string[] = []
  const limited: typeof submit = async (submission) => {
    const { kind } = submission.commands[0]
    if (kind === 'SuspendOffer' && !isAvailable) return { kind: 'unavailable' }
    given.push(kind)
    return submit(submission)
  }
  for (let looks = 0; looks < 9; looks++) {
    world.now = (world.wakeAt ?? world.now) + 1
    world.useBuyer(looks)
    await advance({ ...ports, submit: limited }, ID)
  }
  assert.is(world.order.legs[1]?.state, 'refused')
  assert.not(given.includes('ReleaseReservation'))
  isAvailable = true
  world.now = (world.wakeAt ?? world.now) + 1
  await advance({ ...ports, submit: limited }, ID)
  assert.ok(given.indexOf('SuspendOffer') < given.indexOf('ReleaseReservation'))
  assert.ok(given.includes('ReleaseReservation'))
})

function signal() {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}

/** Numbers by a seed, for the interleavings. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 16
  }
}

courses.run()
