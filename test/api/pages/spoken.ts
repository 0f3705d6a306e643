import type { LanguageCode } from '@offset-button/contract/words/language'
import pg from 'pg'
import * as assert from 'uvu/assert'
import type { Stack } from '../../support/stack.ts'
import { englishIn } from './foreign.ts'

/** Pages of the market and the purchase, what stands in the way of a quote, and what cannot be had. */
export const PAGES = [
  '/',
  '/?host=FJ&not_project=0037',
  '/?host=ZW',
  '/buy',
  '/buy/quote?tonnes=x&max_price=y',
  '/buy/quote?tonnes=1.5',
  '/buy/quote?by=budget&budget=0',
  '/buy/quote?tonnes=300000&technology=biomass',
  '/buy/quote?budget=0.40',
  '/buy/quote?tonnes=1&host=ZW',
  '/buy/quote?budget=50&technology=hydro',
  '/buy?key=pk_unknown',
  '/buy?host=XX',
  '/orders/aaaaaaaaaaaaaaaaaaaaaaaaaa',
  '/certificates/nothing',
  '/nowhere',
  '/problems/price_moved',
] as const

/** Pages of what was bought. An order speaks the language of its consent, unless the address names another. */
export const pagesOf = (
  code: LanguageCode,
  bought: { readonly order: string; readonly certificate: string },
): readonly string[] => [
  `/orders/${bought.order}?lang=${code}`,
  `/certificates/${bought.certificate}`,
]

/**
 * Asks as a browser that wants a language, and looks whether the answer is in it and in no other. Gives the page, or the
 * address that it leads to.
 */
export async function isIn(
  stack: Stack,
  code: LanguageCode,
  path: string,
  init: RequestInit = {},
): Promise<string> {
  const answer = await fetch(stack.url + path, {
    ...init,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      'accept-language': `${code}-XX,it;q=0.9,en;q=0.1`,
      ...init.headers,
    },
  })
  const markup = await answer.text()
  if (answer.status === 303) return answer.headers.get('location') ?? ''
  const about = `${code}: ${answer.status} ${path}`
  assert.is(answer.headers.get('content-language'), code, about)
  assert.match(answer.headers.get('vary') ?? '', 'Accept-Language', about)
  assert.match(markup, `<html lang="${code}" dir="${code === 'ar' ? 'rtl' : 'ltr'}">`, about)
  assert.equal(englishIn(markup, code), [], about)
  assert.not.match(markup, /\{\w+\}|undefined|NaN/, about)
  return markup
}

/** The consent that is kept with an order. */
export async function consentOf(stack: Stack, order: string): Promise<unknown> {
  const client = new pg.Client(stack.databases.api.url)
  await client.connect()
  try {
    const { rows } = await client.query(
      'SELECT consent_language AS language, consent_text AS text FROM "order" WHERE id = $1',
      [order],
    )
    return rows[0]
  } finally {
    await client.end()
  }
}
