import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DECLINED_CARD, GOOD_CARD, setStage } from './support/stage.ts'
import { visitPage } from './support/visitor.ts'

const tabs = suite('two tabs')
const stage = await setStage(tabs)
const { api } = stage

const toPayment = async (v: Awaited<ReturnType<typeof visitPage>>) => {
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.press('Continue to payment')
  await v.sees('I understand')
}

tabs('a second tab watches, and does not pay what the first is paying', async () => {
  const first = await stage.arriveAtPayment()
  const second = await visitPage(first.page.browserContext(), stage.host.url)
  await toPayment(second)
  await first.page.bringToFront()
  await first.card(DECLINED_CARD)
  await first.tick()
  await first.press('Pay US$39.76')
  await first.sees('Still held for you')
  await second.page.bringToFront()
  await second.sees('You are paying in another tab')
  assert.is(stage.ordersSent().length, 1)
})

tabs('the visitor may go on in the second tab, and the first only watches then', async () => {
  const first = await stage.arriveAtPayment()
  await first.card(DECLINED_CARD)
  await first.tick()
  await first.press('Pay US$39.76')
  await first.sees('Still held for you')
  const second = await visitPage(first.page.browserContext(), stage.host.url)
  await second.sees('Your order is under way')
  await second.open()
  await second.sees('You are paying in another tab')
  await second.press('Go on here instead')
  await second.sees('It is held for you and not paid yet.')
  await second.card(GOOD_CARD)
  await second.press('Try again: pay US$39.76')
  await second.sees('cancelled for good')
  await first.page.bringToFront()
  await first.sees('cancelled for good')
  assert.is(stage.ordersSent().length, 1)
  assert.is(api.orders.size, 1)
})

tabs('when the first tab closes, the second may pay', async () => {
  const first = await stage.arriveAtPayment()
  await first.card(DECLINED_CARD)
  await first.tick()
  await first.press('Pay US$39.76')
  await first.sees('Still held for you')
  const second = await visitPage(first.page.browserContext(), stage.host.url)
  await second.open()
  await second.sees('You are paying in another tab')
  await first.page.close()
  await second.sees('It is held for you and not paid yet.')
})

tabs.run()
