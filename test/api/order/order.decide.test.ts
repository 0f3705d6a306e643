/** What an order needs next, row by row: its hold, its card, its capture and its end. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NEVER } from '../../../api/market/market.write.ts'
import type { Action } from '../../../api/order/order.action.ts'
import { decide, MAX_CARD_FAILURES } from '../../../api/order/order.decide.ts'
import { DEFAULT_TIMES, type Moment } from '../../../api/order/order.effect.ts'
import type { OrderView } from '../../../api/order/order.ts'
import {
  capturedView,
  effect,
  fill,
  ID,
  leg,
  moment,
  NOW,
  payment,
  view,
} from './models/order-view.ts'

const decisions = suite('what an order needs next')

/** A rule, the order, what it needs, and the moment where it matters. */
type Row = readonly [
  rule: string,
  order: OrderView,
  action: Action | ((action: Action) => boolean),
  at?: Partial<Moment>,
]
const rows = (list: readonly Row[]) => {
  for (const [rule, order, wanted, at] of list) {
    decisions(rule, () => {
      const action = decide(order, moment(at))
      if (typeof wanted === 'function') assert.ok(wanted(action), JSON.stringify(action))
      else assert.equal(action, wanted)
    })
  }
}

const OVER = { now: NOW + 120_000 }
const isCall = (kind: string) => (action: Action) =>
  action.kind === 'call' && action.effect.kind === kind
const VOID = isCall('payment.void')
const wait = (until: number | null): Action => ({ kind: 'wait', until })
const failures = Array.from({ length: MAX_CARD_FAILURES }, (_, index) => `ch_${index}`)
const canceled = payment({ status: 'canceled' })
const release: Action = {
  kind: 'book',
  commands: [{ kind: 'ReleaseReservation', reservation: 1 }],
}
const end = (state: 'expired' | 'declined', reason: 'hold_expired' | 'stopped' | 'card_declined') =>
  ({
    kind: 'record',
    change: { order: { state, reason }, legs: [{ number: 1, state: 'terminated' }] },
  }) as const
const released = [fill(1, { state: 'released' })]

rows([
  [
    'a new order begins its payment, for the whole total',
    view({ payment: null, effects: [] }),
    {
      kind: 'call',
      effect: {
        key: `${ID}:create`,
        kind: 'payment.create',
        leg: null,
        request: { amountMinor: 3_213 },
      },
      seen: null,
    },
  ],
  [
    'a hold that ran out before its payment was begun begins none',
    view({ payment: null, effects: [] }),
    { kind: 'book', commands: [{ kind: 'ExpireReservation', reservation: 1, now: OVER.now }] },
    OVER,
  ],
  [
    'a hold that ran out while its payment was being begun learns first what became of that',
    view({ payment: null, effects: [effect('create', { state: 'sent', sentAt: OVER.now - 1 })] }),
    wait(OVER.now - 1 + DEFAULT_TIMES.callTimeoutMs),
    OVER,
  ],
  [
    'an order whose payment is refused gives its tonnes back at once',
    view({
      payment: null,
      effects: [
        effect('create', {
          state: 'refused',
          refusal: { codes: [], message: '', advice: 'refuse' },
        }),
      ],
    }),
    release,
  ],
  ['an order whose hold ran out voids the payment before its tonnes go back', view(), VOID, OVER],
  [
    'as long as a void is not answered, the tonnes stay held',
    view({ effects: [effect('void', { kind: 'payment.void', state: 'sent', sentAt: OVER.now })] }),
    wait(OVER.now + DEFAULT_TIMES.callTimeoutMs),
    OVER,
  ],
  [
    'a void that is refused is followed by a look at the payment',
    view({
      effects: [
        effect('void', {
          state: 'refused',
          refusal: { codes: [], message: '', advice: 'refuse' },
        }),
      ],
    }),
    { kind: 'askPayment' },
    OVER,
  ],
  [
    'a void payment gives the tonnes back',
    view({ payment: canceled }),
    { kind: 'book', commands: [{ kind: 'ExpireReservation', reservation: 1, now: OVER.now }] },
    OVER,
  ],
  [
    'an order that was never paid ends as expired, and its legs with it',
    view({ payment: canceled, fills: released }),
    end('expired', 'hold_expired'),
    OVER,
  ],
  [
    'news of a payment answer the call that created it',
    view({ effects: [effect('create', { state: 'sent' })] }),
    { kind: 'record', change: { effect: { key: `${ID}:create`, state: 'ok', refusal: null } } },
  ],
  [
    'news that a payment is void answer the call that voided it',
    view({
      payment: canceled,
      effects: [effect('create'), effect('void', { kind: 'payment.void', state: 'unknown' })],
    }),
    { kind: 'record', change: { effect: { key: `${ID}:void`, state: 'ok', refusal: null } } },
  ],
  [
    'an order that its buyer stopped voids its payment before its time is over',
    view({ stopRequested: true }),
    VOID,
  ],
  [
    'also where the card is authorised by then',
    view({ stopRequested: true, payment: payment({ status: 'requires_capture' }) }),
    VOID,
  ],
  [
    'a stopped order gives its tonnes back before they would have expired',
    view({ stopRequested: true, payment: canceled }),
    release,
  ],
  [
    'a stopped order says so',
    view({ stopRequested: true, payment: canceled, fills: released }),
    end('expired', 'stopped'),
  ],
  [
    'a card that failed three times voids the payment',
    view({ payment: payment({ failures }) }),
    VOID,
  ],
  [
    'one failure less does not',
    view({ payment: payment({ failures: failures.slice(1) }) }),
    wait(NOW + DEFAULT_TIMES.pollPaymentMs),
  ],
  [
    'an order whose card failed three times ends as declined',
    view({ payment: { ...canceled, failures }, fills: released }),
    end('declined', 'card_declined'),
  ],
  [
    'an authorised card makes the hold endless before the order counts as authorised',
    view({ payment: payment({ status: 'requires_capture' }) }),
    {
      kind: 'book',
      commands: [{ kind: 'ExtendReservation', reservation: 1, expiresAt: NEVER }],
    },
  ],
  [
    'an order with an endless hold takes its turn',
    view({ payment: payment({ status: 'requires_capture' }), fills: [fill(1)] }),
    { kind: 'record', change: { order: { state: 'authorised', takeTurn: true } } },
  ],
  [
    'a card that was authorised in time counts, although the hold has run out since',
    view({ payment: payment({ status: 'requires_capture' }), fills: [fill(1)] }),
    { kind: 'record', change: { order: { state: 'authorised', takeTurn: true } } },
    OVER,
  ],
  [
    'an authorisation that comes when the void is on its way is voided all the same',
    view({
      payment: payment({ status: 'requires_capture' }),
      effects: [effect('void', { kind: 'payment.void', state: 'unknown', tries: 1 })],
    }),
    (action) => action.kind === 'lookUp' && action.effect.key === `${ID}:void`,
    { now: NOW + DEFAULT_TIMES.callTimeoutMs },
  ],
  [
    'a card is not authorised for tonnes that are not held any more',
    view({ payment: payment({ status: 'requires_capture' }), fills: released }),
    VOID,
  ],
  [
    'no payment is begun for tonnes that are not held any more',
    view({ payment: null, effects: [], fills: released }),
    end('expired', 'hold_expired'),
  ],
  [
    'a question of the bank extends the hold',
    view({ payment: payment({ status: 'requires_action' }) }),
    {
      kind: 'book',
      commands: [
        {
          kind: 'ExtendReservation',
          reservation: 1,
          expiresAt: NOW + DEFAULT_TIMES.bankHoldMs,
        },
      ],
    },
  ],
  [
    'the extended hold is that of the tonnes',
    view({
      payment: payment({ status: 'requires_action' }),
      fills: [fill(1, { expiresAt: NOW + 600_000 })],
    }),
    {
      kind: 'record',
      change: { order: { holdExtended: true, holdExpiresAt: NOW + 600_000 } },
    },
  ],
  [
    'the hold is extended once',
    view({ payment: payment({ status: 'requires_action' }), holdExtended: true }),
    wait(NOW + DEFAULT_TIMES.pollPaymentMs),
  ],
  [
    'a payment of which nothing was heard for long is asked for',
    view({ payment: payment({ askedAt: NOW - DEFAULT_TIMES.pollPaymentMs }) }),
    { kind: 'askPayment' },
  ],
  [
    'but once in a run',
    view({ payment: payment({ askedAt: NOW - DEFAULT_TIMES.pollPaymentMs }) }),
    wait(NOW + DEFAULT_TIMES.pollPaymentMs),
    { askedPayment: true },
  ],
  [
    'an order is looked at again when its hold ends, if that is sooner',
    view({ holdExpiresAt: NOW + 100 }),
    wait(NOW + 100),
  ],
])

const authorised = (change: Partial<OrderView>) => view({ state: 'authorised', ...change })
const two = [fill(1), fill(2)]
const CHECKED = { state: 'checked' } as const
const capture = (state: 'sent' | 'ok' | 'refused' | 'unknown', change = {}) =>
  effect('capture', {
    kind: 'payment.capture',
    state,
    request: { amountMinor: 3_213 },
    refusal: state === 'refused' ? { codes: [], message: '', advice: 'refuse' } : null,
    ...change,
  })
const givenUp = (...numbers: number[]): Action => ({
  kind: 'record',
  change: { legs: numbers.map((number) => ({ number, givenUp: true })) },
})
const LATE = { now: NOW + DEFAULT_TIMES.giveUpMs }

rows([
  [
    'the card is not charged before every leg is checked',
    authorised({ legs: [leg(1, CHECKED), leg(2, { state: 'proposed' })], fills: two }),
    (action) => action.kind === 'askRegistry' && action.leg.number === 2,
  ],
  [
    'when every leg is checked the card is charged for all',
    authorised({ legs: [leg(1, CHECKED), leg(2, CHECKED)], fills: two, totalMinor: 6_395 }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 6_395,
  ],
  [
    'the captured amount covers checked legs only, plus the fees of that amount',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'terminated', givenUp: true })],
      fills: [fill(1), fill(2, { state: 'released' })],
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 3_213,
  ],
  [
    'legs that are not checked in time are given up, the others are not',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed' }), leg(3)],
      fills: [...two, fill(3)],
      firstProposedAt: NOW,
    }),
    givenUp(2, 3),
    LATE,
  ],
  [
    'no earlier',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed' })],
      fills: two,
      firstProposedAt: NOW + 1,
    }),
    (action) => action.kind === 'askRegistry',
    LATE,
  ],
  [
    'capture waits for every leg that is not given up, and for no other',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed', givenUp: true })],
      fills: two,
      effects: [effect('terminate:2:1', { kind: 'registry.terminate', state: 'sent' })],
    }),
    isCall('payment.capture'),
  ],
  [
    'what was decided to be captured is not computed anew',
    authorised({ legs: [leg(1, CHECKED)], effects: [capture('unknown')] }),
    { kind: 'lookUp', effect: capture('unknown') },
    { now: NOW + DEFAULT_TIMES.callTimeoutMs },
  ],
  [
    'a capture that is under way ends no leg, whatever the time',
    authorised({
      legs: [leg(1, CHECKED)],
      firstProposedAt: NOW,
      effects: [capture('sent', { sentAt: LATE.now })],
    }),
    wait(LATE.now + DEFAULT_TIMES.callTimeoutMs),
    LATE,
  ],
  [
    'what was captured is what the payment service says that it took',
    authorised({
      legs: [leg(1, CHECKED)],
      effects: [capture('ok')],
      payment: payment({ status: 'succeeded', capturedMinor: 3_300 }),
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'captured' &&
      action.change.order.capturedMinor === 3_300 &&
      action.change.entries?.[0]?.amountMinor === 3_300 &&
      action.change.legs?.[0]?.charged === true,
  ],
  [
    'a refused capture gives up all legs',
    authorised({
      legs: [leg(1, CHECKED), leg(2, CHECKED)],
      fills: two,
      effects: [capture('refused')],
    }),
    givenUp(1, 2),
  ],
  [
    'a payment that is gone before the capture gives up all legs',
    authorised({ legs: [leg(1, { state: 'proposed' })], payment: canceled }),
    givenUp(1),
  ],
  [
    'an order without a leg voids its payment',
    authorised({ legs: [leg(1, { state: 'terminated' })], fills: released }),
    VOID,
  ],
  [
    'an order whose capture was refused ends as declined',
    authorised({
      legs: [leg(1, { state: 'terminated', givenUp: true })],
      fills: released,
      payment: canceled,
      effects: [capture('refused')],
    }),
    { kind: 'record', change: { order: { state: 'declined', reason: 'capture_refused' } } },
  ],
  [
    'an order of which the registry refused a leg and took none is rejected',
    authorised({
      legs: [leg(1, { state: 'refused' }), leg(2, { state: 'terminated' })],
      fills: [fill(1, { state: 'released', replaced: true }), fill(2, { state: 'released' })],
      payment: canceled,
      effects: [effect('void', { kind: 'payment.void' })],
    }),
    { kind: 'record', change: { order: { state: 'rejected', reason: 'registry_refused' } } },
  ],
  [
    'an order to which the registry said nothing in time is rejected as that',
    authorised({
      legs: [leg(1, { state: 'terminated', givenUp: true })],
      fills: released,
      payment: canceled,
      effects: [effect('void', { kind: 'payment.void' })],
    }),
    { kind: 'record', change: { order: { state: 'rejected', reason: 'registry_timed_out' } } },
  ],
  [
    'of two commitment periods from one account the later is proposed after the capture',
    authorised({
      legs: [
        leg(1, CHECKED),
        leg(2, { holdingAccount: 1, applicableCommitmentPeriod: 1, hasTurn: false }),
      ],
      fills: two,
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 6_395,
  ],
])

const completed = (number: number) =>
  leg(number, { state: 'completed', transaction: `T${number}`, charged: true })
const committed = (number: number) => fill(number, { state: 'committed' })
const refusedLeg = leg(2, { state: 'refunded', charged: true })
const refund = (state: 'ok' | 'unknown' | 'refused') =>
  effect('refund', {
    kind: 'payment.refund',
    state,
    request: { amountMinor: 3_182 },
    refusal: state === 'refused' ? { codes: [], message: '', advice: 'refuse' } : null,
  })
const halfRefused = {
  fills: [committed(1), fill(2, { state: 'released', replaced: true })],
  capturedMinor: 6_395,
}

rows([
  [
    'legs are completed after the capture',
    capturedView([leg(1, CHECKED)], { capturedMinor: 3_213 }),
    isCall('registry.complete'),
  ],
  [
    'a completed leg commits its tonnes before the order closes',
    capturedView([completed(1)], { capturedMinor: 3_213 }),
    { kind: 'book', commands: [{ kind: 'CommitReservation', reservation: 1 }] },
  ],
  [
    'an order closes with its fees and its certificate when all is done',
    capturedView([completed(1)], { capturedMinor: 3_213, fills: [committed(1)] }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'closed' &&
      action.change.certificate === true &&
      action.change.entries?.reduce((sum, entry) => sum + entry.amountMinor, 0) === 213,
  ],
  [
    'what no leg was completed for is refunded, with its share of the fees',
    capturedView([completed(1), refusedLeg], halfRefused),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.refund' &&
      action.effect.request.amountMinor === 3_182,
  ],
  [
    'an order does not close before its refund is known',
    capturedView([completed(1), refusedLeg], { ...halfRefused, effects: [refund('unknown')] }),
    (action) => action.kind === 'wait' && action.until !== null,
  ],
  [
    'a refund that is refused waits for a person, and is not made anew',
    capturedView([completed(1), refusedLeg], { ...halfRefused, effects: [refund('refused')] }),
    wait(NOW + DEFAULT_TIMES.personMs),
  ],
  [
    'an order that was refunded in part closes with what it kept',
    capturedView([completed(1), refusedLeg], {
      ...halfRefused,
      refundedMinor: 3_182,
      effects: [refund('ok')],
    }),
    (action) => action.kind === 'record' && action.change.order?.state === 'closed',
  ],
  [
    'an order that was refunded altogether ends without a certificate',
    capturedView([leg(1, { state: 'refunded', charged: true })], {
      fills: [fill(1, { state: 'released', replaced: true })],
      capturedMinor: 3_213,
      refundedMinor: 3_213,
      effects: [refund('ok')],
    }),
    { kind: 'record', change: { order: { state: 'refunded', reason: 'registry_refused' } } },
  ],
  ['an order that has ended needs nothing', view({ state: 'closed', fills: [] }), wait(null)],
  [
    'an order that has ended still takes back what the registry did not answer to',
    view({
      state: 'rejected',
      legs: [leg(1, { state: 'proposed', givenUp: true })],
      fills: [fill(1)],
    }),
    isCall('registry.terminate'),
  ],
  [
    'and only then gives its tonnes back',
    view({ state: 'rejected', legs: [leg(1, { state: 'terminated' })], fills: [fill(1)] }),
    release,
  ],
])

decisions('more delivered than was paid for is a broken invariant, not a closed order', () => {
  const order = capturedView([completed(1)], { capturedMinor: 3_000, fills: [committed(1)] })
  assert.throws(() => decide(order, moment()), /broken invariant/)
})

decisions.run()
