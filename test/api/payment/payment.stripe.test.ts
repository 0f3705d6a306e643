/** The adapter, by Stripe's own SDK, against the stand-in in a process of its own on a real Postgres. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PaymentAnswer, PaymentSnapshot } from '../../../api/payment/payment.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  adapterOf,
  cardForm,
  SECRET_KEY,
  type StandInProcess,
  startStandIn,
  whileKeyIsInUse,
} from './stand-in.ts'

const it = suite('payment by Stripe')
const keep = cleanUp(it)
let standIn: StandInProcess
let payment: ReturnType<typeof adapterOf>
let orders = 0

it.before(async () => {
  standIn = keep(await startStandIn())
  payment = adapterOf(standIn)
})

async function created(amountMinor = 3976): Promise<PaymentSnapshot> {
  const order = `order-${++orders}`
  return ok(
    await payment.create({
      order,
      amountMinor,
      currency: 'USD',
      description: '12 credits',
      key: `create-${order}`,
    }),
  )
}

async function authorised(amountMinor = 3976): Promise<PaymentSnapshot> {
  const snapshot = await created(amountMinor)
  await standIn.confirm(snapshot.clientSecret, cardForm('pm_card_visa'))
  return snapshot
}

function ok(answer: PaymentAnswer): PaymentSnapshot {
  assert.is(answer.kind, 'ok', JSON.stringify(answer))
  return (answer as { payment: PaymentSnapshot }).payment
}

function refused(answer: PaymentAnswer): PaymentAnswer & { kind: 'refused' } {
  assert.is(answer.kind, 'refused', JSON.stringify(answer))
  return answer as PaymentAnswer & { kind: 'refused' }
}

async function booked(id: string) {
  const found = (await standIn.books()).payments.find((each) => each.id === id)
  assert.ok(found)
  return found
}

async function unreachable(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    assert.is((error as Error).name, 'PaymentUnreachable')
    return
  }
  assert.unreachable('it should not have answered')
}

it('creates a payment that waits for a card and names its order', async () => {
  const snapshot = await created()
  assert.is(snapshot.status, 'requires_payment_method')
  assert.is(snapshot.order, `order-${orders}`)
  assert.is(snapshot.amountMinor, 3976)
  assert.match(snapshot.clientSecret, `${snapshot.id}_secret_`)
  assert.is(snapshot.failure, null)
  assert.equal(await payment.find(snapshot.id), snapshot)
})

it('answers the same key with the same payment, and never makes a second', async () => {
  const request = { order: 'twice', amountMinor: 500, currency: 'USD', description: '', key: 'k-2' }
  const first = ok(await payment.create(request))
  const second = ok(await payment.create(request))
  assert.is(second.id, first.id)
  const twice = (await standIn.books()).payments.filter((each) => each.metadata.order === 'twice')
  assert.is(twice.length, 1)
})

it('leaves the outcome open when a key comes again with another body', async () => {
  const request = { order: 'body', amountMinor: 500, currency: 'USD', description: '', key: 'k-3' }
  await payment.create(request)
  await unreachable(() => payment.create({ ...request, amountMinor: 600 }))
})

it('reads a browser’s confirmation as an authorisation, with nothing captured', async () => {
  const { id } = await authorised()
  const snapshot = await payment.find(id)
  assert.is(snapshot?.status, 'requires_capture')
  assert.is(snapshot?.capturedMinor, 0)
  assert.is((await booked(id)).captures, 0)
})

it('captures a part once and gives the rest of the authorisation back', async () => {
  const { id } = await authorised(3976)
  const snapshot = ok(await payment.capture({ id, amountMinor: 3000, key: `capture-${id}` }))
  assert.is(snapshot.status, 'succeeded')
  assert.is(snapshot.capturedMinor, 3000)
  assert.is(snapshot.refundedMinor, 0)
  const again = ok(await payment.capture({ id, amountMinor: 3000, key: `capture-${id}` }))
  assert.equal(again, snapshot)
  const { captures, capturedMinor, refunds } = await booked(id)
  assert.equal(
    { captures, capturedMinor, refunds },
    { captures: 1, capturedMinor: 3000, refunds: 0 },
  )
})

it('is refused a second capture under another key, and told what stands', async () => {
  const { id } = await authorised()
  ok(await payment.capture({ id, amountMinor: 3976, key: `one-${id}` }))
  const answer = refused(await payment.capture({ id, amountMinor: 3976, key: `two-${id}` }))
  assert.is(answer.code, 'payment_intent_unexpected_state')
  assert.is(answer.payment?.status, 'succeeded')
  assert.is((await booked(id)).captures, 1)
})

it('is refused a capture above the authorisation, which stays as it was', async () => {
  const { id } = await authorised(1000)
  const answer = refused(await payment.capture({ id, amountMinor: 1001, key: `over-${id}` }))
  assert.is(answer.code, 'amount_too_large')
  assert.is(answer.payment?.status, 'requires_capture')
})

it('is refused a capture that the bank declines, with the failure told', async () => {
  const { id, clientSecret } = await created()
  await standIn.confirm(clientSecret, cardForm('pm_card_chargeCustomerFail'))
  const answer = refused(await payment.capture({ id, amountMinor: 3976, key: `declined-${id}` }))
  assert.is(answer.code, 'generic_decline')
  assert.is(answer.payment?.status, 'requires_payment_method')
  assert.is(answer.payment?.failure?.code, 'generic_decline')
  assert.is((await booked(id)).captures, 0)
})

it('voids what is not captured, before and after the authorisation, without a refund', async () => {
  for (const snapshot of [await created(), await authorised()]) {
    const { id } = snapshot
    assert.is(ok(await payment.void({ id, key: `void-${id}` })).status, 'canceled')
    assert.is((await booked(id)).refunds, 0)
    const late = await standIn.confirm(snapshot.clientSecret, cardForm('pm_card_visa'))
    assert.is(late.body.error.code, 'payment_intent_unexpected_state')
  }
})

it('is refused to void what is captured', async () => {
  const { id } = await authorised()
  ok(await payment.capture({ id, amountMinor: 3976, key: `c-${id}` }))
  const answer = refused(await payment.void({ id, key: `v-${id}` }))
  assert.is(answer.code, 'payment_intent_unexpected_state')
  assert.is(answer.payment?.capturedMinor, 3976)
})

it('refunds in parts up to what was captured, each found again by its reference', async () => {
  const { id } = await authorised()
  ok(await payment.capture({ id, amountMinor: 3000, key: `c-${id}` }))
  assert.is(await payment.findRefund({ id, reference: 'leg-1' }), false)
  const request = { id, amountMinor: 1000, key: `r1-${id}`, reference: 'leg-1' }
  assert.is(ok(await payment.refund(request)).refundedMinor, 1000)
  assert.is(ok(await payment.refund(request)).refundedMinor, 1000)
  assert.is(await payment.findRefund({ id, reference: 'leg-1' }), true)
  assert.is(await payment.findRefund({ id, reference: 'leg-2' }), false)
  const rest = { id, amountMinor: 2000, key: `r2-${id}`, reference: 'leg-2' }
  assert.is(ok(await payment.refund(rest)).refundedMinor, 3000)
  const over = { id, amountMinor: 1, key: `r3-${id}`, reference: 'leg-3' }
  assert.is(refused(await payment.refund(over)).code, 'charge_already_refunded')
  const { refunds, refundedMinor } = await booked(id)
  assert.equal({ refunds, refundedMinor }, { refunds: 2, refundedMinor: 3000 })
})

it('is refused a refund of what was never captured', async () => {
  const { id } = await authorised()
  const answer = await payment.refund({ id, amountMinor: 1, key: `r-${id}`, reference: 'none' })
  assert.is(refused(answer).payment?.status, 'requires_capture')
})

it('tells declined attempts apart by their charges, and forgets them on success', async () => {
  const { id, clientSecret } = await created()
  const seen = new Set<string>()
  for (const card of ['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds']) {
    await standIn.confirm(clientSecret, cardForm(card))
    const failure = (await payment.find(id))?.failure
    assert.ok(failure)
    seen.add(`${failure.charge} ${failure.code}`)
  }
  assert.is(seen.size, 2)
  assert.ok([...seen].every((each) => each.startsWith('ch_')))
  assert.ok([...seen].some((each) => each.endsWith(' insufficient_funds')))
  await standIn.confirm(clientSecret, cardForm('pm_card_visa'))
  assert.is((await payment.find(id))?.failure, null)
  assert.is((await booked(id)).failedCharges, 2)
})

it('finds a payment by its order, the living before the voided', async () => {
  const request = { amountMinor: 500, currency: 'USD', description: '', order: "o'clock \\ 1" }
  const first = ok(await payment.create({ ...request, key: 'oc-1' }))
  await payment.void({ id: first.id, key: 'oc-void' })
  assert.is((await payment.findByOrder(request.order))?.id, first.id)
  const second = ok(await payment.create({ ...request, key: 'oc-2' }))
  await payment.void({ id: ok(await payment.create({ ...request, key: 'oc-3' })).id, key: 'oc-v3' })
  assert.is((await payment.findByOrder(request.order))?.id, second.id)
  assert.is(await payment.findByOrder('no such order'), null)
})

it('knows no payment where Stripe knows none', async () => {
  assert.is(await payment.find('pi_none'), null)
  assert.is(await payment.findRefund({ id: 'pi_none', reference: 'x' }), false)
  const answer = refused(await payment.capture({ id: 'pi_none', amountMinor: 1, key: 'none' }))
  assert.is(answer.code, 'resource_missing')
  assert.is(answer.payment, null)
})

it('is refused an amount that Stripe does not take', async () => {
  const request = { order: 'small', currency: 'USD', description: '', key: 'small' }
  assert.is(refused(await payment.create({ ...request, amountMinor: 49 })).code, 'amount_too_small')
})

it('leaves the outcome open when the reply is lost, and the same key then tells it', async () => {
  const { id } = await authorised()
  // The SDK sends once more by itself where the connection closes under it: both replies are lost.
  await standIn.simulate('POST', 'faults', {
    call: 'payment_intents.capture',
    when: 'after',
    what: 'drop',
    times: 2,
  })
  const request = { id, amountMinor: 3976, key: `lost-${id}` }
  await unreachable(() => payment.capture(request))
  assert.is((await payment.find(id))?.capturedMinor, 3976)
  assert.is(ok(await payment.capture(request)).capturedMinor, 3976)
  assert.is((await booked(id)).captures, 1)
})

it('leaves the outcome open when the request never arrived', async () => {
  const { id } = await authorised()
  await standIn.simulate('POST', 'faults', {
    call: 'payment_intents.cancel',
    when: 'before',
    what: 'drop',
    times: 2,
  })
  await unreachable(() => payment.void({ id, key: `gone-${id}` }))
  assert.is((await payment.find(id))?.status, 'requires_capture')
})

it('leaves the outcome open when Stripe fails or answers too late', async () => {
  const { id } = await authorised()
  const call = 'payment_intents.retrieve'
  await standIn.simulate('POST', 'faults', { call, when: 'before', what: 'error' })
  await unreachable(() => payment.find(id))
  await standIn.simulate('POST', 'faults', { call, when: 'after', what: 'delay', delayMs: 900 })
  await unreachable(() => adapterOf(standIn, { callTimeoutMs: 300 }).find(id))
  assert.is((await payment.find(id))?.id, id)
})

it('leaves the outcome open while the same key is at work, and never captures twice', async () => {
  const { id } = await authorised()
  const request = { id, amountMinor: 3976, key: `race-${id}` }
  await whileKeyIsInUse(standIn, request.key, () => unreachable(() => payment.capture(request)))
  assert.is(ok(await payment.capture(request)).capturedMinor, 3976)
  assert.is((await booked(id)).captures, 1)
})

it('leaves the outcome open when our own key is not accepted', async () => {
  const { id } = await authorised()
  const stranger = adapterOf(standIn, { secretKey: 'sk_test_stranger' })
  await unreachable(() => stranger.capture({ id, amountMinor: 3976, key: `stranger-${id}` }))
  await unreachable(() => stranger.find(id))
})

it('keeps its books over a kill and a restart', async () => {
  const { id } = await authorised()
  ok(await payment.capture({ id, amountMinor: 3976, key: `before-${id}` }))
  const before = await standIn.books()
  await standIn.restart('SIGKILL')
  assert.equal(await standIn.books(), before)
  const again = ok(await payment.capture({ id, amountMinor: 3976, key: `before-${id}` }))
  assert.is(again.capturedMinor, 3976)
})

it('leaves the outcome open when nobody listens', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const nowhere = adapterOf({ ...standIn, url: () => `http://127.0.0.1:${port}` })
  await unreachable(() => nowhere.find('pi_1'))
})

it('says what a browser needs, and that no money moves', () => {
  assert.is(payment.publishableKey, 'pk_test_standin')
  assert.is(payment.scriptUrl, `${standIn.url()}/v3/stripe.js`)
  assert.is(payment.test, true)
  assert.not.match(JSON.stringify(payment), SECRET_KEY)
})

it.run()
