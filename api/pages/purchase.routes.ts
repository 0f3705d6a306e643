import { randomUUID } from 'node:crypto'
import type Router from '@koa/router'
import {
  type OrderRequest,
  orderRequest,
  PROBLEMS,
  type ProblemCode,
  type QuoteRequest,
} from '@offset-button/contract'
import type { Context } from 'koa'
import { z } from 'zod'
import { type Application, readBook } from '../application.ts'
import { readRawBody } from '../http/body.ts'
import type { Described } from '../http/openapi.ts'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import { readFilterQuery } from '../market/attributes.ts'
import { explainQuote } from '../market/explanation.ts'
import { marketView } from '../market/market.ts'
import { quoteFrom } from '../market/quote.ts'
import { findOrderOfKey, placeOrder } from '../order/order.place.ts'
import { stopOrder } from '../order/order.stop.ts'
import { orderForBuyer } from '../order/order.view.ts'
import { amountPage } from './amount.page.ts'
import { cardSecurityPolicy, FOLLOWING_SECURITY_POLICY } from './assets.ts'
import { keyOfPage } from './hosted-key.ts'
import { codeOfTag, type Language, languageOf } from './language.ts'
import type { RawQuery } from './market-query.ts'
import { orderPage, shownOf } from './order.page.ts'
import { readerOf, sendPage } from './pages.routes.ts'
import { type Choice, choicePath, inTonnes, quoteRequestOf, readChoice } from './purchase-choice.ts'
import { noticeOf, troubleOf } from './purchase-words.ts'
import { type QuoteNotice, quotePage } from './quote.page.ts'
import { linkTo, type Reader } from './reader.ts'

const orderParams = z.strictObject({ order: z.string().regex(/^[a-z0-9]{26}$/) })

const described = { caller: 'anybody', status: 200, media: ['text/html'] } as const
/** The pages of a purchase without a script: what is at these addresses, for the OpenAPI document. */
export const PURCHASE_PAGES: readonly Described[] = [
  {
    ...described,
    method: 'get',
    path: '/buy',
    operation: 'showAmount',
    summary: 'How much and of which projects, as a form',
    problems: ['unknown_filter', 'market_unavailable'],
  },
  {
    ...described,
    method: 'get',
    path: '/buy/quote',
    operation: 'showQuote',
    summary: 'A live price as a page, with the form that holds the credits',
    problems: ['unknown_filter', 'market_unavailable'],
  },
  {
    ...described,
    method: 'get',
    path: '/orders/{order}',
    operation: 'showOrder',
    summary: 'An order as a page: the hold and the card, the steps, the certificate',
    params: orderParams,
    problems: ['order_not_found'],
  },
]

/**
 * A purchase as plain pages and forms. Nothing is kept between them and no cookie is set: the choice stands in the address,
 * and the order's id is the way back to it.
 */
export function mountPurchasePages(router: Router, application: Application): void {
  const { publicUrl } = application
  const ownOrigin = new URL(publicUrl).origin

  router.get('/buy', async (context) => {
    const choice = readChoice(context.query)
    await keyOfPage(application, choice.key)
    const reader = readerOf(context)
    const market = await marketOf(application, choice)
    sendFresh(context, reader, amountPage(reader, market, choice))
  })

  router.get('/buy/quote', async (context) => {
    const choice = readChoice(context.query)
    await keyOfPage(application, choice.key)
    await sendQuote(context, application, choice)
  })

  router.post('/buy/order', async (context) => {
    refuseForeignForm(context, ownOrigin)
    const form = await readForm(context)
    const choice = readChoice(form)
    const reader = readerOf(context)
    const publishableKey = await keyOfPage(application, choice.key)
    if (form.consent !== 'yes') {
      context.status = 400
      return sendQuote(context, application, choice, { isConsentMissing: true })
    }
    const placing = {
      publishableKey,
      idempotencyKey: idempotencyKeyOf(form),
      request: orderRequestOf(shownLanguage(form, reader), choice, Number(form.max_total_minor)),
    }
    try {
      const { id } = await placeOrder(application, placing)
      seeOther(context, linkTo(reader, `/orders/${id}`))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const placed =
        error.code === 'idempotency_key_reused'
          ? await findOrderOfKey(application, publishableKey, placing.idempotencyKey)
          : null
      const notice = noticeOf(reader.language, error.code, placed)
      context.status = PROBLEMS[error.code].status
      // What may have taken effect is sent again under the same key, and then counts once.
      const again = PROBLEMS[error.code].retryable ? placing.idempotencyKey : randomUUID()
      await sendQuote(context, application, choice, { notice, idempotencyKey: again })
    }
  })

  router.get('/orders/:order', async (context) => {
    await sendOrder(context, application, orderIdOf(context))
  })

  router.post('/orders/:order/stop', async (context) => {
    refuseForeignForm(context, ownOrigin)
    const id = orderIdOf(context)
    const { publishable_key: key } = await findOrder(application, id)
    try {
      await stopOrder(application, id, key)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'order_not_stoppable') throw error
      return sendOrder(context, application, id, error.code)
    }
    seeOther(context, linkTo(readerOf(context), `/orders/${id}`))
  })
}

/**
 * A form counts only when one of these pages sent it: another website could else send one with the box ticked that its
 * visitor never saw. There is no cookie that it could borrow. Programs send neither header.
 */
function refuseForeignForm(context: Context, ownOrigin: string): void {
  const site = context.get('Sec-Fetch-Site')
  const origin = context.get('Origin')
  if (site ? site !== 'same-origin' : origin !== '' && origin !== ownOrigin) {
    throw new Refusal('form_not_ours')
  }
}

async function readForm(context: Context): Promise<Readonly<Record<string, string>>> {
  if (!context.is('application/x-www-form-urlencoded')) throw new Refusal('invalid_request')
  const form = new URLSearchParams(await readRawBody(context.req))
  const isStorable = [...form.values()].every(
    (value) => !value.includes('\0') && value.isWellFormed(),
  )
  if (!isStorable) throw new Refusal('invalid_request')
  return Object.fromEntries(form)
}

function idempotencyKeyOf({ idempotency_key: key = '' }: Readonly<Record<string, string>>): string {
  if (!/^[\x21-\x7e]{16,128}$/.test(key)) throw new Refusal('idempotency_key_missing')
  return key
}

/** The language in which the form showed what is agreed to. */
const shownLanguage = (
  { consent_language: shown = '' }: Readonly<Record<string, string>>,
  reader: Reader,
): Language => languageOf(codeOfTag(shown) ?? reader.language.code)

/** The order for the quote on the page, never for more than its total, with the consent that the page showed. */
function orderRequestOf(language: Language, choice: Choice, maxTotalMinor: number): OrderRequest {
  const { request } = readRequest(language, choice)
  const tonnes = request.quantity_tonnes ?? 0
  const { filter, max_price_minor } = request
  return validate(orderRequest, {
    quantity_tonnes: tonnes,
    ...(filter && Object.keys(filter).length > 0 && { filter }),
    ...(max_price_minor !== undefined && { max_price_minor }),
    max_total_minor: maxTotalMinor,
    ...(choice.beneficiary !== '' && { beneficiary: choice.beneficiary }),
    ...(choice.purpose !== '' && { purpose: choice.purpose }),
    consent: { text: language.say('payment.consent', { n: tonnes }), language: language.code },
  })
}

function readRequest(language: Language, choice: Choice): { readonly request: QuoteRequest } {
  const read = quoteRequestOf(language, choice)
  if ('request' in read) return read
  throw new Refusal('invalid_request', {
    errors: Object.entries(read.faults).map(([path, message]) => ({ path, message })),
  })
}

const marketOf = (application: Application, choice: Choice) =>
  marketView(application, readFilterQuery(choice.filter))

type QuoteTold = {
  readonly notice?: QuoteNotice
  readonly isConsentMissing?: boolean
  readonly idempotencyKey?: string
}

/** The quote; where there is none, the amount again with what stands in the way. */
async function sendQuote(
  context: Context,
  application: Application,
  choice: Choice,
  told: QuoteTold = {},
): Promise<void> {
  const reader = readerOf(context)
  const market = await marketOf(application, choice)
  const read = quoteRequestOf(reader.language, choice)
  if ('faults' in read) {
    context.status = 400
    return sendFresh(context, reader, amountPage(reader, market, choice, { faults: read.faults }))
  }
  const { catalogue, fees, host, publicUrl } = application
  try {
    const { quote, passedOver } = readBook(application, (book) => ({
      quote: { ...quoteFrom(book, read.request, { catalogue, fees }), sequence: host.batchSeq() },
      passedOver: explainQuote(book, read.request, { catalogue, fees }).passed_over,
    }))
    const address = `${publicUrl}${linkTo(reader, choicePath('/buy/quote', choice))}`
    sendFresh(
      context,
      reader,
      quotePage(reader, {
        market,
        choice,
        quote,
        passedOver,
        address,
        idempotencyKey: randomUUID(),
        ...told,
      }),
    )
  } catch (error) {
    const trouble = error instanceof Refusal ? troubleOf(reader.language, error) : null
    if (!trouble) throw error
    context.status = PROBLEMS[(error as Refusal).code].status
    sendFresh(context, reader, amountPage(reader, market, choice, { trouble }))
  }
}

async function sendOrder(
  context: Context,
  application: Application,
  id: string,
  refused?: ProblemCode,
): Promise<void> {
  const { clock, payment, publicUrl } = application
  const found = await findOrder(application, id)
  const order = await orderForBuyer(application, id, found.publishable_key)
  if (!order) throw new Refusal('order_not_found')
  const again = inTonnes(
    readChoice({ key: found.key, ...filterNames(order.filter) }),
    order.quantity_tonnes,
  )
  const path = `/orders/${id}`
  const agreed = found.consent_language
  const reader = readerOf(context, {
    agreed,
    ...(context.method === 'POST' && { here: path }),
  })
  context.set('ETag', `"${shownOf(order)}"`)
  sendFresh(
    context,
    reader,
    orderPage(reader, {
      order,
      consent: { text: found.consent_text, language: agreed },
      payment,
      address: `${publicUrl}${linkTo(reader, path)}`,
      again: choicePath('/buy/quote', again),
      now: new Date(clock.now()).toISOString(),
      notice: refused && reader.language.problem(refused).sentence,
    }),
    order.state === 'reserved' ? cardSecurityPolicy(payment.scriptUrl) : FOLLOWING_SECURITY_POLICY,
  )
}

/** A filter as the names and texts of an address. */
function filterNames({ not, ...selection }: OrderRequest['filter'] & object): RawQuery {
  const names = (part: Omit<OrderRequest['filter'] & object, 'not'>, prefix: string) => {
    const { vintage, ...lists } = part
    return [
      ...Object.entries(lists).map(([name, list]) => [prefix + name, list?.join() ?? '']),
      ...(vintage
        ? [
            [`${prefix}vintage_from`, String(vintage.from)],
            [`${prefix}vintage_to`, String(vintage.to)],
          ]
        : []),
    ]
  }
  return Object.fromEntries([...names(selection, ''), ...(not ? names(not, 'not_') : [])])
}

/** Whoever has the id may see the order; its key says on whose behalf it was placed. */
async function findOrder({ db }: Application, id: string) {
  const found = await db
    .selectFrom('order')
    .innerJoin('publishable_key', 'publishable_key.id', 'order.publishable_key')
    .select(['publishable_key', 'consent_text', 'consent_language', 'publishable_key.key'])
    .where('order.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new Refusal('order_not_found')
  return found
}

const orderIdOf = (context: Context): string =>
  validate(orderParams, { order: context.params.order }, 'order_not_found').order

function seeOther(context: Context, path: string): void {
  context.redirect(path)
  context.status = 303
}

/** Prices and orders are of this moment; forms have to say where they come from. */
function sendFresh(context: Context, reader: Reader, markup: string, policy?: string): void {
  const { status } = context
  sendPage(context, reader, markup, policy)
  context.set('Cache-Control', 'no-store')
  context.set('Referrer-Policy', 'same-origin')
  if (status >= 400 && status !== 404) context.status = status
}
