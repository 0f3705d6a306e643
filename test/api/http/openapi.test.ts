import { PROBLEMS, type ProblemCode } from '@offset-button/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared } from './declared.ts'

const openapi = suite('/openapi.json')
const keep = cleanUp(openapi)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let sellerKey = ''

openapi.before(async () => {
  stack = keep(await startStack())
  const { sellers } = await openMarket(stack, [{ seller: 0, quantity: 10, priceMinor: 300 }])
  sellerKey = sellers[0]?.key ?? ''
  api = await declared(stack.url)
})

openapi('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(api.document))
  assert.ok(valid, JSON.stringify(errors, null, 1)?.slice(0, 2000))
})

openapi('operations have names of their own', () => {
  const names = api.operations.map(({ operation }) => operation.operationId)
  assert.is(new Set(names).size, names.length)
})

openapi('every example of a problem is one, and stands under its own status', () => {
  let examples = 0
  for (const { operation } of api.operations) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const media = content['application/problem+json'] as
        | { examples: Record<string, { value: { status: number; code: string } }> }
        | undefined
      for (const [code, { value }] of Object.entries(media?.examples ?? {})) {
        assert.ok(api.isValid('Problem', value), code)
        assert.is(String(value.status), status)
        assert.is(value.code, code)
        examples++
      }
    }
  }
  assert.ok(examples > 50, `${examples} examples`)
})

openapi('every declared path is served, and answers as declared', async () => {
  const keyOf: Record<string, string> = {
    publishableKey: PAGE_KEY,
    sellerKey,
    operatorToken: stack.keys.operatorToken,
  }
  const parameters: Record<string, string> = {
    order: 'a'.repeat(26),
    certificate: 'a'.repeat(26),
    offer: '999',
    seller: 'somebody',
    key: 'pk_demo_somebody',
    code: 'price_moved',
  }
  for (const { path, method, operation } of api.operations) {
    const scheme = Object.keys(operation.security[0] ?? {})[0]
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '')
    const { body } = await api.send<{ code?: ProblemCode }>(method.toUpperCase(), filled, {
      ...(scheme ? { key: keyOf[scheme] ?? '' } : {}),
      ...(operation.requestBody ? { body: {} } : {}),
    })
    if (body && path !== '/problems/{code}') assert.is.not(body.code, 'not_found', path)
  }
})

openapi('every problem has a page that explains it, at the address that is its type', async () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const { body } = await api.send<{ type: string; title: string }>('GET', `/problems/${code}`)
    assert.is(body.type, `/problems/${code}`)
    assert.is(body.title, PROBLEMS[code].sentence)
    const page = await fetch(`${stack.url}${body.type}`, { headers: { accept: 'text/html' } })
    assert.is(page.status, 200)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    assert.ok((await page.text()).includes(code))
  }
  const { status } = await api.send('GET', '/problems/no_such_code')
  assert.is(status, 404)
})

openapi.run()
