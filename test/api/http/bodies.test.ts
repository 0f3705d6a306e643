import { request as httpRequest } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from './declared.ts'

const bodies = suite('bodies')
const keep = cleanUp(bodies)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
const key = PAGE_KEY

bodies.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [{ seller: 0, quantity: 1_000, priceMinor: 300 }])
  api = await declared(stack.url)
})

const epoch = async () => (await api.send<{ epoch: number }>('GET', '/readyz')).body.epoch

bodies('what is not JSON is refused', async () => {
  for (const raw of ['', '{', '{"quantity_tonnes":5', 'quantity_tonnes=5', 'undefined', '\u0000']) {
    const { status, body } = await api.send<ProblemBody>('POST', '/v1/quotes', { key, raw })
    assert.is(status, 400, raw)
    assert.is(body.code, 'invalid_request', raw)
  }
})

bodies('JSON that is no object is refused', async () => {
  for (const raw of ['null', '[]', '5', '"quantity_tonnes"', 'true', `${'['.repeat(200_000)}`]) {
    const { status, body } = await api.send<ProblemBody>('POST', '/v1/quotes', { key, raw })
    assert.is(status, 400, raw.slice(0, 20))
    assert.is(body.code, 'invalid_request')
  }
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const { status } = await api.send('POST', '/v1/quotes', { key, raw: `{"filter":${deep}}` })
  assert.is(status, 400)
})

bodies('a form is refused: nothing here is sent by one', async () => {
  const { status, body } = await api.send<ProblemBody>('POST', '/v1/quotes', {
    key,
    raw: 'quantity_tonnes=5',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.is(status, 400)
  assert.is(body.code, 'invalid_request')
})

bodies('a body that is too large is refused, and the answer arrives', async () => {
  const raw = JSON.stringify({ quantity_tonnes: 5, padding: 'x'.repeat(3_000_000) })
  const { status, body } = await api.send<ProblemBody>('POST', '/v1/quotes', { key, raw })
  assert.is(status, 400)
  assert.is(body.code, 'invalid_request')
  assert.match(body.errors?.[0]?.message ?? '', /larger than 1000000 bytes/)
})

bodies('a body that is broken off harms nobody', async () => {
  const url = new URL('/v1/quotes', stack.url)
  await new Promise<void>((resolve) => {
    const cut = httpRequest(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-length': '1000' },
    })
    cut.on('error', () => resolve())
    cut.write('{"quantity_tonnes":')
    setTimeout(() => cut.destroy(), 100)
  })
  assert.is(
    (await api.send('POST', '/v1/quotes', { key, body: { quantity_tonnes: 20 } })).status,
    200,
  )
})

bodies(
  'a text that Postgres cannot keep is refused, and the market goes on undisturbed',
  async () => {
    const before = await epoch()
    const good = orderBody(20, 1_000_000)
    const poisoned = [
      { ...good, consent: { ...good.consent, text: `${good.consent.text}\u0000` } },
      { ...good, consent: { ...good.consent, text: `${good.consent.text}\ud800` } },
      { ...good, consent: { ...good.consent, language: 'e\u0000' } },
      { ...good, beneficiary: 'half \udc00' },
      { ...good, purpose: 'half \ud83d' },
    ]
    for (const body of poisoned) {
      const told = await api.send<ProblemBody>('POST', '/v1/orders', {
        key,
        body,
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      assert.is(told.status, 400)
      assert.is(told.body.code, 'invalid_request')
    }
    assert.is(await epoch(), before)
  },
)

bodies('letters of all languages and signs of two halves are kept as they came', async () => {
  const beneficiary = 'Zoë · 東京 · عربي · 🌍'
  const placed = await api.send<{ beneficiary: string }>('POST', '/v1/orders', {
    key,
    body: { ...orderBody(20, 1_000_000), beneficiary },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  assert.is(placed.status, 201, placed.text)
  assert.is(placed.body.beneficiary, beneficiary)
})

bodies('control characters, blanks alone and too long texts are no beneficiary', async () => {
  const texts = ['a\nb', 'a\tb', ' ', '', '\u001b[31m', '\u0085', 'x'.repeat(121)]
  for (const beneficiary of texts) {
    const told = await api.send<ProblemBody>('POST', '/v1/orders', {
      key,
      body: { ...orderBody(20, 1_000_000), beneficiary },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    assert.is(told.body.code, 'invalid_request', JSON.stringify(beneficiary))
    assert.is(told.body.errors?.[0]?.path, 'beneficiary')
  }
})

bodies('an order needs a key of 16 to 128 printable characters', async () => {
  const body = orderBody(20, 1_000_000)
  for (const headers of [
    {},
    { 'idempotency-key': '' },
    { 'idempotency-key': 'x'.repeat(15) },
    { 'idempotency-key': 'x'.repeat(129) },
    { 'idempotency-key': 'sixteen letters and a space' },
    { 'idempotency-key': 'é'.repeat(20) },
  ]) {
    const told = await api.send<ProblemBody>('POST', '/v1/orders', { key, body, headers })
    assert.is(told.status, 400)
    assert.is(told.body.code, 'idempotency_key_missing')
  }
})

bodies.run()
