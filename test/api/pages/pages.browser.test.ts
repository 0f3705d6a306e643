import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'
import axe from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certificatePage } from '../../../api/certificate/certificate.page.ts'
import { PAGE_ASSETS, PAGE_SECURITY_POLICY } from '../../../api/pages/assets.ts'
import { marketPage } from '../../../api/pages/market-page.ts'
import { readMarketQuery } from '../../../api/pages/market-query.ts'
import { orderPage } from '../../../api/pages/order.page.ts'
import { notFoundPage } from '../../../api/pages/problem-page.ts'
import { launchBrowser } from '../../support/chromium.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { FIVE_THOUSAND, HOSTILE, TWELVE } from '../certificate/certificates.ts'
import { EMPTY, MARKET, NO_PROJECTS, PROJECTS } from './markets.ts'
import { orderAfter } from './orders.ts'
import { ENGLISH, readerOf } from './readers.ts'

const it = suite('pages in a browser')
const keep = cleanUp(it)

const ARABIC = readerOf('ar')
const filtered = readMarketQuery({ host: ['KE', '"><b>'], project: '0037', offset: '25' })
const pages: Readonly<Record<string, string>> = {
  '/': marketPage(ENGLISH, MARKET, PROJECTS, readMarketQuery({})),
  '/filtered': marketPage(ARABIC, MARKET, PROJECTS, filtered),
  '/empty': marketPage(ENGLISH, EMPTY, NO_PROJECTS, filtered),
  '/nothing': notFoundPage(ARABIC, { test: true }),
  '/twelve': certificatePage(ENGLISH, TWELVE, { pdfUrl: `${TWELVE.url}.pdf` }),
  '/five-thousand': certificatePage(ENGLISH, FIVE_THOUSAND, { pdfUrl: `${FIVE_THOUSAND.url}.pdf` }),
  '/hostile': certificatePage(ARABIC, HOSTILE, { pdfUrl: `${HOSTILE.url}.pdf` }),
}
/** An order that is held, and one that is done. */
const orderIn = (code: LanguageCode, steps: number) =>
  orderPage(readerOf(code), {
    order: orderAfter(steps),
    consent: { text: 'I understand.', language: 'en' },
    payment: { scriptUrl: '/none.js', publishableKey: 'pk_test_1' },
    address: 'https://offset.example/orders/1',
    again: '/buy/quote?tonnes=12',
    now: '2026-11-23T14:02:30.000Z',
  })
const SPOKEN: Readonly<Record<string, string>> = Object.fromEntries(
  LANGUAGES.flatMap((code) => [
    [`/${code}/market`, marketPage(readerOf(code), MARKET, PROJECTS, readMarketQuery({}))],
    [`/${code}/held`, orderIn(code, 1)],
    [`/${code}/done`, orderIn(code, 6)],
  ]),
)
let browser: Browser
let address: string

it.before(async () => {
  const server = keep(
    createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      const asset = PAGE_ASSETS.find((known) => known.path === path)
      response.setHeader('Content-Security-Policy', PAGE_SECURITY_POLICY)
      response.setHeader('Content-Type', asset?.type ?? 'text/html; charset=utf-8')
      response.end(asset?.body ?? pages[path] ?? SPOKEN[path])
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = keep(await launchBrowser())
})

/** Opens a page and notes what it complains of: a refused style or script, an error. */
async function open(
  path: string,
  look: { readonly width: number },
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  await page.setViewport({ width: look.width, height: 900 })
  await page.goto(address + path)
  return { page, complaints }
}

/** What axe finds: the rule and the first element that breaks it. */
async function faultsOf(page: Page): Promise<unknown[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  )
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html])
}

for (const path of Object.keys(pages)) {
  it(`${path} keeps to its own policy, scrolls down only, and has no accessibility fault`, async () => {
    const { page, complaints } = await open(path, { width: 320 })
    for (const width of [320, 640, 641, 1280]) {
      await page.setViewport({ width, height: 900 })
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.is(beyond, 0, `${width} px wide`)
      if (width === 320 || width === 1280) {
        const scheme = width === 320 ? 'light' : 'dark'
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        assert.equal(await faultsOf(page), [], `${width} px wide, ${scheme}`)
      }
    }
    assert.equal(complaints, [])
    await page.close()
  })
}

it('on the narrowest screen no name, sum or step is broken in two, in any language', async () => {
  const { page } = await open('/es/held', { width: 320 })
  await page.setJavaScriptEnabled(false)
  for (const path of Object.keys(SPOKEN)) {
    await page.goto(address + path)
    const broken = await page.$$eval('.brand, .walk [aria-current], .receipt dd', (all) =>
      all
        .filter((it) => {
          const range = document.createRange()
          range.selectNodeContents(it)
          const places = [...range.getClientRects()].filter(({ width }) => width > 0)
          return places.some(({ top }) => Math.abs(top - (places[0]?.top ?? 0)) > 8)
        })
        .map((it) => it.textContent),
    )
    assert.equal(broken, [], path)
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.is(beyond, 0, path)
  }
  await page.close()
})

it('the filter asks for the same page again, without a script', async () => {
  const { page } = await open('/', { width: 1280 })
  await page.setJavaScriptEnabled(false)
  await page.reload()
  await page.click('input[name=host][value=KE]')
  await page.click('input[name=host][value=UG]')
  await page.type('input[name=vintage_from]', '2013')
  await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')])
  const { searchParams } = new URL(page.url())
  const query = Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  )
  assert.equal(readMarketQuery(query).filter, { host: 'KE,UG', vintage_from: '2013' })
  await page.close()
})

it('on a narrow screen the filter opens from its button', async () => {
  const { page } = await open('/', { width: 320 })
  const seen = () => page.$eval('.filters button', (button) => button.checkVisibility())
  assert.not(await seen())
  await page.click('.filter-box > summary')
  assert.ok(await seen())
  await page.close()
})

it('copying selects or copies the address of the certificate, and says so', async () => {
  const { page } = await open('/twelve', { width: 1280 })
  await page.click('button[data-copy]')
  await page.waitForFunction(() => document.getElementById('copied')?.textContent !== '')
  const said = await page.$eval('#copied', (element) => element.textContent)
  const selected = await page.evaluate(() => getSelection()?.toString())
  assert.ok(said === 'Copied' || selected === TWELVE.url, said ?? '')
  await page.close()
})

it('without a script the address stands there and no dead button', async () => {
  const { page } = await open('/twelve', { width: 1280 })
  await page.setJavaScriptEnabled(false)
  await page.reload()
  assert.not(await page.$eval('button[data-copy]', (button) => button.checkVisibility()))
  assert.is(await page.$eval('#address', (element) => element.textContent), TWELVE.url)
  await page.close()
})

it.run()
