import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoSite } from '@offset-button/demo-site/server'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import axe from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MARKET, PROJECTS } from '../api/pages/markets.ts'
import { launchBrowser } from '../support/chromium.ts'
import { cleanUp } from '../support/clean-up.ts'
import { startFakeApi } from '../widget/support/fake-api.ts'

const it = suite('the pages of the demo site')
const keep = cleanUp(it)
const SHOTS = process.env.SHOTS_FOLDER

let browser: Browser
let url = ''
let api = ''

it.before(async () => {
  await buildWidget()
  api = keep(await startFakeApi()).origin
  url = await serveSite(api)
  browser = keep(await launchBrowser())
})

/** The site for an API at this address. */
async function serveSite(apiUrl: string): Promise<string> {
  const site = demoSite({
    port: 0,
    apiUrl,
    publishableKey: 'pk_test_page',
    paymentScriptUrl: `${apiUrl}/stripe.js`,
  })
  return listen(createServer(site.callback()))
}

async function listen(server: Server): Promise<string> {
  keep(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The live part of an API: the market, its projects, and a sum. */
const liveApi = () =>
  createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'Authorization')
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const [, event = ''] = /^\/v1\/(\w+)\/events$/.exec(path) ?? []
    if (request.method === 'OPTIONS' || event === '') {
      response.end(path === '/v1/projects' ? JSON.stringify(PROJECTS) : '')
      return
    }
    const sum = { cancelled_tonnes: 1234, orders: 9, last_at: null, simulated: true }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(
      `event: ${event}\ndata: ${JSON.stringify(event === 'market' ? MARKET : sum)}\n\n`,
    )
  })

type Look = { readonly width?: number; readonly scheme?: string; readonly script?: boolean }

async function open(path: string, { width = 1280, scheme = 'light', script = true }: Look = {}) {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  await page.setViewport({ width, height: 900 })
  await page.setJavaScriptEnabled(script)
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.goto(new URL(path, url).href)
  return { page, complaints }
}

const ready = (page: Page) => page.waitForFunction(() => customElements.get('offset-button'))
const tagOf = (page: Page, name: string) =>
  page.$eval('offset-button', (button, name) => button.getAttribute(name), name)

/** Scrolls down only, and has no accessibility fault. */
async function isSound(page: Page, name: string, width: number): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.is(beyond, 0, `${name}, ${width} px wide`)
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  )
  const faults = violations.map(({ id, nodes }) => [id, nodes[0]?.html])
  assert.equal(faults, [], `${name}, ${width} px wide`)
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true })
}

for (const path of ['/', '/article', '/checkout', '/ar', '/minutes', '/make']) {
  it(`${path} keeps to its policy, scrolls down only, and has no accessibility fault`, async () => {
    for (const [width, scheme] of [
      [320, 'dark'],
      [1280, 'light'],
    ] as const) {
      const { page, complaints } = await open(path, { width, scheme })
      if ((await page.$('offset-button')) && path !== '/minutes') await ready(page)
      await isSound(page, path.slice(1) || 'index', width)
      assert.equal(complaints, [], `${width} px wide`)
      await page.close()
    }
  })
}

it('the list leads to every page, and every page leads back to it', async () => {
  const { page } = await open('/')
  const paths = await page.$$eval('.pages a', (links) =>
    links.map((link) => link.getAttribute('href')),
  )
  for (const path of paths) {
    if (path?.startsWith('/') !== true) continue
    const response = await fetch(url + path)
    assert.is(response.status, 200, path)
    assert.match(await response.text(), 'href="/"', path)
  }
  assert.ok(paths.includes(`${api}/buy`))
  assert.ok(paths.length >= 7)
  await page.close()
})

it('the tonnes of the checkout follow the basket, with a script and without', async () => {
  const { page, complaints } = await open('/checkout')
  await ready(page)
  assert.is(await tagOf(page, 'tonnes'), '2')
  await page.$eval('input[name=tiles]', (input) => (input as HTMLInputElement).select())
  await page.type('input[name=tiles]', '300')
  assert.is(await tagOf(page, 'tonnes'), '5')
  assert.is(await page.$eval('[data-sum=tonnes]', (place) => place.textContent), '5')
  const live = await page.$$eval('[data-sum]', (places) => places.map((place) => place.textContent))
  assert.equal(complaints, [])
  await page.close()

  const { page: plain } = await open('/checkout', { script: false })
  await plain.$eval('input[name=tiles]', (input) => {
    ;(input as HTMLInputElement).value = '300'
  })
  await Promise.all([plain.waitForNavigation(), plain.click('.basket button')])
  assert.is(await tagOf(plain, 'tonnes'), '5')
  const served = await plain.$$eval('[data-sum]', (places) =>
    places.map((place) => place.textContent),
  )
  assert.equal(served, live)
  await plain.close()
})

it('the button of a page in Arabic speaks Arabic, from right to left', async () => {
  const { page } = await open('/ar')
  await ready(page)
  const face = await page.$eval('offset-button', (button) => {
    const inner = button.shadowRoot?.querySelector('button')
    return {
      words: inner?.textContent ?? '',
      direction: inner && getComputedStyle(inner).direction,
    }
  })
  assert.match(face.words, /\p{Script=Arabic}/u)
  assert.is(face.direction, 'rtl')
  await page.close()
})

it('where no script runs, the link is there, and leads to the hosted pages with the choice', async () => {
  const { page } = await open('/minutes')
  const link = await page.$eval('offset-button a', (anchor) => ({
    isSeen: anchor.checkVisibility(),
    href: (anchor as HTMLAnchorElement).href,
  }))
  assert.equal(link, { isSeen: true, href: `${api}/buy?key=pk_test_page&tonnes=3` })
  await page.close()
})

it('a changed setting shows in the button and in the lines to copy', async () => {
  const { page, complaints } = await open('/make?tonnes=12')
  await ready(page)
  await page.click('.chip:has([value=hydro])')
  await page.click('.chip:has([value=wind])')
  await page.click('.chip:has([name=appearance][value=outline])')
  await page.type('input[name=beneficiary]', 'A "quoted" <name>')
  await page.$eval('input[name=vintage-from]', (input) => {
    ;(input as HTMLInputElement).value = '2013'
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
  const code = await page.$eval('.snippet', (lines) => lines.textContent ?? '')
  assert.match(code, 'tonnes="12" technologies="hydro,wind" vintage-from="2013"')
  assert.match(code, 'beneficiary="A &quot;quoted&quot; &lt;name>"')
  assert.match(code, 'technology=hydro%2Cwind')
  assert.is(await tagOf(page, 'technologies'), 'hydro,wind')
  assert.is(await tagOf(page, 'beneficiary'), 'A "quoted" <name>')
  assert.is(await tagOf(page, 'appearance'), 'outline')
  assert.equal(complaints, [])

  const typed = await page.$eval('.settings', (form) =>
    new URLSearchParams(new FormData(form as HTMLFormElement) as never).toString(),
  )
  const { page: plain } = await open(`/make?${typed}`, { script: false })
  assert.is(await plain.$eval('.snippet', (lines) => lines.textContent), code)
  await plain.close()
  await page.close()
})

it('on a phone the button stays in sight while any of its settings is changed', async () => {
  const { page } = await open('/make?tonnes=12', { width: 320 })
  await ready(page)
  for (const name of ['tonnes', 'max-price', 'purpose', 'lang']) {
    await page.focus(`.settings [name=${name}]`)
    const [button, setting] = await page.evaluate((name) => {
      const placeOf = (selector: string) =>
        document.querySelector(selector)?.getBoundingClientRect().toJSON()
      return [placeOf('#made'), placeOf(`.settings [name=${name}]`)]
    }, name)
    assert.ok(button.top >= 0 && button.bottom < setting.top && setting.bottom <= 900, name)
  }
  await page.close()
})

it('lines that are copied work on a page of their own', async () => {
  const { page } = await open('/make?tonnes=7&technologies=wind&beneficiary=%3Cb%3E%26')
  const code = await page.$eval('.snippet', (lines) => lines.textContent ?? '')
  const read = await page.evaluate((code) => {
    const made = new DOMParser().parseFromString(code, 'text/html').querySelector('offset-button')
    return made && [made.getAttribute('tonnes'), made.getAttribute('beneficiary')]
  }, code)
  assert.equal(read, ['7', '<b>&'])
  await page.close()
})

it('a setting that cannot be read is reported, in words, once somebody is interested', async () => {
  const { page } = await open('/make')
  await ready(page)
  await page.type('input[name=vintage-from]', '1')
  await page.hover('offset-button')
  await page.waitForFunction(() => document.querySelector('.faults')?.textContent !== '')
  assert.match(await page.$eval('.faults', (said) => said.textContent ?? ''), 'vintage-from')
  await page.close()
})

it('the market page follows the market, and counts what was cancelled by way of the site', async () => {
  const { page } = await open(`${await serveSite(await listen(liveApi()))}/market`)
  await page.waitForFunction(() => {
    const said = (name: string) => document.querySelector(name)?.shadowRoot?.textContent ?? ''
    return said('offset-market').includes('Live') && said('offset-counter').includes('1,234')
  })
  await isSound(page, 'market', 1280)
  await page.setViewport({ width: 320, height: 900 })
  await isSound(page, 'market', 320)
  await page.close()
})

it.run()
