import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  Order,
  OrderRequest,
  Problem,
  Quote,
  QuotedMarket,
  QuoteRequest,
} from '@offset-button/contract'
import { bankFrame, cardFrame, fakeStripeScript } from './fake-stripe.ts'
import {
  certificateOf,
  explanationOf,
  type FakeFilter,
  marketOf,
  orderOf,
  problemOf,
  quoteOf,
} from './fixtures.ts'
import { amountQuery, filterQuery } from './market-query.ts'
import { type Scenario, usual } from './scenario.ts'

const DIST = new URL('../../../widget/dist/', import.meta.url)

/** The API, the payment provider and the script's home in one small server, on a free port. */
export const startFakeApi = async () => {
  let scenario = usual()
  const orders = new Map<string, Order>()
  const byKey = new Map<string, { body: string; id: string }>()
  const listeners = new Map<string, Set<ServerResponse>>()
  const requests: {
    method: string
    path: string
    headers: IncomingMessage['headers']
    body: string
  }[] = []
  /** What browsers asked permission for before they sent it. */
  const preflights: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  let origin = ''

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  const change = (id: string, edit: (order: Order) => Partial<Order>): Order | null => {
    const order = orders.get(id)
    if (!order) return null
    const next = { ...order, ...edit(order), version: order.version + 1 }
    orders.set(id, next)
    for (const response of listeners.get(id) ?? []) sendOrder(response, next)
    return next
  }

  const stepped = (order: Order, step: Order['steps'][number]['step']) => [
    ...order.steps,
    { step, at: new Date().toISOString() },
  ]

  const payment = (order: Order, status: Order['payment']['status']) => ({
    ...order.payment,
    status,
    client_secret: null,
  })

  /** From authorised to the certificate, a state at a time. */
  const goOn = (id: string) => {
    const script: [string, (order: Order) => Partial<Order>][] = [
      [
        'authorised',
        (it) => ({
          state: 'authorised',
          hold: null,
          payment: payment(it, 'authorised'),
          steps: stepped(it, 'authorised'),
          legs: it.legs.map((leg) => ({ ...leg, state: 'proposed' })),
        }),
      ],
      [
        'checked',
        (it) => ({
          legs: it.legs.map((leg) => ({ ...leg, state: 'checked' })),
          steps: stepped(it, 'checked'),
        }),
      ],
      [
        'captured',
        (it) => ({
          state: 'captured',
          captured_minor: it.amounts.total_minor,
          payment: payment(it, 'captured'),
          steps: stepped(it, 'captured'),
        }),
      ],
      ['part', (it) => completed(it, it.legs.length - 1)],
      [
        'completed',
        (it) => ({ ...completed(it, it.legs.length), steps: stepped(it, 'completed') }),
      ],
      [
        'closed',
        (it) => ({
          state: 'closed',
          closed_at: new Date().toISOString(),
          certificate: {
            id: `C-${id}`,
            url: `${origin}/certificates/C-${id}`,
            pdf_url: `${origin}/certificates/C-${id}.pdf`,
          },
          steps: stepped(it, 'certificate'),
        }),
      ],
    ]
    const run = (index: number) => {
      const entry = script[index]
      if (!entry) return
      const order = change(id, entry[1])
      if (order && entry[0] !== scenario.stopAt) later(scenario.stepMs, () => run(index + 1))
    }
    run(0)
  }

  const completed = (order: Order, legs: number): Partial<Order> => ({
    completed_tonnes: order.legs.slice(0, legs).reduce((sum, leg) => sum + leg.quantity_tonnes, 0),
    legs: order.legs.map((leg, index) => (index < legs ? { ...leg, state: 'completed' } : leg)),
    fills: order.fills.map((fill) => (fill.leg <= legs ? { ...fill, state: 'committed' } : fill)),
  })

  const end = (id: string, state: Order['state'], reason: Order['reason']) =>
    change(id, (it) => ({
      state,
      reason,
      hold: null,
      payment: payment(it, 'voided'),
      fills: it.fills.map((fill) => ({ ...fill, state: 'released' })),
      closed_at: new Date().toISOString(),
    }))

  const orderOfSecret = (secret: string) => secret.replace(/_secret$/, '')

  const decline = (id: string) => {
    const order = change(id, (it) => ({
      payment: {
        ...it.payment,
        status: 'awaiting_card',
        failures: it.payment.failures + 1,
        last_failure: 'generic_decline',
      },
    }))
    if (order && order.payment.failures >= 3) end(id, 'declined', 'card_declined')
    return {
      error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
    }
  }

  const confirm = (id: string, card: string) => {
    if (orders.get(id)?.state !== 'reserved')
      return { error: { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' } }
    if (card.endsWith('0002')) return decline(id)
    if (card.endsWith('3220')) {
      change(id, (it) => ({
        hold: { expires_at: new Date(Date.now() + 600_000).toISOString(), extended: true },
        payment: { ...it.payment, status: 'awaiting_bank' },
      }))
      return { requires_action: true }
    }
    later(scenario.bankMs, () => goOn(id))
    return {}
  }

  const placeOrder = (request: OrderRequest, key: string, body: string): [number, object] => {
    const known = byKey.get(key)
    if (known) {
      if (known.body !== body) return refusal(problemOf('idempotency_key_reused'))
      return [201, orders.get(known.id) ?? {}]
    }
    const quote = quoteOf(
      request.quantity_tonnes,
      request.filter ?? {},
      scenario.surchargeMinor,
      scenario.offers,
    )
    if (!quote) return refusal(notEnough(request.filter ?? {}))
    if (quote.amounts.total_minor > request.max_total_minor)
      return refusal(problemOf('price_moved'))
    const id = `order${orders.size + 1}`
    orders.set(id, orderOf(id, quote, request, Date.now()))
    byKey.set(key, { body, id })
    return [201, orders.get(id) ?? {}]
  }

  const notEnough = (filter: FakeFilter): Problem => {
    const available_tonnes = marketOf(filter, PAYMENT, scenario.offers).available_tonnes
    return available_tonnes === 0
      ? problemOf('nothing_available')
      : problemOf('not_enough_available', { available_tonnes })
  }

  /** With an amount, its price too; a quote that a test has refused is refused here. */
  const answerMarket = (url: URL): QuotedMarket => {
    const filter = filterQuery(url)
    const amount = amountQuery(url)
    const market = { ...marketOf(filter, PAYMENT, scenario.offers), ...scenario.market }
    if (amount === null) return market
    const isRefused = scenario.refuse.quotes.length > 0
    const [status, quote] = answerQuote({ ...amount, filter } as QuoteRequest)
    return { ...market, quote: isRefused || status !== 200 ? null : (quote as Quote) }
  }

  const answerQuote = (request: QuoteRequest): [number, object] => {
    const filter = request.filter ?? {}
    const ask = (tonnes: number) =>
      quoteOf(tonnes, filter, scenario.surchargeMinor, scenario.offers)
    if (request.quantity_tonnes === 1)
      return refusal(problemOf('amount_too_small', { minimum_tonnes: 2 }))
    if (request.quantity_tonnes !== undefined) {
      const quote = ask(request.quantity_tonnes)
      return quote ? [200, quote] : refusal(notEnough(filter))
    }
    let best = null
    for (let tonnes = 2; tonnes < 9_000; tonnes++) {
      const quote = ask(tonnes)
      if (!quote || quote.amounts.total_minor > (request.budget_minor ?? 0)) break
      best = quote
    }
    return best ? [200, best] : refusal(problemOf('amount_too_small'))
  }

  const refusal = (problem: Problem): [number, object] => [problem.status, problem]

  const answer = (request: IncomingMessage, body: string): [number, object] | null => {
    const url = new URL(request.url ?? '/', origin)
    const parts = url.pathname.split('/').filter(Boolean)
    const json = () => JSON.parse(body)
    const planned = scenario.refuse[parts[1] as keyof Scenario['refuse']]?.shift()
    const isPlanned =
      planned !== undefined &&
      (parts[1] !== 'orders' || (request.method === 'POST' && parts.length === 2))
    if (isPlanned) return planned === null ? null : refusal(planned)
    if (planned !== undefined)
      scenario.refuse[parts[1] as keyof Scenario['refuse']].unshift(planned)
    const header = request.headers.authorization
    const key = parts[1] === 'market' && !header ? url.searchParams.get('key') : header
    if (!/^(Bearer )?pk_/.test(key ?? '')) return refusal(problemOf('key_not_valid'))
    if (parts[1] === 'market') return [200, answerMarket(url)]
    if (parts[2] === 'explanation') return [200, explanationOf(json().filter ?? {})]
    if (parts[1] === 'quotes') return answerQuote(json())
    if (parts[1] === 'certificates') {
      const order = orders.get((parts[2] ?? '').slice(2))
      return order?.certificate
        ? [200, certificateOf(order)]
        : refusal(problemOf('certificate_not_found'))
    }
    if (request.method === 'POST' && parts.length === 2) {
      const placed = placeOrder(json(), String(request.headers['idempotency-key']), body)
      if (scenario.loseOrderReply > 0) {
        scenario.loseOrderReply -= 1
        return null
      }
      return placed
    }
    const order = orders.get(parts[2] ?? '')
    if (!order) return refusal(problemOf('order_not_found'))
    if (parts[3] !== 'stop') return [200, order]
    if (order.state !== 'reserved') return refusal(problemOf('order_not_stoppable'))
    return [200, end(order.id, 'expired', 'stopped') ?? {}]
  }

  const sendOrder = (response: ServerResponse, order: Order) =>
    response.write(`event: order\nid: ${order.version}\ndata: ${JSON.stringify(order)}\n\n`)

  const openEvents = (id: string, response: ServerResponse) => {
    const order = orders.get(id)
    if (!order || scenario.events === 'broken') return response.writeHead(502).end()
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    sendOrder(response, order)
    const set = listeners.get(id) ?? new Set()
    listeners.set(id, set.add(response))
    response.on('close', () => set.delete(response))
  }

  const sendFile = async (name: string, response: ServerResponse) => {
    const text = await readFile(new URL(name, DIST)).catch(() => null)
    if (scenario.late && name.startsWith(scenario.late.name)) await scenario.late.until
    if (text === null) return response.writeHead(404).end()
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
    response.writeHead(200, { 'Content-Type': type })
    response.end(scenario.tamper && name.startsWith(scenario.tamper) ? `${text}\n` : text)
  }

  const PAYMENT = { publishable_key: 'pk_test_fake', script_url: '' }

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const path = request.url ?? '/'
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    response.setHeader('Access-Control-Expose-Headers', 'Date')
    if (request.method === 'OPTIONS') {
      preflights.push(path)
      return response.writeHead(204).end()
    }
    requests.push({ method: request.method ?? 'GET', path, headers: request.headers, body })
    if (path === '/stripe.js') {
      if (scenario.script === 'missing') return response.destroy()
      return response
        .writeHead(200, { 'Content-Type': 'text/javascript' })
        .end(fakeStripeScript(origin))
    }
    if (path === '/card-frame')
      return response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(scenario.frame === 'ok' ? cardFrame : '<!doctype html><title>Nothing</title>')
    if (path === '/bank-frame')
      return response.writeHead(200, { 'Content-Type': 'text/html' }).end(bankFrame)
    if (path === '/stripe/confirm' || path === '/stripe/bank') {
      const sent = JSON.parse(body)
      const id = orderOfSecret(sent.clientSecret)
      if (path === '/stripe/bank' && sent.yes) goOn(id)
      const result =
        path === '/stripe/confirm' ? confirm(id, sent.card) : sent.yes ? {} : decline(id)
      return response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(result))
    }
    if (path.endsWith('/events')) return openEvents(path.split('/')[3] ?? '', response)
    if (!path.startsWith('/v1/')) return sendFile(path.slice(1).replace(/\?.*/, ''), response)
    const reply = answer(request, body)
    later(scenario.delayMs, () => {
      if (reply === null) return response.destroy()
      const type = reply[0] >= 400 ? 'application/problem+json' : 'application/json'
      response.writeHead(reply[0], { 'Content-Type': type }).end(JSON.stringify(reply[1]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  PAYMENT.script_url = `${origin}/stripe.js`

  return {
    origin,
    requests,
    preflights,
    orders,
    get scenario() {
      return scenario
    },
    /** Forgets all orders and sets the scenario back to the usual one, with some of it changed. */
    reset(changes: Partial<Scenario> = {}) {
      scenario = { ...usual(), ...changes }
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      orders.clear()
      byKey.clear()
      requests.length = 0
      preflights.length = 0
    },
    change,
    end,
    goOn,
    async close() {
      for (const timer of timers) clearTimeout(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
