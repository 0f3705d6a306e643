import type Router from '@koa/router'
import { z } from 'zod'
import type { Application } from '../application.ts'
import { readRawBody } from '../http/body.ts'
import type { Described } from '../http/openapi.ts'
import { Refusal } from '../http/refusal.ts'
import { PaymentUnreachable } from './payment.ts'

export const PAYMENT_WEBHOOK: Described = {
  method: 'post',
  path: '/webhooks/stripe',
  operation: 'receivePaymentEvent',
  summary: "The payment service's events, signed in Stripe-Signature",
  caller: 'anybody',
  status: 200,
  result: z.strictObject({ received: z.literal(true) }).meta({ id: 'EventReceived' }),
  problems: ['signature_not_valid', 'invalid_request', 'payment_unavailable'],
}

/** What the answer to our own call says as well, or the look-up of a call whose answer was lost. */
const NO_NEWS = 'payment_intent.created'

/**
 * `POST /webhooks/stripe`: a verified event is only a reason to look. The payment is fetched again and merged, so that
 * events may come twice, late and in any order. Anything but a 2xx makes Stripe send it again.
 */
export function mountPaymentWebhook(router: Router, application: Application): void {
  const { clock, orderPorts, payment, worker } = application
  router.post('/webhooks/stripe', async (context) => {
    const body = await readRawBody(context.req)
    const event = payment.readWebhook(body, context.get('Stripe-Signature'), clock.now())
    if (!event) throw new Refusal('signature_not_valid')
    const isNews = event.payment !== null && event.type !== NO_NEWS
    const told = isNews ? await find(event.payment) : null
    if (told && (await isOurs(told.order))) {
      await orderPorts.store.mergePayment({
        payment: told,
        event: { id: event.event, type: event.type },
        now: clock.now(),
      })
      void worker.look(told.order)
    }
    context.status = 200
    context.body = { received: true }
  })

  const find = async (id: string) => {
    try {
      return await payment.find(id)
    } catch (error) {
      if (error instanceof PaymentUnreachable) throw new Refusal('payment_unavailable')
      throw error
    }
  }
  /** Another system may use the same Stripe account. */
  const isOurs = async (order: string) =>
    (await application.db
      .selectFrom('order')
      .select('id')
      .where('id', '=', order)
      .executeTakeFirst()) !== undefined
}
