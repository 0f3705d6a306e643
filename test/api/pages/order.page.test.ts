import type { Order } from '@offset-button/contract'
import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orderPage } from '../../../api/pages/order.page.ts'
import { englishIn } from './foreign.ts'
import { orderAfter } from './orders.ts'
import { readerOf } from './readers.ts'

const it = suite('order page')

const pageOf = (code: LanguageCode, order: Order, agreedIn: LanguageCode = code) => {
  const reader = readerOf(code, { isKept: true, here: `/orders/${order.id}` })
  return orderPage(reader, {
    order,
    consent: {
      text: readerOf(agreedIn).language.say('payment.consent', { n: order.quantity_tonnes }),
      language: agreedIn,
    },
    payment: { scriptUrl: 'https://pay.example/v3.js', publishableKey: 'pk_test_1' },
    address: `https://offset.example/orders/${order.id}?lang=${code}`,
    again: '/buy/quote?tonnes=12',
    now: '2026-11-23T14:02:30.000Z',
  })
}

const { payment } = orderAfter(1)
const ended = (reason: Order['reason'], refunded = 0) =>
  orderAfter(1, {
    state: refunded > 0 ? 'refunded' : 'rejected',
    reason,
    hold: null,
    refunded_minor: refunded,
  })
const STATES: Readonly<Record<string, Order>> = {
  held: orderAfter(1),
  'held for nobody, after a declined card': orderAfter(1, {
    beneficiary: null,
    payment: { ...payment, failures: 1 },
  }),
  'held, the payment under way': orderAfter(1, { payment: { ...payment, client_secret: null } }),
  'held for the bank': orderAfter(1, { payment: { ...payment, status: 'awaiting_bank' } }),
  authorised: orderAfter(2),
  checked: orderAfter(3),
  captured: orderAfter(4),
  'some cancelled': orderAfter(4, { completed_tonnes: 3 }),
  completed: orderAfter(5),
  closed: orderAfter(6),
  'closed in part': orderAfter(6, { completed_tonnes: 1, refunded_minor: 1013 }),
  declined: ended('card_declined'),
  expired: ended('hold_expired'),
  stopped: ended('stopped'),
  'not captured': ended('capture_refused'),
  'refused by the registry': ended('registry_refused'),
  'refused and refunded': ended('registry_refused', 4053),
  'timed out': ended('registry_timed_out'),
  'ended for another reason': ended('internal'),
}

for (const [name, order] of Object.entries(STATES)) {
  it(`an order that is ${name} is told in every language, and in no other`, () => {
    for (const code of LANGUAGES) {
      const page = pageOf(code, order)
      const direction = code === 'ar' ? 'rtl' : 'ltr'
      assert.match(page, `<html lang="${code}" dir="${direction}">`)
      assert.equal(englishIn(page, code), [], code)
      assert.not.match(page, /\{\w+\}|undefined|NaN|\[object/, code)
      assert.is(page.match(/ aria-current="true"/g)?.length, 1, code)
    }
  })
}

it('what stayed English would be found', () => {
  assert.ok(englishIn(pageOf('en', orderAfter(1)), 'fr').includes('Platform fee'))
})

it('every link and form of the page keeps to the language', () => {
  for (const order of [STATES.held, STATES.closed, STATES.captured, STATES.stopped]) {
    assert.ok(order)
    const links = pageOf('fr', order).matchAll(/ (?:href|action)="(?!\/pages\/)([^"]*)"/g)
    const elsewhere = [...links].map(([, link = '']) => link).filter((link) => !/lang=/.test(link))
    assert.equal(elsewhere, [])
  }
})

it('what the buyer agreed to stands there in the language in which they did', () => {
  const page = pageOf('de', orderAfter(1), 'fr')
  assert.match(
    page,
    '<bdi lang="fr">Je comprends que l’annulation de ces 12 crédits est définitive.',
  )
})

it('the card form is opened in the language of the page, as far as the payment service has it', () => {
  for (const [code, locale] of [
    ['en', 'en-GB'],
    ['ar', 'ar'],
    ['hi', 'en'],
  ] as const) {
    assert.match(pageOf(code, orderAfter(1)), `data-locale="${locale}"`)
  }
})

it.run()
