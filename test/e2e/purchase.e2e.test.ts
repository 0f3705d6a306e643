/** The main job: from a tag on somebody's page to a certificate, in a real browser, on real parts. */
import type { Certificate } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assertBooksAgree } from '../support/books.ts'
import { launchBrowser } from '../support/chromium.ts'
import { cleanUp } from '../support/clean-up.ts'
import { must, openMarket, orderBody, paymentBooks, placeOrder } from '../support/market.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { arrive, CARDS, type HostPage, startHostPage } from './host-page.ts'

const purchase = suite('a purchase on a page of another origin')
const keep = cleanUp(purchase)

let stack: Stack
let page: HostPage
let browser: Awaited<ReturnType<typeof launchBrowser>>

purchase.before(async () => {
  stack = keep(await startStack({ registry: { CHECK_DELAY_MS: '300' } }))
  await openMarket(stack, [
    { seller: 0, quantity: 1_000, priceMinor: 308, project: 2 },
    { seller: 1, quantity: 1_500, priceMinor: 310, project: 3 },
    { seller: 2, quantity: 2_000, priceMinor: 315, project: 1 },
    { seller: 3, quantity: 90_000, priceMinor: 378, project: 0 },
  ])
  page = await startHostPage(stack)
  keep(() => page.child.stop())
  browser = keep(await launchBrowser())
})

const paymentsOf = async (order: string) =>
  (await paymentBooks(stack)).payments.filter((one) => one.metadata.order === order)

purchase('5,000 tonnes from four sellers end in a certificate, its page and its PDF', async () => {
  const visitor = keep(await arrive(browser, page))
  await visitor.choose(5_000)
  await visitor.card(CARDS.good)
  await visitor.tick()
  await visitor.press('Pay US$')
  await visitor.sees('5,000 tonnes, cancelled for good', 60_000)
  await visitor.sees('SIMULATED.')
  const told = await visitor.told()
  assert.equal(
    told.map((one) => one.name).filter((name) => name !== 'quote'),
    ['open', 'reserved', 'paid', 'cancelled', 'certificate'],
  )
  assert.equal(visitor.problems, [])
  assert.equal(await visitor.violations(), [])

  const link = await visitor.find('Open the certificate')
  const address = await link.evaluate((anchor) => (anchor as HTMLAnchorElement).href)
  const certificate = await must<Certificate>(
    stack.url,
    'GET',
    new URL(address).pathname.replace('/certificates/', '/v1/certificates/'),
  )
  assert.is(certificate.quantity_tonnes, 5_000)
  assert.is(new Set(certificate.lines.map((line) => line.transaction)).size, 4)
  const { cancelled } = await stack.registry.books()
  for (const line of certificate.lines) {
    for (const block of line.blocks) {
      assert.ok(
        cancelled.some((one) => one.start === block.start && one.end === block.end),
        `the registry cancelled ${block.start}`,
      )
    }
  }
  await visitor.page.goto(address)
  const text = await visitor.page.$eval('main', (main) => main.innerText)
  assert.match(text, /5,000 tonnes, cancelled for good/)
  assert.match(text, /SIMULATED/)
  const pdf = await fetch(`${address}.pdf`)
  assert.is(pdf.headers.get('content-type'), 'application/pdf')
  assert.is(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  )
})

purchase('a declined card charges nothing; the same order goes on with another', async () => {
  const visitor = keep(await arrive(browser, page))
  await visitor.choose(20)
  await visitor.card(CARDS.declined)
  await visitor.tick()
  await visitor.press('Pay US$')
  await visitor.sees('Your bank declined the card. Nothing was charged.', 60_000)
  await visitor.card(CARDS.good)
  await visitor.press('Try again')
  await visitor.sees('20 tonnes, cancelled for good', 60_000)
  const reserved = (await visitor.told()).filter((one) => one.name === 'reserved')
  assert.is(reserved.length, 1, 'one order')
})

purchase('the bank asks, the hold is extended, and the purchase goes on', async () => {
  const visitor = keep(await arrive(browser, page))
  await visitor.choose(20)
  await visitor.card(CARDS.bank)
  await visitor.tick()
  await visitor.press('Pay US$')
  await visitor.sees('Confirm with your bank', 60_000)
  const challenge = await visitor.frameWith('main[data-payment] button, form button')
  const buttons = await challenge.$$('button')
  for (const button of buttons) {
    if (/complete/i.test(await button.evaluate((one) => one.innerText))) {
      await button.click()
      break
    }
  }
  await visitor.sees('20 tonnes, cancelled for good', 60_000)
})

purchase('a page reloaded midway finds its order again, and it was paid once', async () => {
  await stack.registry.setRegistry({ checks_paused: true })
  const visitor = keep(await arrive(browser, page))
  await visitor.choose(20)
  await visitor.card(CARDS.good)
  await visitor.tick()
  await visitor.press('Pay US$')
  await visitor.sees('Registry checks the credits', 60_000)
  const [told] = (await visitor.told()).filter((one) => one.name === 'reserved')
  await visitor.page.reload()
  await stack.registry.setRegistry({ checks_paused: false })
  await visitor.open()
  await visitor.sees('20 tonnes, cancelled for good', 60_000)
  const payments = await paymentsOf(String(told?.detail?.orderId))
  assert.is(payments.length, 1)
  assert.is(payments[0]?.captures, 1)
})

purchase('a price that moved while paying is asked about again, never charged', async () => {
  await openMarket(stack, [{ seller: 0, quantity: 10, priceMinor: 200, project: 2 }])
  await startHostPageOrigin()
  const visitor = keep(await arrive(browser, page))
  await visitor.choose(10)
  await visitor.card(CARDS.good)
  await visitor.tick()
  const other = await placeOrder(stack, orderBody(10, 100_000))
  assert.is(other.status, 201)
  await visitor.press('Pay US$')
  await visitor.sees('Somebody else bought the cheapest credits first.', 60_000)
  await visitor.sees('You have not been charged.')
})

purchase('a page whose origin is not allowed says so', async () => {
  const foreign = await startHostPage(stack, false)
  keep(() => foreign.child.stop())
  const visitor = keep(await arrive(browser, foreign))
  await visitor.sees('This button does not', 60_000)
})

purchase('without JavaScript the link inside the tag leads to the hosted pages', async () => {
  const plain = await browser.newPage()
  keep(() => plain.close())
  await plain.setJavaScriptEnabled(false)
  await plain.goto(`${page.url}/article`)
  const link = await plain.$('offset-button a')
  assert.ok(await link?.isVisible())
  await Promise.all([plain.waitForNavigation(), link?.click()])
  assert.is(new URL(plain.url()).origin, stack.url)
  assert.match(await plain.$eval('h1', (heading) => heading.textContent), /How much\?/)
})

purchase('after all of it the books agree', () => assertBooksAgree(stack, { isOver: false }))

/** Opening a market enters the key anew, for the tests' own origin. */
async function startHostPageOrigin() {
  await must(stack.url, 'PUT', '/v1/operator/publishable-keys/pk_demo_test_page_00000001', {
    key: stack.keys.operatorToken,
    body: { name: 'Test page', origins: [page.url] },
  })
}

purchase.run()
