import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cancellations, Market } from '@offset-button/contract'
import { LANGUAGES } from '@offset-button/contract/words/language'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import axe from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { problemOf } from '../../api/http/refusal.ts'
import { HOSTILE, TWELVE } from '../api/certificate/certificates.ts'
import { EMPTY, MARKET, PROJECTS } from '../api/pages/markets.ts'
import { launchBrowser } from '../support/chromium.ts'
import { cleanUp } from '../support/clean-up.ts'

const it = suite('the small elements in a browser')
const keep = cleanUp(it)
const SHOTS = process.env.SHOTS_FOLDER
const DIST = new URL('../../widget/dist/', import.meta.url)
const MANIFEST = new URL('../../widget/custom-elements.json', import.meta.url)
const NAMES = ['market', 'counter', 'certificate']

const NONE: Cancellations = { cancelled_tonnes: 0, orders: 0, last_at: null, simulated: true }
const GIVEN = { ...TWELVE, id: 'c'.repeat(26) }
const HELD = { ...HOSTILE, id: 'b'.repeat(26) }

/** What the API says at the moment. */
let market: Market | 'market_unavailable' | 'origin_not_allowed' = MARKET
let sum: Cancellations = NONE
let isSilent = false
let asked: string[] = []
const streams = new Set<ServerResponse>()
let body = ''
let url = ''
let browser: Browser

const sendProblem = (response: ServerResponse, code: Parameters<typeof problemOf>[0]) =>
  response
    .writeHead(problemOf(code).status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify(problemOf(code)))

const tell = (response: ServerResponse, event: string, data: unknown) =>
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

it.before(async () => {
  await buildWidget()
  const server = keep(
    createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
      if (pathname.startsWith('/v1/')) asked.push(pathname + search)
      const isStream = pathname.endsWith('/events')
      if (isSilent && pathname.startsWith('/v1/')) response.destroy()
      else if (pathname === '/v1/market/events' && typeof market === 'string')
        sendProblem(response, market)
      else if (isStream) {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' })
        streams.add(response)
        response.on('close', () => streams.delete(response))
        if (pathname === '/v1/market/events') tell(response, 'market', market)
        else tell(response, 'cancellations', sum)
      } else if (pathname === '/v1/projects') response.end(JSON.stringify(PROJECTS))
      else if (pathname.startsWith('/v1/certificates/')) {
        const known = [GIVEN, HELD].find(({ id }) => pathname.endsWith(id))
        if (known) response.end(JSON.stringify(known))
        else sendProblem(response, 'certificate_not_found')
      } else if (pathname === '/page.css') {
        response.setHeader('Content-Type', 'text/css')
        response.end(
          'html { background: light-dark(#fff, #14181f); color: light-dark(#000, #fff) }',
        )
      } else if (pathname.endsWith('.js')) {
        response.setHeader('Content-Type', 'text/javascript')
        response.end(readFileSync(new URL(`.${pathname}`, DIST)))
      } else {
        response.setHeader('Content-Type', 'text/html; charset=utf-8')
        response.setHeader(
          'Content-Security-Policy',
          "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'",
        )
        response.end(body)
      }
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = keep(await launchBrowser())
})

it.before.each(() => {
  market = MARKET
  sum = NONE
  isSilent = false
  asked = []
})

type Look = { readonly width?: number; readonly scheme?: 'light' | 'dark'; readonly lang?: string }

async function open(tags: string, { width = 1280, scheme = 'light', lang = 'en' }: Look = {}) {
  const scripts = NAMES.map((name) => `<script type="module" src="/offset-${name}.js"></script>`)
  body = `<!doctype html><html lang="${lang}"${lang === 'ar' ? ' dir="rtl"' : ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="${scheme}"><title>A page</title><link rel="stylesheet" href="/page.css">${scripts.join('')}</head><body><main><h1>A page</h1>${tags}</main></body></html>`
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.setViewport({ width, height: 900 })
  await page.goto(url)
  return { page, complaints }
}

const textOf = (page: Page, tag: string) =>
  page.$eval(tag, (element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' '))
const sees = (page: Page, tag: string, words: string) =>
  page.waitForFunction(
    (tag, words) => document.querySelector(tag)?.shadowRoot?.textContent?.includes(words),
    { timeout: 30_000 },
    tag,
    words,
  )
const tagOf = (name: string, attributes = '') =>
  `<offset-${name} key="pk_1" ${attributes}></offset-${name}>`
const badge = (id: string) =>
  `<offset-certificate certificate="${id}"><a href="/x">Certificate</a></offset-certificate>`

it('the market shows each price with its tonnes, and what a purchase would take', async () => {
  const { page, complaints } = await open(tagOf('market', 'tonnes="10000"'))
  await sees(page, 'offset-market', 'Live')
  await sees(page, 'offset-market', 'Durban Landfill-Gas Bisasar Road')
  const rows = await page.$eval('offset-market', (element) =>
    [...(element.shadowRoot?.querySelectorAll('.ladder tbody tr') ?? [])].map((row) => ({
      price: row.querySelector('.price')?.textContent,
      upTo: row.querySelector('.upto')?.textContent,
      all: Number(row.querySelector('.rest')?.getAttribute('width')),
      taken: Number(row.querySelector('.taken')?.getAttribute('width')),
    })),
  )
  assert.is(rows.length, 10)
  assert.is(rows[0]?.price, '$2.60')
  const tonnes = MARKET.depth.map((level) => level.quantity_tonnes)
  assert.is(rows[1]?.upTo, ((tonnes[0] ?? 0) + (tonnes[1] ?? 0)).toLocaleString('en'))
  assert.is(rows[0]?.taken, rows[0]?.all, 'the first price is taken whole')
  assert.ok(rows[1] && rows[1].taken > 0 && rows[1].taken < rows[1].all, 'the second in part')
  assert.is(rows[2]?.taken, 0)
  const text = await textOf(page, 'offset-market')
  assert.match(text, '10 more prices')
  assert.match(text, 'invented')
  assert.not.match(
    await page.$eval('offset-market', (it) => it.shadowRoot?.innerHTML ?? ''),
    '<img',
  )
  assert.equal(complaints, [])
  await page.close()
})

it('the market follows the book, and asks for what its attributes say', async () => {
  const { page } = await open(tagOf('market', 'technologies="hydro,wind" vintage-from="2013"'))
  await sees(page, 'offset-market', '420,000')
  assert.ok(asked.includes('/v1/market/events?technology=hydro%2Cwind&vintage_from=2013'))
  for (const stream of streams) tell(stream, 'market', { ...MARKET, available_tonnes: 419_988 })
  await sees(page, 'offset-market', '419,988')
  const before = asked.length
  await page.$eval('offset-market', (element) => element.setAttribute('technologies', 'solar'))
  await page.waitForFunction(() => true)
  await page.waitForNetworkIdle({ concurrency: 1, idleTime: 100 })
  assert.ok(asked.slice(before).includes('/v1/market/events?technology=solar&vintage_from=2013'))
  await page.close()
})

it('a market that is lost keeps what it showed, says so, and comes back', async () => {
  const { page } = await open(tagOf('market'))
  await sees(page, 'offset-market', 'Live')
  market = 'market_unavailable'
  for (const stream of streams) stream.destroy()
  await sees(page, 'offset-market', 'We keep asking.')
  assert.match(await textOf(page, 'offset-market'), '420,000')
  market = { ...MARKET, available_tonnes: 7 }
  await page.waitForFunction(
    () => document.querySelector('offset-market')?.shadowRoot?.textContent?.includes('Live'),
    { timeout: 30_000 },
  )
  assert.match(await textOf(page, 'offset-market'), '7 t')
  await page.close()
})

it('a market that does not work on this site says so, and tells the page why', async () => {
  market = 'origin_not_allowed'
  const { page } = await open('')
  const code = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('offset-error', (event) =>
          resolve((event as CustomEvent<{ code: string }>).detail.code),
        )
        const element = document.createElement('offset-market')
        element.setAttribute('key', 'pk_1')
        document.querySelector('main')?.append(element)
      }),
  )
  assert.is(code, 'origin_not_allowed')
  await sees(page, 'offset-market', 'cannot be shown on this site yet')
  await page.close()
})

it('the counter stands still until there is more, and then is another number', async () => {
  const { page, complaints } = await open(tagOf('counter'))
  await sees(page, 'offset-counter', 'Nothing has been cancelled by way of this site yet.')
  for (const stream of streams)
    tell(stream, 'cancellations', { ...NONE, cancelled_tonnes: 1234, orders: 9 })
  await sees(page, 'offset-counter', '1,234')
  assert.match(await textOf(page, 'offset-counter'), 'SIMULATED')
  assert.equal(complaints, [])
  await page.close()
})

it('the badge says valid, unknown or unreachable, and takes none for another', async () => {
  const other = 'a'.repeat(26)
  const { page, complaints } = await open(`${badge(GIVEN.id)}${badge(other)}${badge('<b>')}`)
  const badges = async () =>
    page.$$eval('offset-certificate', (elements) =>
      elements.map((element) => ({
        text: element.shadowRoot?.textContent?.trim() ?? '',
        href: element.shadowRoot?.querySelector('a')?.getAttribute('href') ?? null,
        states: ['valid', 'unknown', 'unreachable', 'simulated'].filter((name) =>
          element.matches(`:state(${name})`),
        ),
      })),
    )
  await sees(page, 'offset-certificate', '12 tonnes, cancelled for good')
  await page.waitForNetworkIdle({ idleTime: 100 })
  const [valid, unknown, unreadable] = await badges()
  assert.equal(valid?.states, ['valid', 'simulated'])
  assert.is(valid?.href, GIVEN.url)
  assert.match(valid?.text ?? '', 'SIMULATED')
  assert.equal([unknown?.states, unknown?.href], [['unknown'], null])
  assert.equal(unreadable?.states, ['unknown'])
  assert.not.ok(
    asked.some((path) => path.includes('%3C')),
    'what is no id is not asked for',
  )
  assert.equal(complaints, [])
  isSilent = true
  await page.$eval(
    'offset-certificate',
    (element, id) => element.setAttribute('certificate', id),
    other,
  )
  await sees(page, 'offset-certificate', 'cannot be checked just now')
  assert.equal((await badges())[0]?.states, ['unreachable'])
  isSilent = false
  await sees(page, 'offset-certificate', 'There is no such certificate')
  await page.close()
})

it('what a beneficiary wrote stays text', async () => {
  const { page } = await open(badge(HELD.id))
  await page.waitForFunction(() => document.querySelector('offset-certificate:state(valid)'))
  const markup = await page.$eval(
    'offset-certificate',
    (element) => element.shadowRoot?.innerHTML ?? '',
  )
  assert.not.match(markup, /<(script|img|iframe)/i)
  await page.close()
})

const ALL = `${tagOf('market', 'tonnes="10000"')}<p>${tagOf('counter')}</p><p>${badge(GIVEN.id)} ${badge('a'.repeat(26))}</p>`

it('no accessibility fault and nothing beyond the edge, in each language, light and dark', async () => {
  sum = { ...NONE, cancelled_tonnes: 48_210, orders: 1700 }
  for (const [index, lang] of LANGUAGES.entries()) {
    const width = index % 2 === 0 ? 320 : 1280
    const scheme = index % 4 < 2 ? 'light' : 'dark'
    const { page } = await open(ALL, { lang, width, scheme })
    await sees(page, 'offset-market', 'Durban')
    await page.waitForFunction(() => document.querySelector('offset-certificate:state(valid)'))
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    )
    assert.equal(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      [],
      lang,
    )
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.is(beyond, 0, lang)
    const said = await textOf(page, 'offset-market')
    assert.not.match(said, /[{}]|undefined/, lang)
    if (lang !== 'en') assert.not.match(said, 'On offer', lang)
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true })
      await page.screenshot({ path: `${SHOTS}/${lang}-${width}-${scheme}.png`, fullPage: true })
    }
    await page.close()
  }
})

it('the language follows a change of the page, and an empty market says so', async () => {
  market = EMPTY
  const { page } = await open(tagOf('market'))
  await sees(page, 'offset-market', 'Nothing is on offer')
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'de'))
  await sees(page, 'offset-market', 'In dieser Auswahl wird heute nichts angeboten.')
  await page.close()
})

it('an element that leaves the page lets its stream go', async () => {
  const { page } = await open(tagOf('market'))
  await sees(page, 'offset-market', 'Live')
  while (streams.size > 1) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.is(streams.size, 1)
  await page.$eval('offset-market', (element) => element.remove())
  while (streams.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await page.close()
})

it('observes what its manifest describes, and takes each as a property', async () => {
  const { modules } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    modules: { declarations: { tagName: string; attributes: { name: string }[] }[] }[]
  }
  const described = modules
    .flatMap(({ declarations }) => declarations)
    .map(({ tagName, attributes }) => ({ tagName, names: attributes.map(({ name }) => name) }))
    .filter(({ tagName }) => NAMES.includes(tagName.slice('offset-'.length)))
  const { page } = await open(tagOf('market'))
  const observed = await page.evaluate(
    (tags) =>
      tags.map((tag) => {
        const it = customElements.get(tag) as unknown as { observedAttributes: string[] }
        return it.observedAttributes
      }),
    described.map(({ tagName }) => tagName),
  )
  described.forEach(({ tagName, names }, at) => {
    const own = names.filter((name) => name !== 'lang')
    assert.equal([...(observed[at] ?? [])].sort(), own.sort(), tagName)
  })
  await sees(page, 'offset-market', 't')
  await page.$eval('offset-market', (it) => Object.assign(it, { tonnes: 4 }))
  await page.waitForSelector('offset-market >>> rect.taken:not([width="0"])')
  await page.close()
})

it.run()
