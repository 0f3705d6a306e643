import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BANK_CARD, DECLINED_CARD, GOOD_CARD, setStage } from './support/stage.ts'

const resume = suite('resuming after a reload')
const stage = await setStage(resume)
const { api } = stage

resume('an order under way is on the button, and the panel opens at it', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'captured', stepMs: 10 })
  await v.sees('Card charged US$39.76')
  await v.page.reload()
  await v.sees('Your order is under way')
  await v.open()
  await v.sees('Welcome back')
  await v.sees('it was paid once.')
  assert.is(stage.ordersSent().length, 1)
})

resume('it goes on while nobody looks, and each event is told once', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'captured', stepMs: 10 })
  await v.sees('Card charged US$39.76')
  const before = (await v.told()).map((it) => it.name)
  assert.ok(before.includes('reserved') && before.includes('paid'))
  await v.page.reload()
  await v.sees('Your order is under way')
  api.goOn(stage.onlyOrder().id)
  api.scenario.stopAt = null
  await v.sees('12 tonnes cancelled', 30_000)
  const after = (await v.told()).map((it) => it.name)
  assert.equal(after, ['cancelled', 'certificate'])
})

resume('an order that awaits its card is paid with the same order', async () => {
  const v = await stage.arriveAndPay(DECLINED_CARD)
  await v.sees('Your bank declined the card.')
  await v.page.reload()
  await v.sees('Your order is under way')
  await v.open()
  await v.sees('Welcome back')
  await v.sees('It is held for you and not paid yet.')
  await v.card(GOOD_CARD)
  await v.press('Try again: pay US$39.76')
  await v.sees('cancelled for good')
  assert.is(stage.ordersSent().length, 1)
})

resume('an order that awaits the bank can ask the bank again', async () => {
  const v = await stage.arriveAndPay(BANK_CARD)
  await v.sees('Confirm with your bank')
  await v.page.reload()
  await v.sees('Your order is under way')
  await v.open()
  await v.press('Open the bank’s window again')
  await v.page.waitForSelector('#bank-yes')
  await v.page.click('#bank-yes')
  await v.sees('cancelled for good')
})

resume('a reply that was lost with the page is asked for with the same key', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { loseOrderReply: 1, delayMs: 300 })
  await v.sees('Holding your credits')
  await new Promise((resolve) => setTimeout(resolve, 100))
  await v.page.reload()
  await v.sees('Your order is under way')
  await v.open()
  await v.sees('It is held for you and not paid yet.', 30_000)
  const keys = stage.ordersSent().map((it) => it.headers['idempotency-key'])
  assert.ok(keys.length >= 2)
  assert.is(new Set(keys).size, 1)
  assert.is(api.orders.size, 1)
})

resume('a certificate is still there for this visitor', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD)
  await v.sees('cancelled for good')
  await v.page.reload()
  await v.sees('12 tonnes cancelled')
  assert.ok((await v.states()).includes('done'))
  await v.open()
  await v.sees('12 tonnes, cancelled for good')
  await v.sees('UG-5-1204417-2-2-0-3017')
})

resume('an order that ended meanwhile says how, and makes way', async () => {
  const v = await stage.arriveAndPay(DECLINED_CARD)
  await v.sees('Still held for you')
  await v.page.goto('about:blank')
  api.end(stage.onlyOrder().id, 'expired', 'hold_expired')
  await v.page.goto(stage.host.url)
  await v.sees('Offset 12 tonnes')
  await v.open()
  await v.sees('The hold ran out')
  await v.press('Get a new quote')
  await v.sees('Continue to payment')
})

resume('an order that nobody knows any more is forgotten', async () => {
  const v = await stage.arriveAndPay(DECLINED_CARD)
  await v.sees('Still held for you')
  api.orders.clear()
  await v.page.reload()
  await v.open()
  await v.sees('How much?')
  await v.sees('US$39.76')
})

resume('reset forgets the order and begins anew', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD)
  await v.sees('cancelled for good')
  await v.page.reload()
  await v.sees('12 tonnes cancelled')
  await v.page.$eval('offset-button', (it) => (it as HTMLElement & { reset(): void }).reset())
  await v.sees('Offset 12 tonnes')
})

resume('an element that is moved in its page goes on with its order', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'captured', stepMs: 10 })
  await v.sees('Card charged US$39.76')
  await v.page.$eval('offset-button', (it) => document.body.append(it))
  api.scenario.stopAt = null
  api.goOn(stage.onlyOrder().id)
  await v.sees('12 tonnes cancelled', 30_000)
})

resume('no name and no secret stays behind in the browser', async () => {
  const v = await stage.arriveAtPayment({}, 'tonnes="12" beneficiary="Somebody Private"')
  await v.card(DECLINED_CARD)
  await v.tick()
  await v.press('Pay US$39.76')
  await v.sees('Still held for you')
  const kept = await v.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  assert.match(kept, /order1/)
  assert.not.match(kept, /Somebody|secret/)
})

resume.run()
