/** The stand-in's Stripe.js in a real browser, on a host page of another origin. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, HTTPRequest, Page } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { launchBrowser } from '../../support/chromium.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { cardForm, PUBLISHABLE_KEY, type StandInProcess, startStandIn } from './stand-in.ts'

const it = suite('Stripe.js of the stand-in')
const keep = cleanUp(it)
let standIn: StandInProcess
let browser: Browser
let hostUrl = ''

const ELEMENTS = {
  mode: 'payment',
  amount: 3976,
  currency: 'usd',
  captureMethod: 'manual',
  allowedPaymentMethodTypes: ['card'],
  locale: 'de',
}

it.before(async () => {
  standIn = keep(await startStandIn())
  const server = keep(
    createServer((request, response) => {
      const dark = request.url === '/dark'
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><meta name="viewport" content="width=device-width">
<style>:root{color-scheme:${dark ? 'dark' : 'light'}}</style><div id="slot"></div>
<script src="${standIn.url()}/endive/stripe.js"></script><script>
const stripe = Stripe('${PUBLISHABLE_KEY}')
const elements = stripe.elements({ ...${JSON.stringify(ELEMENTS)},
  appearance: { theme: ${dark} ? 'night' : 'stripe', variables: { borderRadius: '2px', colorDanger: 'url(x)' } } })
const element = elements.create('payment')
const heard = []
for (const type of ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror']) {
  element.on(type, (event) => heard.push({ type, ...event }))
}
element.mount('#slot')</script>`)
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hostUrl = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = keep(await launchBrowser())
})

async function hostPage(path = '/'): Promise<{ page: Page; card: Frame }> {
  const page = await browser.newPage()
  await page.setViewport({ width: 320, height: 640 })
  await page.goto(`${hostUrl}${path}`)
  await page.waitForFunction(`heard.some(({ type }) => type === 'ready')`)
  const card = page.frames().find((frame) => frame.url().includes('/frame/card'))
  assert.ok(card)
  return { page, card: card as Frame }
}

async function created() {
  const { body } = await standIn.call('POST', '/v1/payment_intents', {
    amount: '3976',
    currency: 'usd',
    capture_method: 'manual',
    'allowed_payment_method_types[]': 'card',
  })
  return body as { id: string; client_secret: string }
}

async function typeCard(page: Page, card: Frame, number: string): Promise<void> {
  await card.type('#number', number)
  await page.keyboard.type('1240')
  await page.keyboard.type('123')
}

// biome-ignore lint/suspicious/noExplicitAny: what the page answers is looked at field by field
function confirm(page: Page, clientSecret: string): Promise<any> {
  return page.evaluate(`(async () => {
    const { error } = await elements.submit()
    if (error) return { error }
    return stripe.confirmPayment({ elements, clientSecret: '${clientSecret}', redirect: 'if_required',
      confirmParams: { return_url: location.href } })
  })()`)
}

it('authorises a card that is typed by keyboard alone, in groups', async () => {
  const { page, card } = await hostPage()
  await typeCard(page, card, '4242424242424242')
  const shown = await card.$$eval('input', (inputs) => inputs.map((input) => input.value))
  assert.equal(shown, ['4242 4242 4242 4242', '12 / 40', '123'])
  const intent = await created()
  const result = await confirm(page, intent.client_secret)
  assert.is(result.error, undefined, JSON.stringify(result.error))
  assert.is(result.paymentIntent.status, 'requires_capture')
  await page.close()
})

it('a question to a card form whose script is still on its way is answered once it is there', async () => {
  const page = await browser.newPage()
  await page.setRequestInterception(true)
  const held = new Promise<HTTPRequest>((resolve) => {
    page.on('request', (request) => {
      if (request.url().endsWith('/frame/card.js')) resolve(request)
      else void request.continue()
    })
  })
  const arrived = page.goto(hostUrl)
  const script = await held
  const asked = page.evaluate('elements.submit()')
  await script.continue()
  await arrived
  const answer = (await asked) as { error?: { code: string } }
  assert.is(answer.error?.code, 'incomplete_number')
  await page.close()
})

/** Everything that leaves the page and its frames while `act` runs: method, address and body. */
async function sentDuring(page: Page, act: () => Promise<unknown>) {
  const requests: HTTPRequest[] = []
  const note = (request: HTTPRequest) => void requests.push(request)
  page.on('request', note)
  await act()
  page.off('request', note)
  return Promise.all(
    requests.map(async (request) => ({
      method: request.method(),
      url: request.url(),
      body: request.hasPostData()
        ? (request.postData() ?? (await request.fetchPostData()) ?? 'unread')
        : '',
    })),
  )
}

/** True where six digits of the number stand in a row, however they are encoded or parted. */
function tellsOf(text: string, number: string): boolean {
  const bare = decodeURIComponent(text).replaceAll(/[\s+-]/g, '')
  return Array.from(number, (_, place) => number.slice(place, place + 6))
    .filter((digits) => digits.length === 6)
    .some((digits) => bare.includes(digits))
}

it('sends the name of the test card, and no digits of its number to anybody', async () => {
  const number = '5555555555554444'
  assert.ok(tellsOf('number=5555+5555+5555+4444', number))
  const { page, card } = await hostPage()
  await page.evaluate(`addEventListener('message', ({ data }) => heard.push(data))`)
  const { id, client_secret } = await created()
  const sent = await sentDuring(page, async () => {
    await typeCard(page, card, number)
    const { paymentIntent } = await confirm(page, client_secret)
    assert.is(paymentIntent?.status, 'requires_capture')
  })
  const posted = sent.filter(({ method }) => method === 'POST')
  assert.equal(
    posted.map(({ url }) => url),
    [`${standIn.url()}/v1/payment_intents/${id}/confirm`],
  )
  assert.equal(Object.fromEntries(new URLSearchParams(posted[0]?.body)), {
    key: PUBLISHABLE_KEY,
    client_secret,
    use_stripe_sdk: 'true',
    return_url: `${hostUrl}/`,
    payment_method: 'pm_card_mastercard',
  })
  for (const { url, body } of sent) assert.not.ok(tellsOf(`${url} ${body}`, number), url)
  assert.not.ok(tellsOf(JSON.stringify(await page.evaluate('heard')), number))
  await page.close()
})

it('declines a number that is no test card’s in the frame, and sends nothing', async () => {
  const number = '4111111111111111'
  const { page, card } = await hostPage()
  const { id, client_secret } = await created()
  const sent = await sentDuring(page, async () => {
    await typeCard(page, card, number)
    const { error } = await confirm(page, client_secret)
    assert.equal(
      [error.type, error.code, error.decline_code],
      ['card_error', 'card_declined', 'test_mode_live_card'],
    )
    assert.match(error.message, /only test cards.*not sent/i)
    assert.is(await card.$eval('#error', (line) => line.textContent), error.message)
  })
  assert.equal(
    sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
    [`GET /v1/payment_intents/${id}`],
    'Stripe.js looks at the payment; the frame sends nothing',
  )
  for (const { url, body } of sent) assert.not.ok(tellsOf(`${url} ${body}`, number), url)
  const { body } = await standIn.call('GET', `/v1/payment_intents/${id}`)
  assert.equal([body.status, body.latest_charge], ['requires_payment_method', null])

  await card.$eval('#number', (input) => (input as HTMLInputElement).select())
  await card.type('#number', '4242424242424242')
  assert.is(await card.$eval('#error', (line) => line.textContent), '')
  assert.is((await confirm(page, client_secret)).paymentIntent?.status, 'requires_capture')
  await page.close()
})

it('has a name that the stand-in takes for every test number', async () => {
  const { page, card } = await hostPage()
  const table = (await card.evaluate(`Promise.all([
    import('/frame/test-cards.js'), import('/frame/card-number.js')
  ]).then(([{ TEST_CARDS, testCardName }, { isCardNumber }]) =>
    Object.keys(TEST_CARDS).filter(isCardNumber).map((number) => [number, testCardName(number)]))`)) as [
    string,
    string,
  ][]
  assert.is(table.length, 15)
  for (const [number, name] of table) {
    const { id, client_secret } = await created()
    const { status } = await standIn.confirm(client_secret, cardForm(name))
    assert.ok(status === 200 || status === 402, `${name}: ${status}`)
    const { body } = await standIn.call('GET', `/v1/payment_intents/${id}`, {
      'expand[]': 'latest_charge',
    })
    if (body.status === 'requires_action') continue
    assert.is(body.latest_charge.payment_method_details.card.last4, number.slice(-4))
  }
  await page.close()
})

it('tells a declined card with its reason, and takes another one after it', async () => {
  const { page, card } = await hostPage()
  await typeCard(page, card, '4000000000009995')
  const intent = await created()
  const { error } = await confirm(page, intent.client_secret)
  assert.equal(
    [error.type, error.code, error.decline_code],
    ['card_error', 'card_declined', 'insufficient_funds'],
  )
  await page.evaluate('element.clear()')
  await typeCard(page, card, '4242424242424242')
  const result = await confirm(page, intent.client_secret)
  assert.is(result.paymentIntent?.status, 'requires_capture')
  await page.close()
})

for (const [button, status] of [
  ['complete', 'requires_capture'],
  ['fail', 'requires_payment_method'],
] as const) {
  it(`asks for the bank in a frame of its own, and ${button} leads to ${status}`, async () => {
    const { page, card } = await hostPage()
    await typeCard(page, card, '4000002760003184')
    const { id, client_secret } = await created()
    const result = confirm(page, client_secret)
    const overlay = await page.waitForSelector('iframe[title^="Confirm with your bank"]')
    const bank = await overlay?.contentFrame()
    const choice = await bank?.waitForSelector(`button[value="${button}"]`)
    await choice?.click()
    const { paymentIntent, error } = await result
    assert.is((paymentIntent ?? error.payment_intent).status, status)
    if (button === 'fail') assert.is(error.code, 'payment_intent_authentication_failure')
    assert.is((await standIn.call('GET', `/v1/payment_intents/${id}`)).body.status, status)
    assert.is(await page.$('iframe[title^="Confirm with your bank"]'), null)
    await page.close()
  })
}

it('says what is wrong with a number at once, and what is missing when it is submitted', async () => {
  const { page, card } = await hostPage()
  const { error } = await page
    .evaluate('elements.submit()')
    .then((told) => told as { error: { code: string } })
  assert.is(error.code, 'incomplete_number')
  await card.type('#number', '4242424242424241')
  await card.waitForFunction(`document.querySelector('#error').textContent.includes('not valid')`)
  assert.is(await card.$eval('#number', (input) => input.getAttribute('aria-invalid')), 'true')
  const height = Number.parseInt(
    String(await page.$eval('iframe', (frame) => frame.style.height)),
    10,
  )
  const needed = await card.evaluate('document.body.scrollHeight')
  assert.ok(height >= Number(needed), `${height} of ${needed}`)
  await page.close()
})

it('tells the host page of focus, completeness and Escape', async () => {
  const { page, card } = await hostPage()
  await typeCard(page, card, '4242424242424242')
  await page.keyboard.press('Escape')
  await page.waitForFunction(`heard.some(({ type }) => type === 'escape')`)
  const heard = (await page.evaluate('heard')) as { type: string; complete?: boolean }[]
  assert.ok(heard.some(({ type }) => type === 'focus'))
  assert.is(heard.filter(({ type }) => type === 'change').at(-1)?.complete, true)
  await page.close()
})

it('takes the look it is given, and no value that is none', async () => {
  const { page, card } = await hostPage('/dark')
  const look = (await card.evaluate(`({
    scheme: getComputedStyle(document.documentElement).colorScheme,
    radius: document.documentElement.style.getPropertyValue('--radius'),
    danger: document.documentElement.style.getPropertyValue('--danger'),
    test: document.body.innerText.includes('TEST'),
    wide: document.documentElement.scrollWidth <= innerWidth,
  })`)) as object
  assert.equal(look, { scheme: 'dark', radius: '2px', danger: '', test: true, wide: true })
  await page.close()
})

it('hears nobody but its own page', async () => {
  const { page, card } = await hostPage()
  await card.type('#number', '4242')
  await card.evaluate(`window.postMessage({ type: 'clear' }, '*')`)
  await page.evaluate(`new Promise((resolve) => setTimeout(resolve, 100))`)
  assert.is(await card.$eval('#number', (input) => (input as HTMLInputElement).value), '4242')
  await page.close()
})

const mistakes: readonly [string, string][] = [
  [
    'to mount inside a shadow root',
    `const host = document.body.appendChild(document.createElement('div'))
     const node = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'))
     element.mount(node)`,
  ],
  ['to mount where nothing is', `element.mount('#nowhere')`],
  [
    'paymentMethodTypes',
    `stripe.elements({ ...${JSON.stringify(ELEMENTS)}, paymentMethodTypes: ['card'] })`,
  ],
  ['a fraction as an amount', `stripe.elements({ ...${JSON.stringify(ELEMENTS)}, amount: 1.5 })`],
  ['a live key', `Stripe('pk_live_x')`],
]
for (const [what, code] of mistakes) {
  it(`refuses ${what} with an IntegrationError`, async () => {
    const { page } = await hostPage()
    const name = await page.evaluate(
      `(() => { try { ${code} } catch (error) { return error.name } })()`,
    )
    assert.is(name, 'IntegrationError')
    await page.close()
  })
}

it('does not confirm before submit, nor an amount that was not shown', async () => {
  const { page, card } = await hostPage()
  const { client_secret } = await created()
  const early =
    await page.evaluate(`stripe.confirmPayment({ elements, clientSecret: '${client_secret}',
    redirect: 'if_required' }).catch((error) => error.name)`)
  assert.is(early, 'IntegrationError')
  await typeCard(page, card, '4242424242424242')
  await page.evaluate('elements.update({ amount: 4000 })')
  const { error } = await confirm(page, client_secret)
  assert.is(error.type, 'invalid_request_error')
  assert.match(error.message, 'amount')
  await page.close()
})

it.run()
