import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LANGUAGES } from '@offset-button/contract/words/language'
import { type Configuration, readConfiguration } from '@offset-button/demo-site/configuration'
import { demoReadings, extremes, metres } from '@offset-button/demo-site/page/readings'
import { demoSite } from '@offset-button/demo-site/server'
import { startNode } from '@offset-button/demo-site/start/child-process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { temporaryFolder } from '../support/own-server.ts'

const site = suite('the demo site')
const keep = cleanUp(site)

const CONFIGURATION: Configuration = {
  port: 0,
  apiUrl: 'https://market.example',
  publishableKey: 'pk_demo_1',
  paymentScriptUrl: 'http://127.0.0.1:4242/v3/stripe.js',
}

async function serve(changes: Partial<Configuration> = {}): Promise<string> {
  const app = demoSite({ ...CONFIGURATION, ...changes })
  const server = keep(createServer(app.callback()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

site(
  'serves an article with the tag, its script and a link for pages without scripts',
  async () => {
    const response = await fetch(`${await serve()}/article`)
    assert.is(response.status, 200)
    assert.is(response.headers.get('content-type'), 'text/html; charset=utf-8')
    const page = await response.text()
    assert.match(
      page,
      '<offset-button key="pk_demo_1" api="https://market.example" tonnes="12"><a href="https://market.example/buy?key=pk_demo_1&#38;tonnes=12">',
    )
    assert.match(page, '<script type="module" src="/offset-button.js"></script>')
  },
)

site('the link for pages without scripts takes the language of its page along', async () => {
  const url = await serve()
  const arabic = await (await fetch(`${url}/ar`)).text()
  assert.match(arabic, 'href="https://market.example/buy?key=pk_demo_1&#38;tonnes=5&#38;lang=ar"')
  const made = await (await fetch(`${url}/make?tonnes=2&lang=fr`)).text()
  assert.match(made, /buy\?key=pk_demo_1[^"\s]*tonnes=2[^"\s]*lang=fr/)
})

site(
  'the words of that link are in the language chosen for the button, in tag and lines',
  async () => {
    const url = await serve()
    const said = new Set<string>()
    for (const lang of ['', ...LANGUAGES]) {
      const made = await (await fetch(`${url}/make?lang=${lang}`)).text()
      const text = made.replaceAll('&#60;', '<').replaceAll('&#62;', '>').replaceAll('&lt;', '<')
      const links = [...text.matchAll(/\/buy[^<]*>([^<>]+)<\/a>/g)].map(([, words = '']) => words)
      const [own = '', copied = ''] = links
      assert.is(copied, own, lang)
      said.add(own)
    }
    // Spanish and Portuguese say the same.
    assert.is(said.size, LANGUAGES.length - 1)
  },
)

site('marks what is invented', async () => {
  const page = await (await fetch(`${await serve()}/article`)).text()
  assert.match(page, 'Wend River Trust <span>(demo)</span>')
  assert.match(
    page,
    /<strong>Demo<\/strong>.*quantities, prices, years and serial numbers .* are invented/,
  )
  assert.match(page, 'Demo data.')
  assert.match(page, 'Demo figures')
})

site('claims nothing that a cancellation does not do', async () => {
  const page = (await (await fetch(`${await serve()}/article`)).text()).toLowerCase()
  for (const claim of [
    'neutral',
    'net zero',
    'net-zero',
    'compensat',
    'climate-friendly',
    'planted',
  ])
    assert.not.ok(page.includes(claim), claim)
})

site('escapes what its environment says', async () => {
  const page = await (
    await fetch(`${await serve({ publishableKey: `"><script>alert('1')</script>&` })}/article`)
  ).text()
  assert.not.match(page, '<script>alert')
  assert.match(page, 'key="&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#38;"')
})

site('allows exactly the API and the payment service', async () => {
  const { headers } = await fetch(`${await serve()}/`)
  const policy = new Map(
    headers
      .get('content-security-policy')
      ?.split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  )
  assert.equal(policy.get('default-src'), ["'none'"])
  assert.equal(policy.get('script-src'), ["'self'", 'http://127.0.0.1:4242'])
  assert.equal(policy.get('connect-src'), ['https://market.example', 'http://127.0.0.1:4242'])
  assert.equal(policy.get('frame-src'), ['http://127.0.0.1:4242'])
  assert.is(headers.get('x-content-type-options'), 'nosniff')
  assert.is(headers.get('set-cookie'), null)
})

site("allows Stripe's own frames and calls where Stripe takes the payment", async () => {
  const url = await serve({ paymentScriptUrl: 'https://js.stripe.com/v3/' })
  const policy = (await fetch(url)).headers.get('content-security-policy') ?? ''
  assert.match(policy, "script-src 'self' https://js.stripe.com;")
  assert.match(policy, 'https://hooks.stripe.com')
  assert.match(policy, 'https://api.stripe.com')
})

for (const [path, type] of [
  ['/page.css', 'text/css; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml'],
  ['/readings.csv', 'text/csv; charset=utf-8'],
] as const)
  site(`serves ${path} with its type, and asks again with its tag`, async () => {
    const url = await serve()
    const first = await fetch(`${url}${path}`)
    assert.is(first.status, 200)
    assert.is(first.headers.get('content-type'), type)
    assert.is(first.headers.get('cache-control'), 'no-cache')
    const again = await fetch(`${url}${path}`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    })
    assert.is(again.status, 304)
  })

for (const path of [
  '/nothing',
  '/nothing.js',
  '/../package.json',
  '/..%2fpackage.json',
  '/main.ts',
])
  site(`answers ${path} with a page that says so`, async () => {
    const response = await fetch(`${await serve()}${path}`)
    assert.is(response.status, 404)
    assert.is(response.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.match(await response.text(), 'There is no page at this address')
  })

site('takes nothing', async () => {
  assert.is((await fetch(`${await serve()}/`, { method: 'POST', body: '{}' })).status, 405)
})

site('tells the figures that its readings give', async () => {
  const url = await serve()
  const page = await (await fetch(`${url}/article`)).text()
  const rows = (await (await fetch(`${url}/readings.csv`)).text()).trim().split('\r\n').slice(1)
  const levels = rows.map((row) => row.split(',')[1] ?? '')
  const read = levels.filter((level) => level !== '')
  assert.is(rows.length, 327)
  assert.match(page, `on ${read.length} of 327 mornings`)
  assert.match(page, `the ${rows.length - read.length} mornings we missed`)
  const { highest, lowest } = extremes(demoReadings())
  assert.is(read.toSorted().at(-1), metres(highest.level))
  assert.is(read.toSorted().at(0), metres(lowest.level))
  assert.match(page, `is ${metres(highest.level)} metres`)
  assert.match(page, `The lowest is ${metres(lowest.level)},`)
})

site('adds its fuel receipt up', async () => {
  const page = await (await fetch(`${await serve()}/article`)).text()
  const numbers = [...page.matchAll(/<td>([\d,]+)(?: t)?<\/td>/g)].map(([, text = '']) =>
    Number(text.replaceAll(',', '')),
  )
  const [, workboat = 0, , van = 0, , boat = 0, sum, tonnes] = numbers
  assert.is(workboat + van + boat, sum)
  assert.is(Math.ceil((sum ?? 0) / 1000), tonnes)
})

site('says where it listens, and ends when asked to', async () => {
  const folder = temporaryFolder()
  keep(() => rmSync(folder, { recursive: true }))
  const child = await startNode({
    name: 'Demo site',
    file: fileURLToPath(new URL('main.ts', import.meta.resolve('@offset-button/demo-site/server'))),
    env: { PORT: '0', API_URL: 'http://127.0.0.1:1', PUBLISHABLE_KEY: 'pk_demo_1' },
    logFile: join(folder, 'log'),
  })
  keep(() => child.stop())
  const [, url = ''] = await child.waitForLine(/^listening (http:\/\/127\.0\.0\.1:\d+)$/, 60_000)
  assert.is((await fetch(url)).status, 200)
  await child.stop()
  assert.is((await child.exited).code, 0)
})

for (const [name, environment] of [
  ['API_URL', { PUBLISHABLE_KEY: 'pk_demo_1' }],
  ['API_URL', { PUBLISHABLE_KEY: 'pk_demo_1', API_URL: 'javascript:alert(1)' }],
  ['PUBLISHABLE_KEY', { API_URL: 'https://market.example' }],
  ['PORT', { API_URL: 'https://market.example', PUBLISHABLE_KEY: 'pk_demo_1', PORT: 'many' }],
] as const)
  site(`names ${name} where it cannot be used (${JSON.stringify(environment)})`, () => {
    assert.throws(() => readConfiguration(environment), new RegExp(name))
  })

site.run()
