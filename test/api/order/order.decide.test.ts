/** What an order needs next, row by row: its hold and its card. */
import { suite } from 'uvu'
import { NEVER } from '../../../api/market/market.write.ts'
import { MAX_CARD_FAILURES } from '../../../api/order/order.decide.ts'
import { DEFAULT_TIMES } from '../../../api/order/order.effect.ts'
import { canceled, OVER, release, rowsOf, VOID, wait } from './models/decide-rows.ts'
import { effect, fill, ID, NOW, payment, view } from './models/order-view.ts'

const decisions = suite('what a reserved order needs next')
const rows = rowsOf(decisions)

const failures = Array.from({ length: MAX_CARD_FAILURES }, (_, index) => `ch_${index}`)
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
    'a buyer who takes longer is asked about less often',
    view({
      payment: payment({ askedAt: NOW - 5_000 }),
      effects: [effect('create', { sentAt: NOW - 15_000 })],
    }),
    wait(NOW + DEFAULT_TIMES.pollPaymentMs),
  ],
  [
    'but never less than every fourth pause',
    view({
      payment: payment({ askedAt: NOW - 4 * DEFAULT_TIMES.pollPaymentMs }),
      effects: [effect('create', { sentAt: NOW - 100_000 })],
    }),
    { kind: 'askPayment' },
  ],
  [
    'an order is looked at again when its hold ends, if that is sooner',
    view({ holdExpiresAt: NOW + 100 }),
    wait(NOW + 100),
  ],
])

decisions.run()
