/** The side for tests and operators, under /simulation/, with the secret key: the books, faults, webhooks. */

import type { ApiContext } from './api.ts'
import type { Books } from './database.ts'
import type { Errands } from './errand.ts'
import { type Faults, readFault } from './fault.ts'
import { redeliverEvents } from './webhook.ts'

/** A payment as the stand-in's own books have it: what really happened, for comparing. */
export type BookedPayment = {
  readonly id: string
  readonly metadata: Readonly<Record<string, string>>
  readonly status: string
  readonly currency: string
  readonly amountMinor: number
  readonly capturedMinor: number
  readonly refundedMinor: number
  readonly captures: number
  readonly refunds: number
  readonly charges: number
  readonly failedCharges: number
}

export type SimulationContext = ApiContext & {
  readonly faults: Faults
  readonly errands: Errands
}

/** Answers a request under /simulation/, or null where there is none such. */
export async function answerSimulation(
  context: SimulationContext,
  method: string,
  path: string,
  body: unknown,
): Promise<{ readonly status: number; readonly body: object } | null> {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  switch (`${method} ${path}`) {
    case 'GET /simulation/books':
      return ok({ payments: await bookedPayments(context.books), events: await events(context) })
    case 'POST /simulation/faults': {
      const read = readFault(told)
      if (read === null) {
        return refused(
          'A fault is { call, when: before | after, what: drop | delay | error, delayMs, times }.',
        )
      }
      context.faults.add(read.fault, read.times)
      return ok({})
    }
    case 'DELETE /simulation/faults':
      context.faults.clear()
      return ok({})
    case 'POST /simulation/webhooks': {
      if (typeof told.stopped !== 'boolean') return refused('Say { stopped: true | false }.')
      context.errands.stopWebhooks(told.stopped)
      return ok({})
    }
    case 'POST /simulation/redeliver': {
      const event = typeof told.event === 'string' ? told.event : null
      const count = await redeliverEvents(context.books, event, context.now())
      context.errands.poke()
      return ok({ events: count })
    }
    default:
      return null
  }
}

/** Every payment, the latest first. */
export async function bookedPayments(books: Books): Promise<readonly BookedPayment[]> {
  const rows = await books
    .selectFrom('intent')
    .leftJoin('capture', 'capture.intent', 'intent.id')
    .select((eb) => [
      'intent.body',
      'capture.amount_minor',
      eb
        .selectFrom('refund')
        .whereRef('refund.intent', '=', 'intent.id')
        .select((refund) => refund.fn.jsonAgg('refund').as('all'))
        .as('refunds'),
      eb
        .selectFrom('charge')
        .whereRef('charge.intent', '=', 'intent.id')
        .select((charge) => charge.fn.jsonAgg('charge').as('all'))
        .as('charges'),
    ])
    .orderBy('intent.seq', 'desc')
    .execute()
  return rows.map(({ body, amount_minor, refunds, charges }) => ({
    id: body.id,
    metadata: body.metadata,
    status: body.status,
    currency: body.currency,
    amountMinor: body.amount,
    capturedMinor: amount_minor ?? 0,
    refundedMinor: (refunds ?? []).reduce((sum, refund) => sum + refund.body.amount, 0),
    captures: amount_minor === null ? 0 : 1,
    refunds: refunds?.length ?? 0,
    charges: charges?.length ?? 0,
    failedCharges: (charges ?? []).filter((charge) => charge.body.status === 'failed').length,
  }))
}

function events(context: SimulationContext) {
  return context.books
    .selectFrom('event')
    .select(['id', 'type', 'intent', 'delivery', 'attempts', 'last_answer as lastAnswer'])
    .orderBy('seq')
    .execute()
}

function ok(body: object) {
  return { status: 200, body }
}

function refused(message: string) {
  return { status: 400, body: { error: { type: 'invalid_request_error', message } } }
}
