import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { problemOf } from './support/fixtures.ts'
import type { Scenario } from './support/scenario.ts'
import { DECLINED_CARD, GOOD_CARD, setStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const trouble = suite('trouble')
const stage = await setStage(trouble)
const { api } = stage

const TYPED: readonly [typed: string, sentence: string][] = [
  ['1.5', 'Credits come whole. Type a whole number of tonnes, such as 12.'],
  ['0', 'One tonne is the least.'],
  ['-3', 'Type a number above zero: one tonne is the least.'],
  ['10000000', 'One order takes at most 1,000,000 t.'],
  ['twelve', 'That is not a number of tonnes. Type digits only, such as 12.'],
]
trouble(
  'what cannot be bought is explained where it is typed, and nothing is changed',
  async () => {
    const v = await stage.arrive()
    await v.open()
    await v.sees('US$39.76')
    for (const [typed, sentence] of TYPED) {
      await v.type(typed)
      await v.sees(sentence)
      await v.press('See the quote')
      await v.sees('How much?')
      assert.is(
        await v.page.$eval('offset-button >>> #amount', (it) => (it as HTMLInputElement).value),
        typed,
      )
      assert.is(await v.focused(), 'amount')
    }
    await v.type('')
    await v.press('See the quote')
    await v.sees('Type how many tonnes, such as 12.')
  },
)

/** Sentence, and the next step that leads on. */
type Case = readonly [
  what: string,
  scenario: Partial<Scenario>,
  act: (v: Visitor) => Promise<unknown>,
  sentences: readonly string[],
  next: string,
  then: string,
]
const refuseOrder = (code: Parameters<typeof problemOf>[0], more = {}): Partial<Scenario> => ({
  refuse: { market: [], quotes: [], orders: [problemOf(code, more)] },
})
const pay = async (v: Visitor) => {
  await v.card(GOOD_CARD)
  await v.tick()
  await v.press('Pay US$')
}
const AT_ORDER: readonly Case[] = [
  [
    'nothing is left',
    refuseOrder('nothing_available'),
    pay,
    ['Nothing is on offer in this choice today'],
    'Choose other projects',
    'Which projects',
  ],
  [
    'less is left',
    refuseOrder('not_enough_available', { available_tonnes: 7 }),
    pay,
    ['7 t are left in this choice', 'You asked for 12 t'],
    'Take 7 t for US$',
    '7 UN carbon credits',
  ],
  [
    'it is too little',
    refuseOrder('amount_too_small', { minimum_tonnes: 15 }),
    pay,
    ['At least 15 t, please'],
    'Make it 15 t',
    'How much?',
  ],
  [
    'the registry closed',
    refuseOrder('registry_closed'),
    pay,
    ['The registry is not taking cancellations', 'Orders already paid are safe'],
    'Look again',
    'How much?',
  ],
  [
    'the market paused',
    refuseOrder('market_halted'),
    pay,
    ['The market is paused'],
    'Look again',
    'How much?',
  ],
  [
    'the order would meet too many offers',
    refuseOrder('too_many_fills'),
    pay,
    ['more offers than one order may', 'Nothing was held or charged'],
    'Back',
    'Your quote',
  ],
]
for (const [what, scenario, act, sentences, next, then] of AT_ORDER)
  trouble(`${what} when the order is placed: a sentence, and a way on`, async () => {
    const v = await stage.arriveAtPayment(scenario)
    await act(v)
    for (const sentence of sentences) await v.sees(sentence)
    await v.press(next)
    await v.sees(then)
    const codes = (await v.told()).filter((it) => it.name === 'error').map((it) => it.detail?.code)
    assert.is(codes.length, 1)
  })

trouble('a price that moved shows before and now, and goes on at the new price', async () => {
  const v = await stage.arriveAtPayment()
  api.scenario.surchargeMinor = 4
  await pay(v)
  await v.sees('Somebody else bought the cheapest credits first. You have not been charged.')
  await v.sees('Total $39.76 $40.27')
  await v.press('Go on at US$40.27')
  await v.card(GOOD_CARD)
  await v.press('Pay US$40.27')
  await v.sees('cancelled for good')
  assert.is(stage.ordersSent().length, 2)
})

trouble('fewer tonnes within the old total ask for consent anew', async () => {
  const v = await stage.arriveAtPayment()
  api.scenario.surchargeMinor = 4
  await pay(v)
  await v.press('11 t for US$')
  await v.sees('cancelling these 11 credits')
  await v.press('Pay US$36.88')
  await v.sees('Please tick the box above')
})

trouble('a declined card keeps its hold; the third failure ends the order', async () => {
  const v = await stage.arriveAtPayment()
  await v.card(DECLINED_CARD)
  await v.tick()
  await v.press('Pay US$39.76')
  await v.sees('Your bank declined the card. Nothing was charged.')
  await v.sees('Still held for you')
  await v.press('Try again: pay US$39.76')
  await new Promise((resolve) => setTimeout(resolve, 300))
  await v.press('Try again: pay US$39.76')
  await v.sees('Get a new quote')
  await v.sees('Nothing was charged; the credits are on offer again.')
  assert.is(stage.ordersSent().length, 1)
})

const ENDINGS = [
  [
    'expired',
    'hold_expired',
    'The hold ran out',
    'Nothing was charged; the credits are on offer again.',
  ],
  [
    'rejected',
    'registry_refused',
    'The registry refused these credits',
    'Your card was not charged.',
  ],
  [
    'rejected',
    'registry_timed_out',
    'The registry did not answer in time',
    'Your card was not charged',
  ],
  ['declined', 'capture_refused', 'The card could not be charged', 'no credit was cancelled'],
] as const
for (const [state, reason, heading, money] of ENDINGS)
  trouble(
    `an order that ends with ${reason} says so, says what it means for the money, and leads on`,
    async () => {
      const v = await stage.arriveAndPay(DECLINED_CARD)
      await v.sees('Still held for you')
      api.end(stage.onlyOrder().id, state, reason)
      await v.sees(heading)
      await v.sees(money)
      await v.press('Get a new quote')
      await v.sees('Continue to payment')
      const codes = (await v.told()).map((it) => it.detail?.code)
      assert.ok(codes.includes(reason))
    },
  )

trouble(
  'credits that the registry refused in part are matched again, and the visitor is told',
  async () => {
    const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'captured', stepMs: 10 })
    await v.sees('Card charged US$39.76')
    api.change(stage.onlyOrder().id, (order) => ({
      completed_tonnes: 11,
      legs: order.legs.map((leg) => ({
        ...leg,
        state: leg.number < 3 ? ('completed' as const) : ('refused' as const),
      })),
    }))
    await v.sees('1 t being matched again')
    await v.sees('We take another at no more than your price, or refund $3.15 and its fees.')
  },
)

trouble('a refunded part is named beside the certificate', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'captured', stepMs: 10 })
  await v.sees('Card charged US$39.76')
  api.change(stage.onlyOrder().id, (order) => ({
    state: 'closed',
    completed_tonnes: 11,
    refunded_minor: 335,
    legs: order.legs.map((leg) => ({
      ...leg,
      state: leg.number < 3 ? ('completed' as const) : ('refunded' as const),
    })),
    fills: order.fills.map((fill) => ({
      ...fill,
      state: fill.leg < 3 ? ('committed' as const) : ('released' as const),
    })),
    certificate: { id: `C-${order.id}`, url: `${api.origin}/c`, pdf_url: `${api.origin}/c.pdf` },
  }))
  await v.sees('11 tonnes, cancelled for good')
  await v.sees('US$3.35 went back to your card: the registry did not cancel 1 t.')
})

trouble('a registry that says nothing needs nothing from the visitor', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD, { stopAt: 'authorised', stepMs: 10 })
  await v.sees('Card authorised, not yet charged')
  const at = new Date(Date.now() - 60_000).toISOString()
  api.change(stage.onlyOrder().id, (order) => ({
    steps: order.steps.map((step) => ({ ...step, at })),
  }))
  await v.sees('The registry has not answered yet. You need do nothing; we keep asking.')
})

trouble('a market that is slow says so after five seconds, and goes on by itself', async () => {
  const v = await stage.arrive()
  await v.open()
  await v.sees('US$39.76')
  api.scenario.delayMs = 6_500
  await v.type('13')
  await v.press('See the quote')
  await v.sees('Waiting for a price')
  await v.sees('The market is slow to answer. Your 13 t are not lost; we keep asking.', 30_000)
  await v.sees('Continue to payment', 30_000)
})

trouble('a market that fails to answer is asked again, at once if the visitor wants', async () => {
  const down = () => problemOf('market_unavailable')
  api.reset({ refuse: { market: [], quotes: [down(), down(), down()], orders: [] } })
  const v = await stage.arrive()
  await v.open()
  await v.sees('we keep asking')
  await v.press('Ask now')
  await v.sees('US$39.76', 30_000)
})

trouble('offline says so, and goes on when the connection is back', async () => {
  const v = await stage.arrive()
  await v.open()
  await v.sees('US$39.76')
  // The files that explain what goes wrong are there once a price that was not typed whole is explained.
  await v.type('1.5')
  await v.sees('Credits come whole.')
  await v.page.setOfflineMode(true)
  await v.type('13')
  await v.sees('You are offline. Nothing was sent and nothing charged.')
  await v.page.setOfflineMode(false)
  await v.sees('US$43.10', 30_000)
  assert.not.match(await v.text(), /offline/)
})

trouble(
  'a lost reply is asked for again with the same key, and one order comes of it',
  async () => {
    const v = await stage.arriveAndPay(GOOD_CARD, { loseOrderReply: 2 })
    await v.sees('cancelled for good', 30_000)
    const sent = stage.ordersSent()
    assert.is(sent.length, 3)
    assert.is(new Set(sent.map((it) => it.headers['idempotency-key'])).size, 1)
    assert.is(api.orders.size, 1)
  },
)

trouble('a payment script that is blocked is explained, and can be tried again', async () => {
  const v = await stage.arriveAtPayment({ script: 'missing' })
  await v.sees('This website does not let a card form open inside it. Pay on')
  const codes = (await v.told()).map((it) => it.detail?.code)
  assert.ok(codes.includes('card_form_blocked'))
  api.scenario.script = 'ok'
  await v.press('Try again')
  await v.card(GOOD_CARD)
  await v.tick()
  await v.press('Pay US$39.76')
  await v.sees('cancelled for good')
})

trouble(
  'an attribute that cannot be read sells nothing, however often one looks again',
  async () => {
    const v = await stage.arrive('mode="inline" tonnes="12" hosts="Kenya"')
    await v.sees('This button does not work on this site yet')
    await v.press('Look again')
    await v.sees('This button does not work on this site yet')
    assert.equal(
      api.requests.filter(({ path }) => path.startsWith('/v1/')),
      [],
    )
  },
)

trouble('nothing in a choice shows what is, one step wider', async () => {
  const v = await stage.arrive()
  await v.open()
  await v.sees('US$39.76')
  await v.press('Change')
  await v.press('Solar')
  await v.press('Kenya')
  await v.sees('Nothing is on offer in this choice today.').catch(() => undefined)
  await v.press('Use this choice')
  await v.press('See the quote')
  await v.sees('No project is selling in: Kenya; solar.')
  await v.sees('Same, anywhere 8 t')
  await v.press('9,400 t')
  await v.sees('How much?')
  await v.sees('a tonne')
})

trouble.run()
