/** What an answer from outside means for an order, row by row. */
import type { Transaction, TransactionStatus } from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EffectPlan } from '../../../api/order/order.action.ts'
import { changeAfter, changeOfLeg, type Outcome } from '../../../api/order/order.outcome.ts'
import type { EffectKind, EffectRefusal, Leg } from '../../../api/order/order.ts'
import { capturedView, effect, fill, ID, leg, NOW, view } from './models/order-view.ts'

const outcomes = suite('what an answer means')

const transaction = (
  status: TransactionStatus,
  change: Partial<Transaction> = {},
): Transaction => ({
  identifier: 'T1',
  reference: `${ID}:propose:1:1`,
  status,
  quantity: 10,
  blocks: [],
  codes: [],
  attestation: status === 4 ? { reference: 'VC1/2026', completedAt: new Date(NOW) } : null,
  ...change,
})
const plan = (kind: EffectKind, key: string, change: Partial<EffectPlan> = {}): EffectPlan => ({
  key: `${ID}:${key}`,
  kind,
  leg: key.includes(':') ? 1 : null,
  request: {},
  ...change,
})
const refused = (advice: EffectRefusal['advice'], codes: readonly number[] = [3005]): Outcome => ({
  kind: 'refused',
  refusal: { codes, message: 'no', advice },
})
const authorised = (one: Leg) => view({ state: 'authorised', legs: [one], fills: [fill(1)] })
const captured = (one: Leg) => capturedView([one], { capturedMinor: 3_213 })

/** A rule, the leg and what the registry says of it, and what becomes of the leg. */
const words: readonly (readonly [string, Leg, Transaction, object | null])[] = [
  [
    'a waiting leg is proposed',
    leg(1),
    transaction(1),
    { number: 1, transaction: 'T1', state: 'proposed' },
  ],
  ['what is proposed already is no news', leg(1, { state: 'proposed' }), transaction(1), null],
  [
    'a proposed leg is checked',
    leg(1, { state: 'proposed' }),
    transaction(2),
    { number: 1, transaction: 'T1', state: 'checked' },
  ],
  [
    'a waiting leg may be found checked',
    leg(1),
    transaction(2),
    { number: 1, transaction: 'T1', state: 'checked' },
  ],
  ['what is checked already is no news', leg(1, { state: 'checked' }), transaction(2), null],
  [
    'a terminated transaction without codes is proposed again',
    leg(1, { state: 'checked' }),
    transaction(5),
    { number: 1, state: 'waiting', attempt: 2, transaction: null },
  ],
  [
    'so is one that ran out of time',
    leg(1, { state: 'proposed', attempt: 3 }),
    transaction(7),
    { number: 1, state: 'waiting', attempt: 4, transaction: null },
  ],
  [
    'a given-up leg is not proposed again when it ran out of time',
    leg(1, { state: 'proposed', givenUp: true }),
    transaction(7),
    { number: 1, state: 'terminated', codes: [], allocations: 'freed' },
  ],
  [
    'a given-up leg ends without a word on its offers',
    leg(1, { state: 'proposed', givenUp: true }),
    transaction(3, { codes: [4010] }),
    { number: 1, state: 'terminated', codes: [4010], allocations: 'freed' },
  ],
  [
    'an earlier transaction has no word on the leg',
    leg(1, { state: 'proposed' }),
    transaction(5, { identifier: 'T0' }),
    null,
  ],
  ['a completed leg hears nothing more', leg(1, { state: 'completed' }), transaction(5), null],
  ['a refused leg hears nothing more', leg(1, { state: 'refused' }), transaction(2), null],
  ['a terminated leg hears nothing more', leg(1, { state: 'terminated' }), transaction(1), null],
]
for (const [rule, one, said, wanted] of words) {
  outcomes(rule, () => {
    assert.equal(changeOfLeg(authorised(one), one, said), wanted === null ? {} : { legs: [wanted] })
  })
}

for (const status of [3, 5, 6] as const) {
  outcomes(`a discrepancy ends the leg and tells its offers why (status ${status})`, () => {
    const one = leg(1, { state: 'proposed' })
    assert.equal(changeOfLeg(authorised(one), one, transaction(status, { codes: [4010] })), {
      legs: [{ number: 1, state: 'refused', codes: [4010], allocations: 'freed' }],
      refusedOffers: { offers: [1], codes: [4010] },
    })
  })
}

outcomes('a leg that is proposed after the capture is paid for by it', () => {
  for (const [status, state] of [
    [1, 'proposed'],
    [2, 'checked'],
  ] as const) {
    assert.equal(changeOfLeg(captured(leg(1)), leg(1), transaction(status)), {
      legs: [{ number: 1, transaction: 'T1', state, charged: true }],
    })
  }
})

outcomes('a completed leg owes its seller the price of its tonnes, in the same change', () => {
  const one = leg(1, { state: 'checked', charged: true })
  assert.equal(changeOfLeg(captured(one), one, transaction(4)), {
    legs: [
      {
        number: 1,
        transaction: 'T1',
        state: 'completed',
        reference: 'VC1/2026',
        completedAt: NOW,
        allocations: 'completed',
      },
    ],
    entries: [
      {
        key: `${ID}:delivered:1`,
        leg: 1,
        debit: 'order',
        credit: 'seller:1',
        amountMinor: 3_000,
      },
    ],
    payout: { leg: 1, seller: 1, amountMinor: 3_000 },
  })
})

outcomes('units cancelled before the card was charged are a broken invariant', () => {
  const one = leg(1, { state: 'checked' })
  assert.throws(() => changeOfLeg(authorised(one), one, transaction(4)), /before the capture/)
})

const PROPOSE = plan('registry.propose', 'propose:1:1')
const ok = (key: string) => ({ key: `${ID}:${key}`, state: 'ok', refusal: null })

outcomes('an answer is stored together with what it means for its leg', () => {
  assert.equal(
    changeAfter(authorised(leg(1)), PROPOSE, { kind: 'ok', transaction: transaction(1) }),
    {
      effect: ok('propose:1:1'),
      legs: [{ number: 1, transaction: 'T1', state: 'proposed' }],
    },
  )
})

outcomes('a refusal that may pass leaves the leg as it is', () => {
  const change = changeAfter(authorised(leg(1)), PROPOSE, refused('retry', [1006]))
  assert.is(change.effect?.state, 'refused')
  assert.is(change.effect?.refusal?.advice, 'retry')
  assert.is(change.legs, undefined)
})

for (const advice of ['refuse', 'person'] as const) {
  outcomes(`a refusal for good (${advice}) ends the leg and tells its offers why`, () => {
    const change = changeAfter(authorised(leg(1)), PROPOSE, refused(advice))
    assert.equal(change.legs, [
      { number: 1, state: 'refused', codes: [3005], allocations: 'freed' },
    ])
    assert.equal(change.refusedOffers, { offers: [1], codes: [3005] })
  })
}

outcomes('a refused proposal of a given-up leg ends it, and suspends nobody', () => {
  const change = changeAfter(authorised(leg(1, { givenUp: true })), PROPOSE, refused('refuse'))
  assert.equal(change.legs, [{ number: 1, state: 'terminated', codes: [], allocations: 'freed' }])
  assert.is(change.refusedOffers, undefined)
})

outcomes('a refused termination changes nothing of the leg', () => {
  for (const givenUp of [true, false]) {
    const one = leg(1, { state: 'proposed', givenUp })
    const change = changeAfter(
      authorised(one),
      plan('registry.terminate', 'terminate:1:1'),
      refused('refuse'),
    )
    assert.equal(Object.keys(change), ['effect'])
  }
})

outcomes('what has lapsed is proposed again', () => {
  const one = leg(1, { state: 'checked' })
  const change = changeAfter(
    captured(one),
    plan('registry.complete', 'complete:1:1'),
    refused('lapsed', []),
  )
  assert.equal(change.legs, [{ number: 1, state: 'waiting', attempt: 2, transaction: null }])
})

outcomes('an answer about an earlier attempt says nothing about the leg', () => {
  const again = leg(1, { attempt: 2 })
  const answers: Outcome[] = [{ kind: 'ok', transaction: transaction(1) }, refused('refuse')]
  for (const answer of answers) {
    assert.equal(Object.keys(changeAfter(authorised(again), PROPOSE, answer)), ['effect'])
  }
})

outcomes('an answer that two have asked for counts once', () => {
  const refund = plan('payment.refund', 'refund', { request: { amountMinor: 3_213 } })
  const before = captured(leg(1, { state: 'refunded' }))
  const change = changeAfter(before, refund, { kind: 'ok' })
  assert.equal(change.order, { refundedMinor: 3_213 })
  assert.equal(change.entries, [
    { key: `${ID}:refunded`, leg: null, debit: 'order', credit: 'processor', amountMinor: 3_213 },
  ])
  const after = { ...before, effects: [effect('refund')], refundedMinor: 3_213 }
  assert.equal(changeAfter(after, refund, { kind: 'ok' }), {})
})

outcomes('a payment that was created, void or captured brings its own news', () => {
  for (const kind of ['payment.create', 'payment.void', 'payment.capture'] as const) {
    const key = kind.slice('payment.'.length)
    const before = view({ effects: [] })
    assert.equal(changeAfter(before, plan(kind, key), { kind: 'ok' }), { effect: ok(key) })
    assert.equal(Object.keys(changeAfter(before, plan(kind, key), refused('refuse'))), ['effect'])
  }
})

outcomes.run()
