import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startNode } from '@offset-button/demo-site/start/child-process'
import { freePort } from '@offset-button/demo-site/start/free-port'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket } from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'

const refusals = suite('a start that is refused')
const keep = cleanUp(refusals)

const LIVE = {
  STRIPE_SECRET_KEY: 'sk_live_0123456789abcdef',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
}
const TEST = {
  ...LIVE,
  STRIPE_SECRET_KEY: 'sk_test_0123456789abcdef',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_0123456789abcdef',
}

let stack: Awaited<ReturnType<typeof startStack>>
let realRegistry = ''

refusals.before(async () => {
  stack = keep(await startStack())
  // It only describes itself: nothing else is asked of it before the refusal.
  const registry = keep(
    createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          simulated: false,
          id: 'CDM',
          name: 'A registry that is not simulated',
          phases: 'two-phase',
          one_transaction_at_a_time: true,
          max_blocks_per_transaction: 3000,
          opens_at: null,
          closes_at: null,
          closes_at_reported: false,
        }),
      )
    }),
  )
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  realRegistry = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`
})

/** Starts the real process and waits for its end: what it said, and how it ended. */
async function start(env: Record<string, string>) {
  const child = await startNode({
    name: 'API',
    file: join(import.meta.dirname, '../../../api/main.ts'),
    env: {
      PORT: '0',
      DATABASE_URL: stack.databases.api.url,
      REGISTRY_URL: stack.registryUrl,
      REGISTRY_API_TOKEN: stack.keys.registryToken,
      OPERATOR_TOKEN: stack.keys.operatorToken,
      REDIS_URL: '',
      DEMO: '',
      ...env,
    },
    logFile: join(stack.folder, `refused-${Math.random()}.log`),
  })
  keep(child)
  const exit = await Promise.race([
    child.exited,
    new Promise<null>((resolve) => setTimeout(resolve, 60_000, null)),
  ])
  return { code: exit?.code, said: child.tail }
}

async function isRefused(env: Record<string, string>, sentence: RegExp) {
  const { code, said } = await start(env)
  assert.is(code, 1, said)
  assert.match(said, sentence)
  assert.is(said.split('\n').length, 1, said)
  for (const secret of [...Object.values(LIVE), ...Object.values(TEST)]) {
    assert.not.ok(said.includes(secret))
  }
}

refusals('a live key meets a simulated registry', () =>
  isRefused(LIVE, /^A live Stripe key must not meet a simulated registry: .+\.$/),
)

refusals('a live key meets a stand-in', () =>
  isRefused({ ...LIVE, STRIPE_API_URL: stack.paymentUrl }, /^A live Stripe key .+ stand-in\.$/),
)

refusals('a real registry meets a test key', () =>
  isRefused(
    { ...TEST, REGISTRY_URL: realRegistry },
    /^A real registry must not meet a Stripe test key: .+\.$/,
  ),
)

refusals('a real registry meets the payment stand-in', () =>
  isRefused(
    { ...TEST, REGISTRY_URL: realRegistry, STRIPE_API_URL: stack.paymentUrl },
    /^A real registry must not meet the payment stand-in: .+\.$/,
  ),
)

refusals('a live key meets a market that is called a demonstration', () =>
  isRefused(
    { ...LIVE, REGISTRY_URL: realRegistry, DEMO: '1' },
    /^A live Stripe key must not meet a seeded market: .+\.$/,
  ),
)

refusals('a live key meets a market that once was seeded, whatever it is called now', async () => {
  await openMarket(stack, [], 1)
  await isRefused(
    { ...LIVE, REGISTRY_URL: realRegistry },
    /^A live Stripe key must not meet a seeded market: .+\.$/,
  )
})

refusals('something is missing', () =>
  isRefused({ ...TEST, OPERATOR_TOKEN: '' }, /^Missing or not readable: OPERATOR_TOKEN\.$/),
)

refusals('the port is taken', () =>
  isRefused(
    { ...TEST, STRIPE_API_URL: stack.paymentUrl, PORT: new URL(stack.url).port },
    /^Port \d+ is taken by another program\. Set PORT to a free one\.$/,
  ),
)

refusals('the registry does not answer, or takes no such token', async () => {
  const wrong = { ...TEST, STRIPE_API_URL: stack.paymentUrl, REGISTRY_API_TOKEN: 'another' }
  await isRefused(wrong, /^The registry at \S+ does not answer\.$/)
})

refusals('the database does not exist, or nothing answers at its address', async () => {
  const env = { ...TEST, STRIPE_API_URL: stack.paymentUrl }
  const missing = new URL(stack.databases.api.url)
  missing.pathname = 'no_such_database'
  await isRefused(
    { ...env, DATABASE_URL: missing.href },
    /^The database cannot be brought up to date: .+ does not exist\.$/,
  )
  const silent = new URL(stack.databases.api.url)
  silent.host = `localhost:${await freePort()}`
  await isRefused(
    { ...env, DATABASE_URL: silent.href },
    /^The database cannot be brought up to date: connect ECONNREFUSED .+\.$/,
  )
})

refusals.run()
