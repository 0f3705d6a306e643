/** The stand-in speaks Stripe's HTTP: shapes, statuses and refusals as a client of Stripe knows them. */

import type Stripe from 'stripe'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PaymentMethod } from '../../../api/payment/stand-in/card.ts'
import type { Charge, Refund } from '../../../api/payment/stand-in/charge.ts'
import { field, parseForm } from '../../../api/payment/stand-in/form.ts'
import type { Intent } from '../../../api/payment/stand-in/intent.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  cardForm,
  PUBLISHABLE_KEY,
  type StandInProcess,
  startStandIn,
  whileKeyIsInUse,
  withDatabase,
} from './stand-in.ts'

/**
 * These compile only while the stand-in's objects fit the SDK's types: every field that both have fits,
 * and no field that the SDK promises is missing. `tsc` is the test.
 */
type Fits<Ours, Theirs> = [Misfit<Ours, Theirs>, Missing<Ours, Theirs>] extends [never, never]
  ? true
  : { misfit: Misfit<Ours, Theirs>; missing: Missing<Ours, Theirs> }
type Misfit<Ours, Theirs> = {
  [Name in keyof Ours & keyof Theirs]: Ours[Name] extends Theirs[Name] ? never : Name
}[keyof Ours & keyof Theirs]
type Missing<Ours, Theirs> = {
  [Name in keyof Theirs]-?: undefined extends Theirs[Name] ? never : Exclude<Name, keyof Ours>
}[keyof Theirs]
true satisfies Fits<Intent, Stripe.PaymentIntent>
true satisfies Fits<Charge, Stripe.Charge>
true satisfies Fits<Refund, Stripe.Refund>
true satisfies Fits<PaymentMethod, Stripe.PaymentMethod>

const it = suite('payment stand-in')
const keep = cleanUp(it)
let standIn: StandInProcess

const NEW = {
  amount: '3976',
  currency: 'usd',
  capture_method: 'manual',
  'allowed_payment_method_types[0]': 'card',
  'metadata[order]': 'order-1',
}

it.before(async () => {
  standIn = keep(await startStandIn())
})

async function created(form: Record<string, string> = NEW) {
  const { status, body } = await standIn.call('POST', '/v1/payment_intents', form)
  assert.is(status, 200, JSON.stringify(body))
  return body
}

it('reads nested forms', () => {
  const form = parseForm('a[b][c]=1&a[b][d]=2&e[]=x&e[]=y&f[0]=z&g=%5B1%5D')
  assert.equal(JSON.parse(JSON.stringify(form)), {
    a: { b: { c: '1', d: '2' } },
    e: ['x', 'y'],
    f: ['z'],
    g: '[1]',
  })
  assert.is(field(form, 'a', 'b', 'c'), '1')
  assert.is(field(form, '__proto__'), undefined)
})

it('answers with a request id and takes the key as Basic user or as Bearer', async () => {
  const { headers, body } = await standIn.call('POST', '/v1/payment_intents', NEW)
  assert.match(headers.get('request-id') ?? '', /^req_/)
  assert.is(body.object, 'payment_intent')
  const basic = `Basic ${Buffer.from('sk_test_standin:').toString('base64')}`
  const url = `${standIn.url()}/v1/payment_intents/${body.id}`
  assert.is((await fetch(url, { headers: { authorization: basic } })).status, 200)
  assert.is((await fetch(url, { headers: { authorization: 'Bearer sk_test_x' } })).status, 401)
  assert.is((await fetch(url)).status, 401)
})

const refusals: readonly [string, Record<string, string>, string, string | undefined][] = [
  ['no amount', { amount: '' }, 'amount', 'parameter_missing'],
  ['a fraction', { amount: '1.5' }, 'amount', 'parameter_invalid_integer'],
  ['too little', { amount: '49' }, 'amount', 'amount_too_small'],
  ['too much', { amount: '100000000' }, 'amount', 'amount_too_large'],
  ['a currency in capitals', { currency: 'USD' }, 'currency', undefined],
  ['an unknown parameter', { amoumt: '1' }, 'amoumt', 'parameter_unknown'],
  [
    'payment_method_types, which this API version has no more',
    { 'payment_method_types[]': 'card' },
    'payment_method_types',
    'payment_method_types_no_longer_supported',
  ],
]
for (const [what, change, param, code] of refusals) {
  it(`refuses ${what} and names the parameter`, async () => {
    const { status, body } = await standIn.call('POST', '/v1/payment_intents', {
      ...NEW,
      ...change,
    })
    assert.is(status, 400)
    assert.is(body.error.type, 'invalid_request_error')
    assert.is(body.error.param, param)
    assert.is(body.error.code, code)
  })
}

it('answers a repeated key with the first answer, marked as replayed', async () => {
  const first = await standIn.call('POST', '/v1/payment_intents', NEW, 'key-1')
  const second = await standIn.call('POST', '/v1/payment_intents', NEW, 'key-1')
  assert.equal(second.body, first.body)
  assert.is(first.headers.get('idempotent-replayed'), null)
  assert.is(second.headers.get('idempotent-replayed'), 'true')
})

it('refuses another body under the same key', async () => {
  await standIn.call('POST', '/v1/payment_intents', NEW, 'key-2')
  const other = await standIn.call('POST', '/v1/payment_intents', { ...NEW, amount: '1' }, 'key-2')
  assert.is(other.status, 400)
  assert.is(other.body.error.type, 'idempotency_error')
})

it('does not keep an answer that only refused the parameters', async () => {
  const wrong = await standIn.call('POST', '/v1/payment_intents', { ...NEW, amount: '1' }, 'key-3')
  assert.is(wrong.status, 400)
  assert.is((await standIn.call('POST', '/v1/payment_intents', NEW, 'key-3')).status, 200)
})

it('keeps a refusal that came of the payment’s state', async () => {
  const { id, client_secret } = await created()
  const path = `/v1/payment_intents/${id}/capture`
  const first = await standIn.call('POST', path, {}, 'key-4')
  await standIn.confirm(client_secret, cardForm('pm_card_visa'))
  const second = await standIn.call('POST', path, {}, 'key-4')
  assert.is(first.body.error.code, 'payment_intent_unexpected_state')
  assert.equal(second.body, first.body)
})

it('refuses a key that is in use this moment', async () => {
  const { status, body } = await whileKeyIsInUse(standIn, 'key-5', () =>
    standIn.call('POST', '/v1/payment_intents', NEW, 'key-5'),
  )
  assert.is(status, 409)
  assert.is(body.error.code, 'idempotency_key_in_use')
  assert.is((await standIn.call('POST', '/v1/payment_intents', NEW, 'key-5')).status, 200)
})

it('shows a browser its own payment only, without metadata, and lets it do nothing else', async () => {
  const { id, client_secret } = await created()
  const path = `/v1/payment_intents/${id}`
  const key = PUBLISHABLE_KEY
  const seen = await standIn.call('GET', path, { key, client_secret })
  assert.is(seen.body.amount, 3976)
  assert.is(seen.body.metadata, undefined)
  assert.is((await standIn.call('GET', path, { key })).status, 400)
  assert.is((await standIn.call('GET', path, { key, client_secret: `${id}_secret_x` })).status, 400)
  assert.is((await standIn.call('POST', `${path}/cancel`, { key, client_secret })).status, 403)
  assert.is((await standIn.call('POST', '/v1/payment_intents', { ...NEW, key })).status, 403)
})

const CARDS: readonly [string, string, string, string?, string?][] = [
  ['pm_card_visa', '4242', 'requires_capture'],
  ['pm_card_mastercard', '4444', 'requires_capture'],
  ['pm_card_chargeCustomerFail', '0341', 'requires_capture'],
  ['pm_card_chargeDeclined', '0002', 'requires_payment_method', 'card_declined', 'generic_decline'],
  [
    'pm_card_chargeDeclinedInsufficientFunds',
    '9995',
    'requires_payment_method',
    'card_declined',
    'insufficient_funds',
  ],
  [
    'pm_card_chargeDeclinedLostCard',
    '9987',
    'requires_payment_method',
    'card_declined',
    'lost_card',
  ],
  [
    'pm_card_chargeDeclinedExpiredCard',
    '0069',
    'requires_payment_method',
    'expired_card',
    'expired_card',
  ],
  [
    'pm_card_chargeDeclinedIncorrectCvc',
    '0127',
    'requires_payment_method',
    'incorrect_cvc',
    'incorrect_cvc',
  ],
]
for (const [name, last4, status, code, declineCode] of CARDS) {
  it(`takes ${name} from a browser as ${code ?? 'good'}`, async () => {
    const { id, client_secret } = await created()
    const answer = await standIn.confirm(client_secret, cardForm(name))
    assert.is(answer.status, code === undefined ? 200 : 402)
    assert.is(answer.body.error?.type, code === undefined ? undefined : 'card_error')
    assert.is(answer.body.error?.code, code)
    assert.is(answer.body.error?.decline_code, declineCode)
    const { body } = await standIn.call('GET', `/v1/payment_intents/${id}`, {
      'expand[]': 'latest_charge',
    })
    assert.is(body.status, status)
    assert.is(body.amount_capturable, status === 'requires_capture' ? 3976 : 0)
    const charge = body.latest_charge
    assert.is(charge.outcome.type, code === undefined ? 'authorized' : 'issuer_declined')
    assert.is(charge.payment_method_details.card.last4, last4)
    assert.not.match(JSON.stringify(body), /\d{12}/)
  })
}

const named: readonly [string, string, number][] = [
  ['pm_card_visa', 'requires_capture', 200],
  ['pm_card_chargeDeclined', 'requires_payment_method', 402],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'requires_payment_method', 402],
  ['pm_card_authenticationRequired', 'requires_action', 200],
  ['pm_none', 'requires_payment_method', 404],
]
for (const [name, state, status] of named) {
  it(`takes ${name} from a server`, async () => {
    const { id } = await created()
    const path = `/v1/payment_intents/${id}`
    const answer = await standIn.call('POST', `${path}/confirm`, { payment_method: name })
    assert.is(answer.status, status)
    assert.is((await standIn.call('GET', path)).body.status, state)
  })
}

async function everyRow(): Promise<string> {
  return withDatabase(standIn, async (client) => {
    let rows = ''
    for (const table of ['intent', 'charge', 'payment_method', 'event', 'idempotency']) {
      const read = await client.query(`select t::text as line from ${table} t`)
      assert.ok(read.rows.length > 0, table)
      rows += read.rows.map((row) => `${row.line}\n`).join('')
    }
    return rows
  })
}

it('keeps no test card’s number either, only its last four digits', async () => {
  const { client_secret } = await created()
  await standIn.confirm(client_secret, cardForm('pm_card_chargeDeclinedStolenCard'))
  const rows = await everyRow()
  assert.match(rows, '9979')
  assert.not.match(rows, /400000000000|424242424242/)
})

for (const number of ['4242424242424242', '4111111111111111']) {
  it(`refuses the raw number ${number} from anybody, tries nothing and keeps nothing of it`, async () => {
    const { id, client_secret } = await created()
    const raw = {
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': number,
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2040',
      'payment_method_data[card][cvc]': '123',
    }
    const path = `/v1/payment_intents/${id}/confirm`
    const before = await everyRow()
    for (const answer of [
      await standIn.confirm(client_secret, raw),
      await standIn.call('POST', path, raw, `raw-${number.slice(-4)}-${id}`),
      await standIn.call('POST', path, { ...raw, payment_method: 'pm_card_visa' }),
      await standIn.call('POST', `${path}?${new URLSearchParams(raw)}`),
    ]) {
      assert.is(answer.status, 400)
      assert.is(answer.body.error.type, 'invalid_request_error')
      assert.is(answer.body.error.param, 'payment_method_data')
      assert.match(answer.body.error.message, 'Raw card numbers are not taken here.')
      assert.not.match(JSON.stringify(answer.body), number)
    }
    assert.is(await everyRow(), before)
    assert.not.match(before, number)
  })
}

async function challenged(form: Record<string, string>) {
  const { id, client_secret } = await created()
  const { body } = await standIn.confirm(client_secret, {
    ...cardForm('pm_card_authenticationRequired'),
    ...form,
  })
  assert.is(body.status, 'requires_action')
  return { id, client_secret, action: body.next_action }
}

function answered(url: string, answer: string): Promise<Response> {
  const { origin, pathname, searchParams } = new URL(url)
  searchParams.set('answer', answer)
  return fetch(`${origin}${pathname}`, { method: 'POST', body: searchParams, redirect: 'manual' })
}

it('authorises when the visitor completes the bank’s question', async () => {
  const { id, action } = await challenged({})
  assert.is(action.type, 'use_stripe_sdk')
  const page = await (await fetch(action.use_stripe_sdk.stripe_js)).text()
  assert.match(page, 'TEST')
  assert.match(page, '$39.76')
  await answered(action.use_stripe_sdk.stripe_js, 'complete')
  assert.is(
    (await standIn.call('GET', `/v1/payment_intents/${id}`)).body.status,
    'requires_capture',
  )
})

it('wants another card when the visitor fails the bank’s question, and counts no charge', async () => {
  const { id, action } = await challenged({})
  await answered(action.use_stripe_sdk.stripe_js, 'fail')
  const { body } = await standIn.call('GET', `/v1/payment_intents/${id}`)
  assert.is(body.status, 'requires_payment_method')
  assert.is(body.last_payment_error.code, 'payment_intent_authentication_failure')
  assert.is(body.latest_charge, null)
})

it('lets an old question change nothing, nor one without the client secret', async () => {
  const { id, client_secret, action } = await challenged({})
  const url = action.use_stripe_sdk.stripe_js
  const stranger = await answered(url.replace(client_secret, `${id}_secret_x`), 'complete')
  assert.is(stranger.status, 404)
  await standIn.confirm(client_secret, cardForm('pm_card_authenticationRequired'))
  await answered(url, 'complete')
  assert.is((await standIn.call('GET', `/v1/payment_intents/${id}`)).body.status, 'requires_action')
})

it('sends the visitor back to the address that the server gave', async () => {
  const { id, action } = await challenged({
    use_stripe_sdk: 'false',
    return_url: 'https://shop.example/back?order=1',
  })
  const response = await answered(action.redirect_to_url.url, 'complete')
  assert.is(response.status, 303)
  const back = new URL(response.headers.get('location') ?? '')
  assert.is(`${back.origin}${back.pathname}`, 'https://shop.example/back')
  assert.is(back.searchParams.get('payment_intent'), id)
  assert.is(back.searchParams.get('redirect_status'), 'succeeded')
})

it('gives refunds in pages, charges and events by id', async () => {
  const { id, client_secret } = await created()
  await standIn.confirm(client_secret, cardForm('pm_card_visa'))
  await standIn.call('POST', `/v1/payment_intents/${id}/capture`)
  for (const amount of ['100', '200', '300']) {
    await standIn.call('POST', '/v1/refunds', { payment_intent: id, amount })
  }
  const page = (form: Record<string, string>) =>
    standIn.call('GET', '/v1/refunds', { payment_intent: id, limit: '2', ...form })
  const first = (await page({})).body
  assert.equal(
    first.data.map((refund: Refund) => refund.amount),
    [300, 200],
  )
  assert.is(first.has_more, true)
  const rest = (await page({ starting_after: first.data[1].id })).body
  assert.equal([rest.data[0].amount, rest.has_more], [100, false])
  const charge = (await standIn.call('GET', `/v1/charges/${rest.data[0].charge}`)).body
  assert.equal([charge.amount_captured, charge.amount_refunded], [3976, 600])
  const event = (await standIn.books()).events.at(-1)
  const told = (await standIn.call('GET', `/v1/events/${event?.id}`)).body
  assert.equal([told.type, told.data.object.id], ['charge.refunded', charge.id])
})

it('hides a new payment from searches for as long as it is told to', async () => {
  const slow = keep(await startStandIn({ SEARCH_LAG_SECONDS: '60' }))
  await slow.call('POST', '/v1/payment_intents', NEW)
  const query = "metadata['order']:'order-1'"
  const { body } = await slow.call('GET', '/v1/payment_intents/search', { query })
  assert.equal(body.data, [])
})

it('shows people a page that says TEST, and its books only to the secret key', async () => {
  assert.match(await (await fetch(standIn.url())).text(), 'TEST')
  assert.is((await fetch(`${standIn.url()}/simulation/books`)).status, 401)
  assert.is((await fetch(`${standIn.url()}/no-such-page`)).status, 404)
  assert.is((await fetch(`${standIn.url()}/frame/..%2f..%2fmain.ts`)).status, 404)
})

it.run()
