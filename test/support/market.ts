/** A small market on a stack: sellers with units at the registry, and the offers that a test wants. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type {
  Filter,
  ImportProjectsRequest,
  Offer,
  Order,
  OrderRequest,
  Quote,
} from '@offset-button/contract'
import { PAGE_KEY, PAGE_ORIGIN, type Stack } from './stack.ts'

export const PROJECTS: ImportProjectsRequest['projects'] = [
  project(
    '0037',
    'Rio Azul landfill gas and utilization project in Costa Rica',
    'CR',
    'not_stated',
  ),
  project('0075', 'Clarion 12MW (Gross) Renewable Sources Biomass Power Project', 'IN', 'biomass'),
  project('0089', 'Vaturu and Wainikasou Hydro Projects', 'FJ', 'hydro'),
  project('0112', 'Nagda Hills Wind Energy Project (India)', 'IN', 'wind'),
]

function project(
  reference: string,
  title: string,
  host: string,
  technology: ImportProjectsRequest['projects'][0]['technology'],
) {
  const derived = technology !== 'not_stated'
  return {
    reference,
    title,
    host,
    technology,
    scope: derived ? 1 : null,
    scope_derived: derived,
    source: 'UNFCCC public list of projects',
  }
}

export type OfferSpec = {
  readonly seller: number
  readonly quantity: number
  readonly priceMinor: number
  /** Index into PROJECTS; default 0. */
  readonly project?: number
  readonly vintage?: number
}

export type Seller = { readonly key: string; readonly account: string; readonly name: string }

export type TestMarket = {
  readonly sellers: readonly Seller[]
  readonly offers: readonly Offer[]
}

export type Answer<T> = { readonly status: number; readonly body: T; readonly headers: Headers }

/** Speaks to the API as JSON; never throws on a refusal. */
export async function request<T = never>(
  url: string,
  method: string,
  path: string,
  options: {
    readonly key?: string
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
  } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text ? JSON.parse(text) : null) as T,
  }
}

/** Like `request`, for what must succeed. */
export async function must<T>(...args: Parameters<typeof request>): Promise<T> {
  const answer = await request<T>(...args)
  assert.ok(answer.status < 300, `${args[1]} ${args[2]}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Enters the page's key, the projects and `sellers` sellers, and places the offers in their order. */
export async function openMarket(
  stack: Stack,
  specs: readonly OfferSpec[],
  sellerCount = 1 + Math.max(...specs.map((spec) => spec.seller)),
): Promise<TestMarket> {
  const operator = stack.keys.operatorToken
  await must(stack.url, 'PUT', `/v1/operator/publishable-keys/${PAGE_KEY}`, {
    key: operator,
    body: { name: 'Test page', origins: [PAGE_ORIGIN] },
  })
  await must(stack.url, 'POST', '/v1/operator/projects', {
    key: operator,
    body: { projects: PROJECTS },
  })
  const sellers: Seller[] = []
  for (let index = 0; index < sellerCount; index++) {
    const name = `Demo seller ${index + 1}`
    const [account] = await stack.registry.openAccounts([{ holder: name }])
    assert.ok(account)
    const key = `sk_pp_${randomUUID().replaceAll('-', '')}`
    await must(stack.url, 'PUT', `/v1/operator/sellers/demo-seller-${index + 1}`, {
      key: operator,
      body: { name, api_key: key, holding_accounts: [account.number], demo: true },
    })
    sellers.push({ key, account: account.number, name })
  }
  const offers: Offer[] = []
  for (const spec of specs) offers.push(await placeOffer(stack, sellers, spec))
  return { sellers, offers }
}

/** Has units issued and offers them. */
export async function placeOffer(
  stack: Stack,
  sellers: readonly Seller[],
  spec: OfferSpec,
): Promise<Offer> {
  const seller = sellers[spec.seller]
  const listed = PROJECTS[spec.project ?? 0]
  assert.ok(seller && listed)
  const vintage = spec.vintage ?? 2014
  const period = vintage <= 2012 ? 1 : 2
  const [block] = await stack.registry.issueUnits({
    units: [
      {
        holding_account: seller.account,
        originating_party: listed.host,
        quantity: spec.quantity,
        original_commitment_period: period,
        applicable_commitment_period: period,
        project_identifier: Number(listed.reference),
        vintage,
      },
    ],
  })
  return must<Offer>(stack.url, 'POST', '/v1/offers', {
    key: seller.key,
    body: { holding_account: seller.account, blocks: [block], price_minor: spec.priceMinor },
  })
}

export const quote = (stack: Stack, body: object) =>
  request<Quote>(stack.url, 'POST', '/v1/quotes', { key: PAGE_KEY, body })

export const orderBody = (
  quantity: number,
  maxTotalMinor: number,
  filter?: Filter,
): OrderRequest => ({
  quantity_tonnes: quantity,
  max_total_minor: maxTotalMinor,
  ...(filter ? { filter } : {}),
  beneficiary: 'Riverkeepers Trust (demo)',
  consent: {
    text: `I understand that cancelling these ${quantity} credits is permanent.`,
    language: 'en',
  },
})

export const placeOrder = (stack: Stack, body: OrderRequest, key: string = randomUUID()) =>
  request<Order>(stack.url, 'POST', '/v1/orders', {
    key: PAGE_KEY,
    body,
    headers: { 'idempotency-key': key },
  })

export const readOrder = (stack: Stack, id: string) =>
  must<Order>(stack.url, 'GET', `/v1/orders/${id}`, { key: PAGE_KEY })

/** Confirms a payment as the browser does: with the publishable key and the client secret, at the payment service. */
export async function confirmCard(stack: Stack, order: Order, paymentMethod = 'pm_card_visa') {
  const secret = order.payment?.client_secret
  assert.ok(secret, `no order that awaits its card: ${JSON.stringify(order)}`)
  const [id] = secret.split('_secret_')
  const response = await fetch(`${stack.paymentUrl}/v1/payment_intents/${id}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.keys.publishableKey}` },
    body: new URLSearchParams({ client_secret: secret, payment_method: paymentMethod }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

export const ENDED = new Set(['closed', 'declined', 'expired', 'rejected', 'refunded'])

/** Reads the order again and again until it has ended, or the condition holds. */
export async function untilOrder(
  stack: Stack,
  id: string,
  holds: (order: Order) => boolean = (order) => ENDED.has(order.state),
  withinMs = 30_000,
): Promise<Order> {
  const until = Date.now() + withinMs
  for (;;) {
    const order = await readOrder(stack, id)
    if (holds(order)) return order
    assert.ok(Date.now() < until, `order still ${order.state}: ${JSON.stringify(order, null, 1)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

type PaymentBooks = {
  readonly payments: readonly {
    readonly id: string
    readonly metadata: Readonly<Record<string, string>>
    readonly status: string
    readonly amountMinor: number
    readonly capturedMinor: number
    readonly refundedMinor: number
    readonly captures: number
    readonly refunds: number
  }[]
}

/** The payment stand-in's own books. */
export const paymentBooks = (stack: Stack) =>
  must<PaymentBooks>(stack.paymentUrl, 'GET', '/simulation/books', { key: stack.keys.secretKey })
