/** Events from the stand-in, as they reach us and as the adapter reads them. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  adapterOf,
  cardForm,
  type StandInProcess,
  startStandIn,
  WEBHOOK_SECRET,
} from './stand-in.ts'

type Delivery = { readonly body: string; readonly signature: string }

const it = suite('payment webhooks')
const keep = cleanUp(it)
const received: Delivery[] = []
let refusals = 0
let address = ''
let standIn: StandInProcess
let payment: ReturnType<typeof adapterOf>

it.before(async () => {
  const server = keep(
    createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      if (refusals > 0) {
        refusals--
        response.writeHead(500).end()
        return
      }
      received.push({ body, signature: String(request.headers['stripe-signature']) })
      response.writeHead(200).end()
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  address = `http://127.0.0.1:${port}/webhooks`
  standIn = keep(await startStandIn({ WEBHOOK_URL: address }))
  payment = adapterOf(standIn)
})

async function created(order: string) {
  const request = { order, amountMinor: 3976, currency: 'USD', description: '', key: order }
  const answer = await payment.create(request)
  assert.is(answer.kind, 'ok')
  if (answer.kind !== 'ok') throw new Error('refused')
  return answer.payment
}

function typesOf(id: string): string[] {
  return received
    .map(({ body, signature }) => payment.readWebhook(body, signature, Date.now()))
    .filter((event) => event?.payment === id)
    .map((event) => event?.type ?? '')
}

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return
    await pause(50)
  }
  assert.unreachable('it did not come true in 10 s')
}

it('tells every step of a payment, signed so that the adapter takes it', async () => {
  const { id, clientSecret } = await created('steps')
  await standIn.confirm(clientSecret, cardForm('pm_card_chargeDeclined'))
  await standIn.confirm(clientSecret, cardForm('pm_card_visa'))
  await payment.capture({ id, amountMinor: 3000, key: 'steps-capture' })
  await payment.refund({ id, amountMinor: 1000, key: 'steps-refund', reference: 'leg-1' })
  const expected = [
    'charge.refunded',
    'payment_intent.amount_capturable_updated',
    'payment_intent.created',
    'payment_intent.payment_failed',
    'payment_intent.succeeded',
  ]
  await eventually(() => typesOf(id).length >= expected.length)
  assert.equal([...new Set(typesOf(id))].sort(), expected)
})

it('tells that the bank is asked, and that a payment was voided', async () => {
  const { id, clientSecret } = await created('asked')
  await standIn.confirm(clientSecret, cardForm('pm_card_threeDSecure2Required'))
  await payment.void({ id, key: 'asked-void' })
  await eventually(() => typesOf(id).length >= 3)
  assert.ok(typesOf(id).includes('payment_intent.requires_action'))
  assert.ok(typesOf(id).includes('payment_intent.canceled'))
})

it('is not taken with another body, another secret, or a signature that is too old', async () => {
  await created('signed')
  await eventually(() => received.length > 0)
  const { body, signature } = received[0] as Delivery
  const now = Date.now()
  assert.ok(payment.readWebhook(body, signature, now))
  assert.is(payment.readWebhook(body.replace('3976', '3977'), signature, now), null)
  assert.is(payment.readWebhook(body, signature.replace(/v1=../, 'v1=00'), now), null)
  assert.is(payment.readWebhook(body, '', now), null)
  assert.is(payment.readWebhook(body, signature, now + 400_000), null)
  assert.not.match(body, WEBHOOK_SECRET)
})

it('comes again until it is taken', async () => {
  refusals = 2
  const { id } = await created('again')
  await eventually(() => typesOf(id).length === 1)
  const event = async () => (await standIn.books()).events.find((each) => each.intent === id)
  await eventually(async () => (await event())?.delivery === 'delivered')
  assert.ok(Number((await event())?.attempts) >= 2)
})

it('waits while webhooks are stopped, over a restart too, and comes afterwards', async () => {
  await standIn.simulate('POST', 'webhooks', { stopped: true })
  const { id } = await created('stopped')
  await pause(600)
  assert.is(typesOf(id).length, 0)
  await standIn.restart('SIGTERM')
  await eventually(() => typesOf(id).length === 1)
})

it('comes doubled when that is asked for, under the same id', async () => {
  const { id } = await created('doubled')
  await eventually(() => typesOf(id).length === 1)
  const event = (await standIn.books()).events.find((each) => each.intent === id)
  await standIn.simulate('POST', 'redeliver', { event: event?.id })
  await eventually(() => typesOf(id).length === 2)
  const ids = received
    .map(({ body }) => JSON.parse(body))
    .filter((told) => told.data.object.id === id)
    .map((told) => told.id)
  assert.equal(ids, [event?.id, event?.id])
})

it('tells when an authorisation ended by itself, and nothing else where only that is wanted', async () => {
  const short = keep(
    await startStandIn({
      AUTHORISATION_TTL_SECONDS: '1',
      WEBHOOK_URL: address,
      WEBHOOK_EVENTS: 'payment_intent.canceled,charge.refunded',
    }),
  )
  const shortPayment = adapterOf(short)
  const request = { order: 'o', amountMinor: 500, currency: 'USD', description: '', key: 'o' }
  const answer = await shortPayment.create(request)
  if (answer.kind !== 'ok') throw new Error('refused')
  const { id, clientSecret } = answer.payment
  await short.confirm(clientSecret, cardForm('pm_card_visa'))
  assert.is((await shortPayment.find(id))?.status, 'requires_capture')
  await eventually(async () =>
    (await short.books()).events.some((event) => event.delivery === 'delivered'),
  )
  const { events } = await short.books()
  assert.equal(
    events.filter((event) => event.delivery !== 'unwanted').map((event) => event.type),
    ['payment_intent.canceled'],
  )
  const late = await shortPayment.capture({ id, amountMinor: 500, key: 'late' })
  assert.is(late.kind, 'refused')
  assert.is(late.payment?.status, 'canceled')
})

it.run()
