import { type Order, PROBLEMS, type ProblemCode } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Trouble, TroubleCode } from '../../widget/api-client.ts'
import { orderRequestOf } from '../../widget/order-request.ts'
import { advance as advanceOrNull } from '../../widget/purchase.ts'
import { stepOfOrder } from '../../widget/purchase-later.ts'
import { newPurchase } from '../../widget/purchase-start.ts'
import type { Purchase, PurchaseEvent, Step } from '../../widget/purchase-state.ts'
import { quoteRequestOf } from '../../widget/requests.ts'
import { marketOf, orderOf, problemOf, quoteOf } from './support/fixtures.ts'

const purchase = suite('purchase')
const NOW = Date.parse('2026-11-23T14:02:07Z')
const market = marketOf({}, { publishable_key: 'pk', script_url: 'https://js.example/' })
const quote = quoteOf(12, {})
const dearer = quoteOf(12, {}, 4)
const fewer = quoteOf(11, {}, 4)
if (!quote || !dearer || !fewer) throw new Error('The fake book has 12 tonnes.')
const reserved = orderOf('order1', quote, {}, NOW)

/** A code of the element's own: the API never tells it. */
const isOwn = (code: TroubleCode): code is Exclude<TroubleCode, ProblemCode> => !(code in PROBLEMS)
const trouble = (code: TroubleCode, answered = true, more: object = {}): Trouble => ({
  code,
  retryable: true,
  answered,
  message: '',
  problem: answered && !isOwn(code) ? problemOf(code, more) : null,
})
const advance = (from: Purchase, event: PurchaseEvent): Purchase =>
  advanceOrNull(from, event) ?? from
const after = (from: Purchase, ...events: PurchaseEvent[]) => events.reduce(advance, from)
const begin = newPurchase({ typedTonnes: '12' })
const amount = after(begin, { kind: 'market_arrived', market }, { kind: 'quoted', quote })
const quoted = after(amount, { kind: 'quote_wanted' })
const paying = after(quoted, { kind: 'payment_wanted' }, { kind: 'consented', tonnes: 12 })
const sent = after(paying, { kind: 'sent' })
const held = after(sent, { kind: 'order_arrived', order: reserved })
const next = (order: Order, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
})

const WAY: readonly [what: string, from: Purchase, event: PurchaseEvent, to: Step][] = [
  ['the market opens the amount', begin, { kind: 'market_arrived', market }, 'amount'],
  ['a price opens the quote', amount, { kind: 'quote_wanted' }, 'quote'],
  [
    'without an amount there is no quote',
    after(begin, { kind: 'market_arrived', market }),
    { kind: 'quote_wanted' },
    'amount',
  ],
  ['the quote leads back to the amount', quoted, { kind: 'back' }, 'amount'],
  ['the quote leads to the payment', quoted, { kind: 'payment_wanted' }, 'payment'],
  ['the payment leads back to the quote', paying, { kind: 'back' }, 'quote'],
  ['a held order is not left by going back', held, { kind: 'back' }, 'payment'],
  ['an order that is being sent is not left by going back', sent, { kind: 'back' }, 'payment'],
  ['the filter opens from the amount', amount, { kind: 'filter_opened' }, 'filter'],
  ['the filter leads back', after(amount, { kind: 'filter_opened' }), { kind: 'back' }, 'amount'],
  [
    'a confirmed card shows the progress',
    after(held, { kind: 'confirming' }),
    { kind: 'confirmed' },
    'progress',
  ],
  ['a price that moved', sent, { kind: 'order_refused', trouble: trouble('price_moved') }, 'moved'],
  [
    'too little left at the order',
    sent,
    {
      kind: 'order_refused',
      trouble: trouble('not_enough_available', true, { available_tonnes: 7 }),
    },
    'left',
  ],
  [
    'nothing left at the order',
    sent,
    { kind: 'order_refused', trouble: trouble('nothing_available') },
    'empty',
  ],
  [
    'a registry that closed',
    sent,
    { kind: 'order_refused', trouble: trouble('registry_closed') },
    'closed',
  ],
  [
    'a market that halted',
    sent,
    { kind: 'order_refused', trouble: trouble('market_halted') },
    'closed',
  ],
  [
    'a foreign origin',
    begin,
    { kind: 'refused', trouble: trouble('origin_not_allowed') },
    'closed',
  ],
  ['an unknown key', begin, { kind: 'refused', trouble: trouble('key_not_valid') }, 'closed'],
  [
    'an attribute that blocks',
    begin,
    { kind: 'refused', trouble: trouble('invalid_attribute') },
    'closed',
  ],
  [
    'a lost reply stays where it is',
    sent,
    { kind: 'unanswered', trouble: trouble('market_unavailable', false) },
    'payment',
  ],
  [
    'a refused quote explains itself on the quote',
    quoted,
    { kind: 'quote_refused', trouble: trouble('nothing_available') },
    'empty',
  ],
  [
    'a refused quote is a line on the amount',
    amount,
    { kind: 'quote_refused', trouble: trouble('nothing_available') },
    'amount',
  ],
]
for (const [what, from, event, to] of WAY)
  purchase(`${what}: ${to}`, () => {
    assert.is(advance(from, event).step, to)
  })

const ORDERS: readonly [what: string, order: Order, confirmed: boolean, to: Step][] = [
  ['awaiting its card', reserved, false, 'payment'],
  ['confirmed here, not yet told', reserved, true, 'progress'],
  [
    'awaiting the bank',
    { ...reserved, payment: { ...reserved.payment, status: 'awaiting_bank' } },
    false,
    'bank',
  ],
  ['authorised', { ...reserved, state: 'authorised' }, false, 'progress'],
  ['captured', { ...reserved, state: 'captured' }, false, 'progress'],
  [
    'closed, certificate to come',
    { ...reserved, state: 'closed', completed_tonnes: 12 },
    false,
    'progress',
  ],
  [
    'closed with its certificate',
    {
      ...reserved,
      state: 'closed',
      certificate: { id: 'C', url: 'https://a', pdf_url: 'https://b' },
    },
    false,
    'certificate',
  ],
  ['closed with nothing cancelled', { ...reserved, state: 'closed' }, false, 'ended'],
  ['declined', { ...reserved, state: 'declined' }, false, 'ended'],
  ['expired', { ...reserved, state: 'expired' }, false, 'ended'],
  ['rejected', { ...reserved, state: 'rejected' }, false, 'ended'],
  ['refunded', { ...reserved, state: 'refunded' }, false, 'ended'],
]
for (const [what, order, confirmed, to] of ORDERS)
  purchase(`an order ${what} is shown at ${to}`, () => {
    assert.is(stepOfOrder(order, confirmed), to)
  })

purchase('typing another amount drops the price of the first', () => {
  const typed = advance(amount, { kind: 'typed', by: 'tonnes', text: '13' })
  assert.is(typed.quote, null)
  assert.is(typed.typedTonnes, '13')
})

purchase('an older state of the order does not undo a newer one', () => {
  const authorised = next(reserved, { state: 'authorised' })
  const late = after(
    held,
    { kind: 'order_arrived', order: authorised },
    { kind: 'order_arrived', order: reserved },
  )
  assert.is(late.order?.state, 'authorised')
})

purchase('a state that leaves out the client secret keeps the one that was given', () => {
  const silent = next(reserved, { payment: { ...reserved.payment, client_secret: null } })
  assert.is(
    advance(held, { kind: 'order_arrived', order: silent }).order?.payment.client_secret,
    'order1_secret',
  )
})

purchase('a declined card leaves the hold, and the same order can be tried again', () => {
  const declined = after(
    held,
    { kind: 'confirming' },
    { kind: 'card_refused', trouble: trouble('card_declined') },
  )
  assert.is(declined.step, 'payment')
  assert.is(declined.order?.id, 'order1')
  assert.is(declined.work, 'idle')
  assert.is(declined.trouble?.code, 'card_declined')
})

purchase('a failure that the order tells late does not undo a later confirmation', () => {
  const confirmed = after(
    held,
    { kind: 'confirming' },
    { kind: 'card_refused', trouble: trouble('card_declined') },
    { kind: 'confirming' },
    { kind: 'confirmed' },
  )
  const failure = next(reserved, { payment: { ...reserved.payment, failures: 1 } })
  assert.is(advance(confirmed, { kind: 'order_arrived', order: failure }).step, 'progress')
})

purchase('a failure that this page did not see brings the card form back', () => {
  const confirmed = after(held, { kind: 'confirming' }, { kind: 'confirmed' })
  const failure = next(reserved, { payment: { ...reserved.payment, failures: 1 } })
  assert.is(advance(confirmed, { kind: 'order_arrived', order: failure }).step, 'payment')
})

purchase('after the price moved, both prices are there and either can be taken', () => {
  const moved = after(
    sent,
    { kind: 'order_refused', trouble: trouble('price_moved') },
    { kind: 'compared', now: dearer, fewer },
  )
  assert.is(moved.before, quote)
  assert.is(moved.quote, dearer)
  const taken = advance(moved, { kind: 'went_on', quote: fewer })
  assert.is(taken.step, 'payment')
  assert.is(taken.typedTonnes, '11')
  assert.is.not(taken.consentTonnes, fewer.quantity_tonnes)
})

purchase('what is left can be taken, and is what is then quoted', () => {
  const refusal = trouble('not_enough_available', true, { available_tonnes: 7 })
  const left = after(sent, { kind: 'order_refused', trouble: refusal })
  assert.equal(left.left, { tonnes: 7, asked: 12, quote: null })
  const taken = advance(left, { kind: 'took_left' })
  assert.is(taken.step, 'quote')
  assert.is(taken.typedTonnes, '7')
})

purchase('an ended order makes way for a new quote', () => {
  const ended = advance(held, {
    kind: 'order_arrived',
    order: next(reserved, { state: 'expired', reason: 'hold_expired' }),
  })
  assert.is(ended.step, 'ended')
  const again = advance(ended, { kind: 'quote_wanted' })
  assert.equal([again.step, again.order, again.quote], ['quote', null, null])
})

purchase('a market that arrives while an order is being found does not open the amount', () => {
  const resuming = after(begin, { kind: 'resumed' }, { kind: 'market_arrived', market })
  assert.is(resuming.step, 'loading')
})

purchase('an event that a step does not expect changes nothing', () => {
  assert.is(advance(amount, { kind: 'confirmed' }), amount)
  assert.is(advance(begin, { kind: 'payment_wanted' }), begin)
})

const requests = suite('requests')
const bounds = { bounds: { host: ['KE'] }, maxPriceMinor: 350 }
const consent = { text: 'I understand that it is permanent.', language: 'en' }

requests('a price is asked for what is typed, inside the bounds and the limit', () => {
  assert.equal(quoteRequestOf(amount, bounds), {
    quantity_tonnes: 12,
    filter: { host: ['KE'] },
    max_price_minor: 350,
  })
})

requests('a budget is asked in minor units', () => {
  const budget = { ...amount, by: 'budget' as const, typedBudget: '49.50' }
  assert.equal(quoteRequestOf(budget, { bounds: {}, maxPriceMinor: null }), { budget_minor: 4950 })
})

requests('what cannot be read is not asked', () => {
  assert.is(quoteRequestOf({ ...amount, typedTonnes: '1.5' }, bounds), null)
})

requests('an order is for the quote on screen and never for more than its total', () => {
  const named = { ...paying, beneficiary: '  Somebody ', purpose: ' ' }
  assert.equal(orderRequestOf(named, { bounds: {}, maxPriceMinor: null }, consent), {
    quantity_tonnes: 12,
    max_total_minor: 3976,
    beneficiary: 'Somebody',
    consent,
  })
})

purchase.run()
requests.run()
