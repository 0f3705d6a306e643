import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from './declared.ts'

const problems = suite('problems')
const keep = cleanUp(problems)
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared

problems.before(async () => {
  stack = keep(await startStack())
  api = await declared(stack.url)
})

/** The lines of the API's log about one request; they come through a pipe. */
async function logged(request: string): Promise<readonly Record<string, unknown>[]> {
  const until = Date.now() + 10_000
  for (;;) {
    const lines = readFileSync(join(stack.folder, 'api.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes(request) && line.endsWith('}'))
    if (lines.length > 0) return lines.map((line) => JSON.parse(line))
    assert.ok(Date.now() < until, `nothing of ${request} in the log`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const metrics = async () =>
  (await api.send('GET', '/metrics', { key: stack.keys.operatorToken })).text

const plain = async (method: string, path: string, accept?: string) => {
  const response = await fetch(`${stack.url}${path}`, {
    method,
    ...(accept ? { headers: { accept } } : {}),
  })
  return { response, text: await response.text() }
}

problems('an address that leads nowhere is a problem for programs', async () => {
  for (const path of ['/nowhere', '/v1/nowhere', '/v1', '/certificates', '/pages/none.css']) {
    const { response, text } = await plain('GET', path)
    assert.is(response.status, 404, path)
    assert.is(response.headers.get('content-type'), 'application/problem+json')
    assert.is(JSON.parse(text).code, 'not_found')
  }
})

problems(
  'an address that leads nowhere is a page for people, except among the programs',
  async () => {
    const page = await plain('GET', '/nowhere', BROWSER)
    assert.is(page.response.status, 404)
    assert.match(page.response.headers.get('content-type') ?? '', /^text\/html/)
    assert.ok(page.response.headers.get('content-security-policy')?.includes("default-src 'none'"))
    const program = await plain('GET', '/v1/nowhere', BROWSER)
    assert.is(program.response.headers.get('content-type'), 'application/problem+json')
  },
)

problems('a path cannot break the server', async () => {
  const paths = ['/%', '/%00', '/v1/orders/%00', '/v1/orders/%00/events', '/certificates/%E0%A4%A']
  for (const path of [...paths, '/v1/certificates/%00', '/problems/%00', '//', '/v1/offers/%ff']) {
    const { response, text } = await plain('GET', path)
    assert.ok(response.status < 500, `${path}: ${response.status} ${text}`)
  }
})

problems('a method that an address does not know is refused', async () => {
  for (const [method, path] of [
    ['GET', '/v1/quotes'],
    ['DELETE', '/v1/market'],
    ['PUT', '/v1/orders'],
    ['POST', '/healthz'],
  ] as const) {
    const { response } = await plain(method, path)
    assert.ok([404, 405].includes(response.status), `${method} ${path}: ${response.status}`)
  }
})

problems('HEAD answers as GET does, without a body', async () => {
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/problems/price_moved', '/']) {
    const { response, text } = await plain('HEAD', path)
    assert.is(response.status, 200, path)
    assert.is(text, '')
  }
})

problems('health and readiness are told without a key', async () => {
  const health = await api.send<{ ok?: boolean; market?: string }>('GET', '/healthz')
  assert.is(health.body.ok, true)
  assert.is(health.body.market, 'holding')
  const { body } = await api.send<{ ok: boolean; market: string }>('GET', '/readyz')
  assert.is(body.ok, true)
  assert.is(body.market, 'holding')
})

problems('an error that was not expected tells its request and nothing else', async () => {
  const client = new pg.Client(stack.databases.api.url)
  await client.connect()
  await client.query('ALTER TABLE certificate RENAME TO mislaid')
  try {
    const { status, body, text, headers } = await api.send<ProblemBody>(
      'GET',
      `/v1/certificates/${'a'.repeat(26)}`,
    )
    assert.is(status, 500)
    assert.is(body.code, 'internal')
    assert.is(body.detail, `Request ${headers.get('x-request-id')}.`)
    assert.not.match(text, /certificate|relation|sql|postgres|\.ts/i)
    const page = await plain('GET', `/certificates/${'a'.repeat(26)}`, BROWSER)
    assert.is(page.response.status, 500)
    assert.match(page.response.headers.get('content-type') ?? '', /^text\/html/)
    const lines = await logged(headers.get('x-request-id') ?? '?')
    assert.equal(
      lines.map(({ level, msg, code }) => ({ level, msg, code })),
      [{ level: 50, msg: 'request failed', code: 'internal' }],
    )
    assert.ok(lines[0]?.err, 'the log has the error')
  } finally {
    await client.query('ALTER TABLE mislaid RENAME TO certificate')
    await client.end()
  }
})

problems(
  'every metric that the page for operators names is exported, and the other way',
  async () => {
    const exported = await metrics()
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
    const named = new Set(page.match(/\b(offset_button|nodejs)_[a-z0-9_]+/g))
    for (const name of named) assert.match(exported, new RegExp(`^# TYPE ${name} `, 'm'))
    const ours = [...exported.matchAll(/^# TYPE (offset_button_\w+) /gm)].map(([, name]) => name)
    assert.ok(ours.length > 5, exported)
    for (const name of ours) assert.ok(named.has(name ?? ''), `${name} is not on the page`)
    const events = [...exported.matchAll(/host_events_total\{event="([^"]+)"\}/g)]
    assert.ok(events.length > 5, exported)
    for (const [, event] of events)
      assert.ok(page.includes(`${event}`), `${event} is not on the page`)
    for (const [, event = ''] of page.matchAll(/event="([^"]+)"/g)) {
      assert.ok(exported.includes(`event="${event}"`), `${event} is not counted`)
    }
    for (const series of ['market_held 1', 'orders_waiting{for="answer"} 0']) {
      assert.ok(exported.includes(`offset_button_${series}\n`), series)
    }
  },
)

problems('requests are counted by route, never by path', async () => {
  const exported = await metrics()
  const counts = new Map(
    [...exported.matchAll(/^offset_button_requests_total\{(.*)\} (\d+)$/gm)].map(
      ([, labels = '', count]) => [labels, Number(count)],
    ),
  )
  const of = (method: string, route: string, status: number) =>
    counts.get(`method="${method}",route="${route}",status="${status}"`)
  assert.is(of('GET', '/v1/certificates/:certificate', 500), 1)
  assert.is(of('GET', '/certificates/:file', 500), 1)
  assert.is(of('POST', '/v1/orders', 500), 0, 'what never failed is there before it does')
  assert.is(of('HEAD', '/readyz', 200), 1)
  assert.ok((of('GET', 'none', 404) ?? 0) > 3)
  for (const labels of counts.keys()) assert.not.match(labels, /nowhere|aaaa|%/)
})

problems(
  'without its database the API says that it is not ready, and heals by itself',
  async () => {
    const admin = new pg.Client(stack.databases.registry.url)
    await admin.connect()
    const { name } = stack.databases.api
    try {
      await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`)
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
        [name],
      )
      const down = await api.send<{ ok: boolean; postgres: boolean }>('GET', '/readyz')
      assert.is(down.status, 503)
      assert.is(down.body.postgres, false)
      assert.is((await api.send('GET', '/healthz')).status, 200)
      const refused = await api.send('GET', '/v1/market', { key: PAGE_KEY })
      assert.is(refused.status, 503)
      const [line] = await logged(refused.headers.get('x-request-id') ?? '?')
      assert.is(line?.level, 40, 'a wanted refusal is a warning')
      assert.not.match(await metrics(), /^offset_button_orders_waiting\{/m)
    } finally {
      await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`)
      await admin.end()
    }
    const until = Date.now() + 20_000
    for (;;) {
      const { status } = await api.send('GET', '/readyz')
      if (status === 200) break
      assert.ok(Date.now() < until, 'not ready again')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  },
)

problems.run()
