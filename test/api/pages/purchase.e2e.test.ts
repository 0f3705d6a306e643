/** A whole purchase on the hosted pages, on real parts: forms alone, and the card where there is a script. */
import { mkdirSync } from 'node:fs'
import { LANGUAGES } from '@offset-button/contract/words/language'
import axe from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { languageOf } from '../../../api/pages/language.ts'
import { launchBrowser } from '../../support/chromium.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  paymentBooks,
  placeOrder,
  readOrder,
  untilOrder,
} from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'
import { consentOf, isIn, PAGES, pagesOf } from './spoken.ts'

const it = suite('a purchase on the hosted pages')
const keep = cleanUp(it)
const SHOTS = process.env.SHOTS_FOLDER

let stack: Stack
let browser: Browser
/** What the first purchase made, for others to look at. */
let bought = { order: '', certificate: '' }

it.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 3, priceMinor: 308, project: 2 },
    { seller: 1, quantity: 8, priceMinor: 310, project: 3 },
    { seller: 2, quantity: 20_000, priceMinor: 315, project: 1 },
    { seller: 0, quantity: 400, priceMinor: 290, project: 0, vintage: 2011 },
  ])
  browser = keep(await launchBrowser())
})

/** A visitor with or without JavaScript, and what the browser complained of. */
async function visit(path: string, script: boolean) {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /policy/i.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.setViewport({ width: 1280, height: 900 })
  await page.setJavaScriptEnabled(script)
  await page.goto(stack.url + path)
  return { page, complaints }
}

const press = async (page: Page, words: string) => {
  const [button] = (
    await Promise.all(
      (
        await page.$$('button, a, summary')
      ).map(async (one) =>
        (await one.evaluate((element) => (element as HTMLElement).innerText)).includes(words)
          ? one
          : null,
      ),
    )
  ).filter((one) => one !== null)
  assert.ok(button, `there is no ${words}`)
  await button.scrollIntoView()
  await Promise.all([page.waitForNavigation({ timeout: 60_000 }), button.click()])
}
const textOf = (page: Page) => page.$eval('body', (body) => body.innerText)
const orderOn = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/**
 * No fault of accessibility in either scheme, and nothing beyond the edge at either width. The checker needs scripts: a copy
 * of the page is looked at, with what it says without them; what it says with them is looked at as it is.
 */
async function isSound(page: Page, name: string, hasScript = false): Promise<void> {
  const looked = hasScript ? page : await copyOf(page)
  for (const [width, scheme] of [
    [320, 'light'],
    [1280, 'dark'],
  ] as const) {
    await looked.setViewport({ width, height: 900 })
    await looked.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    const beyond = await looked.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.is(beyond, 0, `${name}, ${width} px`)
    await looked.evaluate(axe.source)
    const { violations } = await looked.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { iframes: false }),
    )
    const faults = violations.map(({ id, nodes }) => [id, nodes[0]?.html])
    assert.equal(faults, [], `${name}, ${width} px, ${scheme}`)
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true })
      await looked.screenshot({ path: `${SHOTS}/${name}-${width}-${scheme}.png`, fullPage: true })
    }
  }
  if (!hasScript) await looked.close()
  else await page.setViewport({ width: 1280, height: 900 })
}

async function copyOf(page: Page): Promise<Page> {
  const copy = await browser.newPage()
  await copy.goto(`${stack.url}/problems/not_found`)
  const markup = (await page.content())
    .replaceAll(/<(\/?)noscript>/g, '<$1div>')
    .replaceAll(/<script.*?<\/script>/gs, '')
  await copy.setContent(markup)
  return copy
}

it('without JavaScript: amount, filter, quote, consent, the card elsewhere, certificate', async () => {
  const { page } = await visit(`/buy?key=${PAGE_KEY}&tonnes=1&beneficiary=Riverkeepers`, false)
  await isSound(page, 'amount')
  await page.$eval('input[name=tonnes]', (input) => {
    ;(input as HTMLInputElement).value = ''
  })
  await page.type('input[name=tonnes]', '12.5')
  await press(page, 'See the quote')
  assert.match(await textOf(page), 'Credits come whole.')
  await isSound(page, 'amount-fault')
  await page.$eval('input[name=tonnes]', (input) => {
    ;(input as HTMLInputElement).value = '12'
  })
  await page.click('.which > summary')
  await page.type('input[name=vintage_from]', '2013')
  await press(page, 'See the quote')
  const quote = await textOf(page)
  assert.match(quote, '12 t CO₂e')
  assert.match(quote, '3\u202ft × $3.08')
  assert.match(quote, 'The card needs JavaScript.')
  assert.match(quote, `${stack.url}/buy/quote?key=${PAGE_KEY}`)
  await isSound(page, 'quote')

  await press(page, 'Hold 12 credits')
  assert.match(await textOf(page), 'Please tick the box above: this cannot be undone.')
  assert.is(
    await page.$eval('input[name=consent]', (box) => (box as HTMLInputElement).checked),
    false,
  )
  await page.click('input[name=consent]')
  await press(page, 'Hold 12 credits')

  const id = orderOn(page)
  const held = await textOf(page)
  assert.match(held, 'Held for you')
  assert.match(held, 'The card needs JavaScript.')
  assert.match(held, `${stack.url}/orders/${id}`)
  await isSound(page, 'held')
  const order = await readOrder(stack, id)
  assert.is(order.beneficiary, 'Riverkeepers')
  assert.is(order.filter.vintage?.from, 2013)
  assert.equal(await page.cookies(), [])

  await stack.registry.setRegistry({ checks_paused: true })
  await confirmCard(stack, order)
  await untilOrder(stack, id, ({ state }) => state === 'authorised')
  await press(page, 'Look again')
  assert.match(await textOf(page), 'Registry checks the credits')
  await isSound(page, 'progress')
  for (const code of LANGUAGES) await isIn(stack, code, `/orders/${id}?lang=${code}`)
  await stack.registry.setRegistry({ checks_paused: false })
  await untilOrder(stack, id)
  await press(page, 'Look again')
  assert.match(await textOf(page), '12 tonnes, cancelled for good')
  assert.match(await textOf(page), 'SIMULATED')
  await isSound(page, 'done')
  await press(page, 'Open the certificate')
  assert.match(await textOf(page), 'on behalf of Riverkeepers')
  bought = { order: id, certificate: orderOn(page) }
  await page.close()
})

it('with JavaScript the same page has the card form, and follows the order to its certificate', async () => {
  const { page, complaints } = await visit('/buy/quote?tonnes=5', true)
  await page.click('input[name=consent]')
  await press(page, 'Hold 5 credits')
  assert.not.match(await textOf(page), 'The card needs JavaScript.')
  const frame = await page.waitForFrame(
    async (one) => (await one.$('#number').catch(() => null)) !== null,
  )
  await isSound(page, 'card', true)
  for (const [field, value] of [
    ['#number', '4242424242424242'],
    ['#expiry', '1230'],
    ['#cvc', '123'],
  ] as const) {
    await frame.type(field, value)
  }
  await page.click('#card button')
  await page.waitForFunction(() => document.body.innerText.includes('cancelled for good'), {
    timeout: 60_000,
  })
  assert.equal(complaints, [])
  await page.close()
})

it('a budget buys whole tonnes, and the page says what one more would cost', async () => {
  const { page } = await visit('/buy/quote?budget=50', false)
  assert.match(await textOf(page), /One more would cost US\$\d+\.\d\d, so we stop at \d+\./)
  await page.close()
})

it('too many tonnes: the page says how many are left, and one press takes them', async () => {
  const { page } = await visit('/buy/quote?tonnes=300000&technology=biomass', false)
  assert.match(await textOf(page), 'Not enough left')
  await isSound(page, 'left')
  await press(page, 'Take ')
  assert.match(await textOf(page), /[\d,]{6} t CO₂e/)
  await page.close()
})

it('an order that is stopped says that nothing was charged, and leads to a new quote', async () => {
  const { page } = await visit('/buy/quote?tonnes=4&host=IN', false)
  await page.click('input[name=consent]')
  await press(page, 'Hold 4 credits')
  await press(page, 'Stop and release')
  assert.match(await textOf(page), 'Nothing was charged; the credits are on offer again.')
  await isSound(page, 'stopped')
  await press(page, 'Get a new quote')
  assert.match(page.url(), 'host=IN')
  await page.close()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${stack.url}/buy/order`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...FORM, ...headers },
    body: new URLSearchParams({ consent: 'yes', key: PAGE_KEY, ...fields }),
  })

it('a form sent twice is one order', async () => {
  const form = { tonnes: '2', max_total_minor: '100000', idempotency_key: 'sent-twice-00000001' }
  const [one, other] = await Promise.all([send(form), send(form)])
  assert.is(one.status, 303)
  assert.is(one.headers.get('location'), other.headers.get('location'))
  const changed = await send({ ...form, beneficiary: 'Another name' })
  assert.is(changed.status, 409)
  assert.match(await changed.text(), one.headers.get('location') ?? 'no order')
})

it('a price that has moved is asked again, and nothing is held', async () => {
  const before = (await paymentBooks(stack)).payments.length
  const answer = await send({
    tonnes: '2',
    max_total_minor: '300',
    idempotency_key: 'moved-0000000001',
  })
  assert.is(answer.status, 409)
  const text = await answer.text()
  assert.match(text, 'Somebody else bought the cheapest credits first. You have not been charged.')
  assert.match(text, 'name="max_total_minor"')
  assert.is((await paymentBooks(stack)).payments.length, before)
})

it('another website cannot send the form, with or without its own ticked box', async () => {
  const form = { tonnes: '2', max_total_minor: '100000', idempotency_key: 'foreign-00000001' }
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ]) {
    const answer = await send(form, headers)
    assert.is(answer.status, 403)
    assert.match(await answer.text(), 'form_not_ours')
  }
  const placed = await placeOrder(stack, orderBody(2, 100_000))
  const stop = await fetch(`${stack.url}/orders/${placed.body.id}/stop`, {
    method: 'POST',
    headers: { ...FORM, 'sec-fetch-site': 'cross-site' },
  })
  assert.is(stop.status, 403)
  assert.is((await readOrder(stack, placed.body.id)).state, 'reserved')
})

for (const code of LANGUAGES) {
  it(`every page speaks ${code} to a browser that wants it, and the consent is kept as shown`, async () => {
    for (const path of [...PAGES, ...pagesOf(code, bought)]) await isIn(stack, code, path)
    const quote = await isIn(stack, code, '/buy/quote?tonnes=2')
    const [, total = '', shown = ''] =
      /name="max_total_minor" value="(\d+)".*?name="consent_language" value="(\w+)"/s.exec(quote) ??
      []
    const { say } = languageOf(code)
    assert.match(quote, languageOf(code).rich('payment.consent', { n: 2 }).toString())
    const form = { tonnes: '2', max_total_minor: total, consent_language: shown, consent: 'yes' }
    const post = (key: string, fields: Partial<typeof form>) =>
      isIn(stack, code, '/buy/order', {
        method: 'POST',
        headers: FORM,
        body: new URLSearchParams({
          idempotency_key: `${key}-${code}-0000000000`,
          ...form,
          ...fields,
        }),
      })
    await post('untold', { consent: 'no' })
    await post('moved', { max_total_minor: '1' })
    const place = await post('placed', {})
    assert.match(place, /^\/orders\/[a-z0-9]{26}$/)
    assert.equal(await consentOf(stack, place.split('/').at(-1) ?? ''), {
      language: code,
      text: say('payment.consent', { n: 2 }),
    })
    await isIn(stack, code, place)
    assert.is(await isIn(stack, code, `${place}/stop`, { method: 'POST', headers: FORM }), place)
    await isIn(stack, code, place)
    await isIn(stack, code, `/orders/${bought.order}/stop?lang=${code}`, {
      method: 'POST',
      headers: FORM,
    })
  })
}

it('the address names the language before the order, the order before the browser', async () => {
  const wants = (tags: string) => ({ headers: { accept: 'text/html', 'accept-language': tags } })
  for (const [path, tags, code] of [
    ['/buy?lang=de', 'fr', 'de'],
    ['/buy?lang=de&lang=es', 'fr', 'es'],
    ['/buy?lang=pt-BR', 'fr', 'pt'],
    ['/buy?lang=it', 'fr', 'fr'],
    ['/buy', 'it, zh-TW;q=0.8, fr;q=0.9', 'fr'],
    ['/buy', 'it', 'en'],
    ['/buy', '*', 'en'],
    [`/orders/${bought.order}`, 'fr', 'en'],
    [`/orders/${bought.order}?lang=hi`, 'fr', 'hi'],
  ] as const) {
    const answer = await fetch(stack.url + path, wants(tags))
    assert.is(answer.headers.get('content-language'), code, `${path} for ${tags}`)
  }
  const { body } = await placeOrder(stack, {
    ...orderBody(1, 100_000),
    consent: { text: 'Je comprends que c’est définitif.', language: 'fr-CA' },
  })
  const handedOver = await fetch(`${stack.url}/orders/${body.id}`, wants('en'))
  assert.is(handedOver.headers.get('content-language'), 'fr')
  assert.match(await handedOver.text(), `action="/orders/${body.id}/stop?lang=fr"`)
})

it('in Arabic at 320 px a visitor chooses another language and keeps what they typed', async () => {
  const { page } = await visit('/buy/quote?tonnes=2&lang=ar', false)
  await page.type('input[name=beneficiary]', 'جمعية النهر')
  await press(page, 'احجز رصيدين')
  assert.match(await textOf(page), 'ضع علامة في المربع أعلاه')
  await isSound(page, 'quote-fault-ar')
  await press(page, 'Français')
  assert.is(await page.$eval('html', (root) => root.lang + root.dir), 'frltr')
  const typed = await page.$eval('input[name=beneficiary]', (it) => (it as HTMLInputElement).value)
  assert.is(typed, 'جمعية النهر')
  assert.is(await page.$eval('.consent input', (box) => (box as HTMLInputElement).checked), false)
  await page.click('.consent input')
  await press(page, 'Réserver 2 crédits')
  assert.match(page.url(), /\/orders\/[a-z0-9]{26}\?lang=fr$/)
  await press(page, 'العربية')
  assert.match(await textOf(page), 'محجوز لك')
  await page.close()
})

it('what cannot be read is refused with its code, and no page sets a cookie', async () => {
  for (const [path, status, code] of [
    ['/buy?key=pk_unknown', 401, 'key_not_valid'],
    ['/buy?host=XX', 400, 'unknown_filter'],
    ['/orders/nothing', 404, 'order_not_found'],
    ['/orders/aaaaaaaaaaaaaaaaaaaaaaaaaa', 404, 'order_not_found'],
  ] as const) {
    const answer = await fetch(`${stack.url}${path}`, { headers: { accept: 'application/json' } })
    assert.is(answer.status, status, path)
    assert.match(await answer.text(), code)
  }
  const page = await fetch(`${stack.url}/buy/quote?tonnes=2`, { headers: { accept: 'text/html' } })
  assert.is(page.headers.get('set-cookie'), null)
  assert.is(page.headers.get('cache-control'), 'no-store')
  assert.match(page.headers.get('content-security-policy') ?? '', "default-src 'none'")
})

it.run()
