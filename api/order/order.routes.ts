import { PassThrough } from 'node:stream'
import type Router from '@koa/router'
import { explanation, order, orderRequest } from '@offset-button/contract'
import type { Context } from 'koa'
import { z } from 'zod'
import type { Application } from '../application.ts'
import type { Callers } from '../http/callers.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import type { Described } from '../http/openapi.ts'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import { oneAtATime } from '../turns.ts'
import { orderExplainer } from './order.explain.ts'
import { placeOrder } from './order.place.ts'
import { stopOrder } from './order.stop.ts'
import { orderHasEnded } from './order.ts'
import { orderForBuyer } from './order.view.ts'
import type { OrderChanges } from './order-changes.ts'

const orderId = z.strictObject({ order: z.string().regex(/^[a-z0-9]{26}$/) })

/** How often a stream looks by itself, should it have missed a change; also keeps proxies from closing it. */
const STREAM_LOOK_MS = 2_000

export function orderEndpoints(application: Application): Endpoint[] {
  const explain = orderExplainer(application)
  return [
    endpoint({
      method: 'post',
      path: '/v1/orders',
      operation: 'placeOrder',
      summary:
        'Holds the tonnes and begins the payment; confirm the card with payment.client_secret',
      caller: 'page',
      body: orderRequest,
      status: 201,
      result: order,
      idempotent: true,
      problems: [
        'key_not_valid',
        'origin_not_allowed',
        'invalid_request',
        'invalid_quantity',
        'unknown_filter',
        'idempotency_key_missing',
        'idempotency_key_reused',
        'price_moved',
        'nothing_available',
        'not_enough_available',
        'amount_too_small',
        'amount_too_large',
        'too_many_fills',
        'registry_closed',
        'registry_unavailable',
        'market_halted',
        'market_unavailable',
        'outcome_unknown',
        'payment_unavailable',
      ],
      handle: async ({ body, caller, context }) => {
        const idempotencyKey = context.get('Idempotency-Key')
        if (!/^[\x21-\x7e]{16,128}$/.test(idempotencyKey)) {
          throw new Refusal('idempotency_key_missing')
        }
        return placeOrder(application, {
          publishableKey: caller.key,
          idempotencyKey,
          request: body,
        })
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/orders/{order}',
      operation: 'readOrder',
      summary: 'An order as it stands; /events beside it streams it as server-sent events',
      caller: 'page',
      params: orderId,
      status: 200,
      result: order,
      problems: ['key_not_valid', 'origin_not_allowed', 'order_not_found'],
      handle: async ({ caller, params }) => readOrder(application, params.order, caller.key),
    }),
    endpoint({
      method: 'get',
      path: '/v1/orders/{order}/explanation',
      operation: 'explainOrder',
      summary:
        'What the order took when it was placed, and which offers it passed over; from the journal',
      caller: 'page',
      params: orderId,
      status: 200,
      result: explanation,
      problems: ['key_not_valid', 'origin_not_allowed', 'order_not_found', 'journal_too_long'],
      handle: async ({ caller, params }) => explain(params.order, caller.key),
    }),
    endpoint({
      method: 'post',
      path: '/v1/orders/{order}/stop',
      operation: 'stopOrder',
      summary: 'Stops an order whose card is not yet authorised, and releases its tonnes',
      caller: 'page',
      params: orderId,
      status: 200,
      result: order,
      problems: ['key_not_valid', 'origin_not_allowed', 'order_not_found', 'order_not_stoppable'],
      handle: async ({ caller, params }) => {
        await stopOrder(application, params.order, caller.key)
        return readOrder(application, params.order, caller.key)
      },
    }),
  ]
}

export const ORDER_EVENTS: Described = {
  method: 'get',
  path: '/v1/orders/{order}/events',
  operation: 'followOrder',
  summary:
    'Server-sent events named `order`: the order at once, and again whenever it changes, until it has ended',
  caller: 'page',
  params: orderId,
  status: 200,
  media: ['text/event-stream'],
  problems: ['key_not_valid', 'origin_not_allowed', 'order_not_found'],
}

/** `GET /v1/orders/{order}/events`: the order at once, and again whenever it changes, until it has ended. */
export function mountOrderEvents(
  router: Router,
  callers: Callers,
  application: Application,
  changes: OrderChanges,
): void {
  router.get(
    '/v1/orders/:order/events',
    async (context: Context & { params: { order?: string } }) => {
      const { key } = await callers.identify(context, 'page')
      const { order: id } = validate(orderId, context.params, 'order_not_found')
      let shown = await readOrder(application, id, key)
      const stream = new PassThrough()
      context.status = 200
      context.type = 'text/event-stream'
      context.set('Cache-Control', 'no-store')
      context.set('X-Accel-Buffering', 'no')
      context.body = stream

      const send = () =>
        stream.write(`id: ${shown.version}\nevent: order\ndata: ${JSON.stringify(shown)}\n\n`)
      // Of two looks at once the earlier might come in last, and show what has passed.
      const look = oneAtATime(async () => {
        if (stream.writableEnded) return
        try {
          const current = await readOrder(application, id, key)
          const isNews = JSON.stringify(current) !== JSON.stringify(shown)
          shown = current
          if (isNews) send()
          else stream.write(': still here\n\n')
          if (orderHasEnded(current.state)) close()
        } catch (error) {
          application.log.warn({ err: error, order: id }, 'order stream ended')
          close()
        }
      })
      const forget = changes.listen(id, look)
      const timer = setInterval(look, STREAM_LOOK_MS)
      const close = () => {
        forget()
        clearInterval(timer)
        stream.end()
      }
      stream.on('close', close)
      context.req.on('close', close)
      send()
      if (orderHasEnded(shown.state)) close()
    },
  )
}

async function readOrder(application: Application, id: string, publishableKey: number) {
  const found = await orderForBuyer(application, id, publishableKey)
  if (!found) throw new Refusal('order_not_found')
  return found
}
