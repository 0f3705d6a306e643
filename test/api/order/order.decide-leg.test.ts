/** What a leg needs next, row by row: its turn, its proposal, its end. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Action } from '../../../api/order/order.action.ts'
import {
  decideGivenUpLeg,
  decideOpenLeg,
  decideSettledLeg,
} from '../../../api/order/order.decide-leg.ts'
import { DEFAULT_TIMES } from '../../../api/order/order.effect.ts'
import type { Leg, OrderView } from '../../../api/order/order.ts'
import { capturedView, effect, fill, ID, leg, moment, NOW, view } from './models/order-view.ts'

const legs = suite('what a leg needs next')
const { callTimeoutMs, personMs, pollRegistryMs, retryMostMs, retryMs } = DEFAULT_TIMES

/** An authorised order of these legs, with a fill each. */
const order = (list: readonly Leg[], change: Partial<OrderView> = {}) =>
  view({
    state: 'authorised',
    legs: list,
    fills: list.map((one) => fill(one.number, { offer: 10 + one.number })),
    ...change,
  })
const open = (seen: OrderView, number: number, at = moment()) => {
  const one = seen.legs.find((each) => each.number === number)
  assert.ok(one)
  return decideOpenLeg(seen, one, at)
}
const propose = (change: object) =>
  effect('propose:1:1', { kind: 'registry.propose', leg: 1, ...change })
const call = (kind: string, leg: number, key: string, request = {}): Action[] => [
  { kind: 'call', effect: { key: `${ID}:${key}`, kind, leg, request }, seen: null } as Action,
]
const waits = (until: number): Action[] => [{ kind: 'wait', until }]

legs('a leg is proposed only in its turn', () => {
  assert.equal(open(order([leg(1)]), 1), call('registry.propose', 1, 'propose:1:1'))
  const behind = order([leg(1, { hasTurn: false })])
  assert.equal(open(behind, 1), waits(NOW + pollRegistryMs))
})

legs('each attempt is a proposal of its own', () => {
  const again = order([leg(1, { attempt: 2 })], { effects: [propose({ state: 'ok' })] })
  assert.equal(open(again, 1), call('registry.propose', 1, 'propose:1:2'))
})

legs('a sent effect is looked up after the time-out, never resent before', () => {
  const sent = propose({ state: 'sent' })
  const seen = order([leg(1)], { effects: [sent] })
  assert.equal(open(seen, 1), waits(NOW + callTimeoutMs))
  const last = moment({ now: NOW + callTimeoutMs - 1 })
  assert.equal(open(seen, 1, last), waits(NOW + callTimeoutMs))
  const after = moment({ now: NOW + callTimeoutMs })
  assert.equal(open(seen, 1, after), [{ kind: 'lookUp', effect: sent }])
})

legs('what is unknown is looked up, in pauses that double up to half a minute', () => {
  for (const [tries, pause] of [
    [1, retryMs],
    [2, 2 * retryMs],
    [4, 8 * retryMs],
    [30, retryMostMs],
  ] as const) {
    const unknown = propose({ state: 'unknown', tries })
    const seen = order([leg(1)], { effects: [unknown] })
    assert.equal(open(seen, 1), waits(NOW + pause))
    const then = moment({ now: NOW + pause })
    assert.equal(open(seen, 1, then), [{ kind: 'lookUp', effect: unknown }])
  }
})

legs('a refusal that may pass is tried again with the same request', () => {
  const refused = propose({
    state: 'refused',
    request: { transaction: 'T' },
    refusal: { codes: [1006], message: '', advice: 'retry' },
  })
  const [action] = open(order([leg(1)], { effects: [refused] }), 1, moment({ now: NOW + retryMs }))
  assert.ok(action?.kind === 'call')
  assert.equal(action.effect.request, { transaction: 'T' })
  assert.is(action.seen, refused)
})

legs('an answered call is not made again: what is left is for a person', () => {
  const seen = order([leg(1)], { effects: [propose({ state: 'ok' })] })
  assert.equal(open(seen, 1), waits(NOW + personMs))
})

legs('a proposed leg is asked for, once in a run', () => {
  const proposed = leg(1, { state: 'proposed' })
  const seen = order([proposed])
  assert.equal(open(seen, 1), [{ kind: 'askRegistry', leg: proposed }])
  assert.equal(open(seen, 1, moment({ askedLegs: new Set([1]) })), waits(NOW + pollRegistryMs))
})

legs('a checked leg is completed after the capture, never before', () => {
  const checked = leg(1, { state: 'checked' })
  assert.equal(open(order([checked]), 1), [])
  assert.equal(
    open(capturedView([checked]), 1),
    call('registry.complete', 1, 'complete:1:1', { transaction: 'T1' }),
  )
})

legs(
  'a leg that follows another at the same account joins it, which takes no proposal alone',
  () => {
    const seen = order([leg(1), leg(2, { holdingAccount: 1 })])
    assert.equal(open(seen, 1), [])
    assert.equal(open(seen, 2), [
      {
        kind: 'record',
        change: {
          legs: [{ number: 2, state: 'terminated', allocations: 'freed' }],
          joinLegs: { from: 2, into: 1 },
        },
      },
    ])
  },
)

for (const state of ['proposed', 'checked'] as const) {
  legs(`a ${state} leg is taken back before another joins it`, () => {
    const seen = order([leg(1, { state }), leg(2, { holdingAccount: 1 })])
    assert.equal(
      open(seen, 2),
      call('registry.terminate', 1, 'terminate:1:1', { transaction: 'T1' }),
    )
  })
}

legs('a leg whose proposal is on its way is not joined', () => {
  const seen = order([leg(1), leg(2, { holdingAccount: 1 })], {
    effects: [propose({ state: 'sent' })],
  })
  assert.equal(open(seen, 2), [])
  assert.equal(open(seen, 1), waits(NOW + callTimeoutMs))
})

legs('legs of two commitment periods do not join', () => {
  const seen = order([leg(1), leg(2, { holdingAccount: 1, applicableCommitmentPeriod: 1 })])
  assert.equal(open(seen, 1), call('registry.propose', 1, 'propose:1:1'))
})

legs('a leg does not join one that is given up, or has ended', () => {
  for (const ahead of [leg(1, { givenUp: true }), leg(1, { state: 'refused' })]) {
    const seen = order([ahead, leg(2, { holdingAccount: 1 })])
    assert.equal(open(seen, 2), call('registry.propose', 2, 'propose:2:1'))
  }
})

legs('after the capture legs at one account go one after another', () => {
  const seen = capturedView([leg(1), leg(2, { holdingAccount: 1, hasTurn: false })])
  assert.equal(open(seen, 1), call('registry.propose', 1, 'propose:1:1'))
  assert.equal(open(seen, 2), waits(NOW + pollRegistryMs))
})

legs('a leg that is given up before it was proposed just ends', () => {
  const one = leg(1, { givenUp: true })
  assert.equal(decideGivenUpLeg(order([one]), one, moment()), [
    {
      kind: 'record',
      change: { legs: [{ number: 1, state: 'terminated', allocations: 'freed' }] },
    },
  ])
})

legs(
  'a leg that is given up while its proposal is on its way learns first what became of it',
  () => {
    const one = leg(1, { givenUp: true })
    for (const state of ['sent', 'unknown'] as const) {
      const effects = [propose({ state })]
      const [action] = decideGivenUpLeg(order([one], { effects }), one, moment())
      assert.is(action?.kind, 'wait')
      const later = moment({ now: NOW + callTimeoutMs })
      const [then] = decideGivenUpLeg(order([one], { effects }), one, later)
      assert.is(then?.kind, 'lookUp')
    }
  },
)

for (const state of ['proposed', 'checked'] as const) {
  legs(`a ${state} leg that is given up is taken back, and asked for until it has ended`, () => {
    const one = leg(1, { givenUp: true, state })
    const taken = decideGivenUpLeg(order([one]), one, moment())
    assert.equal(taken, call('registry.terminate', 1, 'terminate:1:1', { transaction: 'T1' }))
    const effects = [effect('terminate:1:1', { kind: 'registry.terminate', leg: 1 })]
    const [asked] = decideGivenUpLeg(order([one], { effects }), one, moment())
    assert.is(asked?.kind, 'askRegistry')
  })
}

legs('a leg that is wanted, or has ended, is not taken back', () => {
  for (const one of [
    leg(1, { state: 'proposed' }),
    leg(1, { state: 'completed', givenUp: true }),
  ]) {
    assert.equal(decideGivenUpLeg(order([one]), one, moment()), [])
  }
})

const settled = (one: Leg, change: Partial<OrderView> = {}) =>
  decideSettledLeg(order([one], change), one)

legs('tonnes are committed only when their leg is completed', () => {
  assert.equal(settled(leg(1, { state: 'completed' })), [
    { kind: 'book', commands: [{ kind: 'CommitReservation', reservation: 1 }] },
  ])
})

legs('tonnes of a terminated leg go back', () => {
  assert.equal(settled(leg(1, { state: 'terminated' })), [
    { kind: 'book', commands: [{ kind: 'ReleaseReservation', reservation: 1 }] },
  ])
})

legs('the offer of refused units is suspended before its tonnes go back', () => {
  assert.equal(settled(leg(1, { state: 'refused' })), [
    {
      kind: 'book',
      commands: [
        { kind: 'SuspendOffer', offer: 11 },
        { kind: 'ReleaseReservation', reservation: 1 },
      ],
    },
  ])
})

const back = { fills: [fill(1, { state: 'released' })] }
legs('a refused fill is matched again, once', () => {
  const refused = leg(1, { state: 'refused' })
  assert.equal(settled(refused, back), [{ kind: 'replace', fill: back.fills[0] }])
  const replaced = { fills: [fill(1, { state: 'released', replaced: true })] }
  assert.equal(settled(refused, replaced), [])
})

legs('a refused fill is not matched again when the money is on its way, or gone', () => {
  const refused = leg(1, { state: 'refused' })
  for (const key of ['void', 'capture']) {
    assert.equal(settled(refused, { ...back, effects: [effect(key, { state: 'sent' })] }), [])
  }
  assert.equal(settled(refused, { ...back, state: 'declined' }), [])
  assert.equal(settled(refused, { ...back, payment: null }), [])
})

legs('a charged leg that was refused is made good, an uncharged one is not', () => {
  const done = {
    state: 'captured',
    fills: [fill(1, { state: 'released', replaced: true })],
  } as const
  const one = leg(1, { state: 'refused', charged: true })
  assert.equal(settled(one, done), [
    { kind: 'record', change: { legs: [{ number: 1, state: 'refunded' }] } },
  ])
  assert.equal(settled(leg(1, { state: 'refused' }), done), [])
})

legs('an open leg is not settled', () => {
  for (const state of ['waiting', 'proposed', 'checked', 'refunded'] as const) {
    assert.equal(settled(leg(1, { state })), [])
  }
})

legs.run()
