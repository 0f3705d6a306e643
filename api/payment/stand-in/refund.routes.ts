/** Refunds, and the charges and events that can be looked up. */

import { findCharge, holdIntent, listRefunds, saveStep } from './books.store.ts'
import { type Call, expands, listOf, type Route, wholeNumber } from './call.ts'
import { field, fields } from './form.ts'
import { intentWithCharge } from './intent.ts'
import { refund } from './payment-step.ts'
import { invalidParameter, missingParameter, noSuch } from './problem.ts'

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer']

export const refundRoutes: readonly Route[] = [
  {
    name: 'refunds.create',
    method: 'POST',
    path: /^\/v1\/refunds$/,
    keys: ['secret'],
    parameters: ['payment_intent', 'amount', 'metadata', 'reason'],
    expandable: ['payment_intent', 'payment_intent.latest_charge'],
    run: createRefund,
  },
  {
    name: 'refunds.list',
    method: 'GET',
    path: /^\/v1\/refunds$/,
    keys: ['secret'],
    parameters: ['payment_intent', 'limit', 'starting_after'],
    expandable: [],
    async run(call) {
      const intent = await namedIntent(call)
      const limit = wholeNumber('limit', field(call.form, 'limit')) ?? 10
      if (limit < 1 || limit > 100) throw invalidParameter('limit', 'limit is from 1 to 100.')
      const after = field(call.form, 'starting_after') ?? null
      const found = await listRefunds(call.trx, { intent: intent.id, limit: limit + 1, after })
      return listOf('/v1/refunds', found.slice(0, limit), found.length > limit)
    },
  },
  {
    name: 'charges.retrieve',
    method: 'GET',
    path: /^\/v1\/charges\/([^/]+)$/,
    keys: ['secret'],
    parameters: [],
    expandable: [],
    async run(call) {
      const id = call.ids[0] ?? ''
      const charge = await findCharge(call.trx, id)
      if (charge === null) throw noSuch('charge', id)
      return charge
    },
  },
  {
    name: 'events.retrieve',
    method: 'GET',
    path: /^\/v1\/events\/([^/]+)$/,
    keys: ['secret'],
    parameters: [],
    expandable: [],
    async run(call) {
      const id = call.ids[0] ?? ''
      const row = await call.trx
        .selectFrom('event')
        .select('body')
        .where('id', '=', id)
        .executeTakeFirst()
      if (row === undefined) throw noSuch('event', id)
      return JSON.parse(row.body) as object
    },
  },
]

async function createRefund(call: Call) {
  const intent = await namedIntent(call)
  const charge = await findCharge(call.trx, intent.latest_charge)
  const reason = field(call.form, 'reason') ?? null
  if (reason !== null && !REASONS.includes(reason)) {
    throw invalidParameter('reason', `Invalid reason: ${reason}`)
  }
  const amount = wholeNumber('amount', field(call.form, 'amount'))
  const request = { amount, reason, metadata: fields(call.form, 'metadata') }
  const step = refund(intent, charge, request, call.cause.nowMs)
  await saveStep(call.trx, step, null, call.cause)
  if (!expands(call, 'payment_intent')) return step.refund
  const shown = expands(call, 'payment_intent.latest_charge')
    ? intentWithCharge(step.intent, step.charge ?? null)
    : step.intent
  return { ...step.refund, payment_intent: shown }
}

async function namedIntent(call: Call) {
  const id = field(call.form, 'payment_intent')
  if (id === undefined) throw missingParameter('payment_intent')
  const intent = await holdIntent(call.trx, id, call.cause)
  if (intent === null) throw noSuch('payment_intent', id)
  return intent
}
