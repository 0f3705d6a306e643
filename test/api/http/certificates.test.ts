import type { Certificate, Order } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  placeOrder,
  readOrder,
  untilOrder,
} from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from './declared.ts'

const certificates = suite('certificates by HTTP')
const keep = cleanUp(certificates)
const BENEFICIARY = 'Zoë <b>&</b> "Friends" · 東京'

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let order: Order
let id = ''

certificates.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 100, priceMinor: 300 },
    { seller: 1, quantity: 100, priceMinor: 310, project: 2, vintage: 2011 },
  ])
  api = await declared(stack.url)
  const placed = await placeOrder(stack, {
    ...orderBody(150, 10_000_000),
    beneficiary: BENEFICIARY,
  })
  await confirmCard(stack, placed.body)
  order = await untilOrder(stack, placed.body.id)
  id = order.certificate?.id ?? ''
})

const page = async (path: string, accept = 'text/html') => {
  const response = await fetch(`${stack.url}${path}`, { headers: { accept } })
  return { response, type: response.headers.get('content-type') ?? '' }
}

certificates('anybody reads it, and it lists what the registry cancelled', async () => {
  const { status, body } = await api.send<Certificate>('GET', `/v1/certificates/${id}`)
  assert.is(status, 200)
  assert.match(id, /^[a-z2-7]{26}$/)
  assert.equal([body.quantity_tonnes, body.simulated, body.demo], [150, true, true])
  assert.is(body.beneficiary, BENEFICIARY)
  assert.equal(
    body.lines.map((line) => [line.project.reference, line.vintage, line.quantity_tonnes]),
    [
      ['0037', 2014, 100],
      ['0089', 2011, 50],
    ],
  )
  const { cancelled, transactions } = await stack.registry.books()
  const ours = body.lines.flatMap((line) =>
    line.blocks.map((block) => ({ ...block, transaction: line.transaction })),
  )
  assert.equal(
    ours.toSorted((one, other) => one.start.localeCompare(other.start)),
    [...cancelled].toSorted((one, other) => one.start.localeCompare(other.start)),
  )
  for (const line of body.lines) {
    const made = transactions.find((one) => one.identifier === line.transaction)
    assert.is(made?.attestation, line.reference)
  }
})

certificates('it tells nothing of money, of the order, or of who sold', async () => {
  const { text } = await api.send('GET', `/v1/certificates/${id}`)
  for (const secret of [order.id, 'minor', 'seller', 'Demo seller', 'consent', 'pi_']) {
    assert.not.ok(text.includes(secret), secret)
  }
})

certificates('its page runs no script of others, and shows what it was given as text', async () => {
  const { response, type } = await page(`/certificates/${id}`)
  assert.is(response.status, 200)
  assert.match(type, /^text\/html; charset=utf-8$/)
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.not.match(policy, /unsafe-inline|\*/)
  assert.is(response.headers.get('x-content-type-options'), 'nosniff')
  const markup = await response.text()
  assert.not.ok(markup.includes('<b>&</b>'))
  assert.ok(markup.includes('&lt;b&gt;&amp;&lt;/b&gt;'))
})

certificates('its PDF is one, and is named after it', async () => {
  const { response, type } = await page(`/certificates/${id}.pdf`, '*/*')
  assert.is(response.status, 200)
  assert.is(type, 'application/pdf')
  assert.is(response.headers.get('content-disposition'), `inline; filename="certificate-${id}.pdf"`)
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.is(bytes.subarray(0, 5).toString(), '%PDF-')
  assert.match(bytes.subarray(-8).toString(), /%%EOF/)
})

certificates('the order names both addresses, and both answer', async () => {
  const { certificate } = await readOrder(stack, order.id)
  assert.is(certificate?.url, `${stack.url}/certificates/${id}`)
  for (const url of [certificate?.url, certificate?.pdf_url]) {
    assert.is((await fetch(url ?? '', { method: 'HEAD' })).status, 200)
  }
})

certificates('an unknown one is a problem for programs and a page for people', async () => {
  const other = `${id.slice(0, -1)}${id.endsWith('a') ? 'b' : 'a'}`
  for (const unknown of [other, 'x', id.toUpperCase(), `${id}x`, '%00', "' OR 1=1"]) {
    const path = encodeURIComponent(unknown)
    const told = await api.send<ProblemBody>('GET', `/v1/certificates/${path}`)
    assert.is(told.status, 404, unknown)
    assert.is(told.body.code, 'certificate_not_found')
    for (const end of ['', '.pdf']) {
      const seen = await page(`/certificates/${path}${end}`)
      assert.is(seen.response.status, 404)
      assert.match(seen.type, /^text\/html/)
      const program = await page(`/certificates/${path}${end}`, 'application/json')
      assert.is(program.type, 'application/problem+json')
    }
  }
})

certificates.run()
