import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoSite } from '@offset-button/demo-site/server'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import axe from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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
  const site = demoSite({
    port: 0,
    apiUrl: api,
    publishableKey: 'pk_test_page',
    paymentScriptUrl: `${api}/stripe.js`,
  })
  const server = keep(createServer(site.callback()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = keep(await launchBrowser())
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
  await page.goto(url + path)
  return { page, complaints }
}

const ready = (page: Page) => page.waitForFunction(() => customElements.get('offset-button'))
const tagOf = (page: Page, name: string) =>
  page.$eval('offset-button', (button, name) => button.getAttribute(name), name)

for (const path of ['/', '/article', '/checkout', '/ar', '/minutes', '/make']) {
  it(`${path} keeps to its policy, scrolls down only, and has no accessibility fault`, async () => {
    for (const [width, scheme] of [
      [320, 'dark'],
      [1280, 'light'],
    ] as const) {
      const { page, complaints } = await open(path, { width, scheme })
      if ((await page.$('offset-button')) && path !== '/minutes') await ready(page)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.is(beyond, 0, `${width} px wide`)
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
      )
      const faults = violations.map(({ id, nodes }) => [id, nodes[0]?.html])
      assert.equal(faults, [], `${width} px wide, ${scheme}`)
      assert.equal(complaints, [], `${width} px wide`)
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true })
        const name = path.slice(1) || 'index'
        await page.screenshot({ path: `${SHOTS}/${name}-${width}-${scheme}.png`, fullPage: true })
      }
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

it('a setting that cannot be read is reported, in words', async () => {
  const { page } = await open('/make')
  await ready(page)
  await page.type('input[name=vintage-from]', '1')
  await page.waitForFunction(() => document.querySelector('.faults')?.textContent !== '')
  assert.match(await page.$eval('.faults', (said) => said.textContent ?? ''), 'vintage-from')
  await page.close()
})

it.run()
