/** Payment intents: create, retrieve, search, confirm, capture, cancel. */

import {
  addCard,
  addIntent,
  findCard,
  findCharge,
  holdIntent,
  saveStep,
  searchIntents,
} from './books.store.ts'
import { authorisedUntilMs, type Call, expands, type Route, wholeNumber } from './call.ts'
import { nextAction } from './challenge.ts'
import { field, fields, list } from './form.ts'
import { type Intent, intentForBrowser, intentWithCharge, newIntent } from './intent.ts'
import { cancel, capture, confirm, type Step } from './payment-step.ts'
import { invalidParameter, missingParameter, noSuch, unauthorised } from './problem.ts'
import { namedCard } from './test-card.ts'

const LEAST_AMOUNT_MINOR = 50
const MOST_AMOUNT_MINOR = 99_999_999
const CANCELLATION_REASONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']
const SEARCH = /^metadata\['([^']{1,40})'\]:'((?:[^'\\]|\\.)*)'$/
const EXPANDABLE = ['latest_charge']

export const paymentIntentRoutes: readonly Route[] = [
  {
    name: 'payment_intents.create',
    method: 'POST',
    path: /^\/v1\/payment_intents$/,
    keys: ['secret'],
    parameters: [
      'amount',
      'currency',
      'capture_method',
      'allowed_payment_method_types',
      'description',
      'metadata',
    ],
    expandable: EXPANDABLE,
    async run(call) {
      const intent = newIntent(readNewIntent(call), call.cause.nowMs)
      await addIntent(call.trx, intent, call.cause)
      return shown(call, intent)
    },
  },
  {
    name: 'payment_intents.search',
    method: 'GET',
    path: /^\/v1\/payment_intents\/search$/,
    keys: ['secret'],
    parameters: ['query', 'limit'],
    expandable: ['data.latest_charge'],
    run: search,
  },
  {
    name: 'payment_intents.retrieve',
    method: 'GET',
    path: /^\/v1\/payment_intents\/([^/]+)$/,
    keys: ['secret', 'publishable'],
    parameters: ['client_secret'],
    expandable: EXPANDABLE,
    run: async (call) => shown(call, await heldIntent(call)),
  },
  {
    name: 'payment_intents.confirm',
    method: 'POST',
    path: /^\/v1\/payment_intents\/([^/]+)\/confirm$/,
    keys: ['secret', 'publishable'],
    parameters: ['client_secret', 'payment_method', 'return_url', 'use_stripe_sdk'],
    expandable: EXPANDABLE,
    run: confirmIntent,
  },
  {
    name: 'payment_intents.capture',
    method: 'POST',
    path: /^\/v1\/payment_intents\/([^/]+)\/capture$/,
    keys: ['secret'],
    parameters: ['amount_to_capture'],
    expandable: EXPANDABLE,
    async run(call) {
      const intent = await heldIntent(call)
      const charge = await findCharge(call.trx, intent.latest_charge)
      const card = await findCard(call.trx, intent.payment_method ?? '')
      const amount = wholeNumber('amount_to_capture', field(call.form, 'amount_to_capture'))
      return taken(call, capture(intent, charge, card, amount, call.cause.nowMs))
    },
  },
  {
    name: 'payment_intents.cancel',
    method: 'POST',
    path: /^\/v1\/payment_intents\/([^/]+)\/cancel$/,
    keys: ['secret'],
    parameters: ['cancellation_reason'],
    expandable: EXPANDABLE,
    async run(call) {
      const reason = field(call.form, 'cancellation_reason') ?? null
      if (reason !== null && !CANCELLATION_REASONS.includes(reason)) {
        throw invalidParameter('cancellation_reason', `Invalid cancellation_reason: ${reason}`)
      }
      return taken(call, cancel(await heldIntent(call), reason, call.cause.nowMs))
    },
  },
]

/** The payment that the path names; a browser must know its client secret. */
async function heldIntent(call: Call): Promise<Intent> {
  const id = call.ids[0] ?? ''
  const intent = await holdIntent(call.trx, id, call.cause)
  if (intent === null) throw noSuch('payment_intent', id)
  const secret = field(call.form, 'client_secret')
  if (secret === undefined && call.key === 'secret') return intent
  if (secret === undefined) throw missingParameter('client_secret')
  if (secret !== intent.client_secret) {
    throw unauthorised('The client_secret provided does not match this PaymentIntent.', 400)
  }
  return intent
}

function readNewIntent(call: Call): Parameters<typeof newIntent>[0] {
  const { form } = call
  const amount = wholeNumber('amount', field(form, 'amount'))
  const currency = field(form, 'currency')
  if (amount === null) throw missingParameter('amount')
  if (currency === undefined) throw missingParameter('currency')
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidParameter('currency', `Invalid currency: ${currency}`)
  }
  if (amount < LEAST_AMOUNT_MINOR) {
    throw invalidParameter('amount', 'Amount must be at least $0.50 usd.', 'amount_too_small')
  }
  if (amount > MOST_AMOUNT_MINOR) {
    throw invalidParameter('amount', 'Amount must be no more than $999,999.99.', 'amount_too_large')
  }
  if (field(form, 'capture_method') !== 'manual') {
    throw invalidParameter('capture_method', 'The stand-in knows capture_method=manual only.')
  }
  const types = list(form, 'allowed_payment_method_types')
  if (types.length !== 1 || types[0] !== 'card') {
    throw invalidParameter('allowed_payment_method_types', 'The stand-in knows cards only.')
  }
  const description = field(form, 'description') ?? null
  return { amount, currency, description, metadata: fields(form, 'metadata') }
}

async function confirmIntent(call: Call) {
  const intent = await heldIntent(call)
  const name = field(call.form, 'payment_method')
  if (name === undefined) throw missingParameter('payment_method')
  const kept = await findCard(call.trx, name)
  const card = kept ?? namedCard(name, call.cause.nowMs)
  if (card === null) throw noSuch('PaymentMethod', name)
  if (kept === null) await addCard(call.trx, card)
  const untilMs = authorisedUntilMs(call)
  const step = confirm(
    intent,
    card,
    (attempt) => nextAction(call, intent, attempt),
    untilMs,
    call.cause.nowMs,
  )
  return taken(call, step, untilMs)
}

async function search(call: Call) {
  const parts = SEARCH.exec(field(call.form, 'query') ?? '')
  if (parts === null) {
    throw invalidParameter('query', "The stand-in searches for metadata['name']:'value' only.")
  }
  const limit = wholeNumber('limit', field(call.form, 'limit')) ?? 10
  if (limit < 1 || limit > 100) throw invalidParameter('limit', 'limit is from 1 to 100.')
  const found = await searchIntents(
    call.trx,
    {
      name: parts[1] ?? '',
      value: (parts[2] ?? '').replaceAll(/\\(.)/g, '$1'),
      untilMs: call.cause.nowMs - call.settings.searchLagSeconds * 1000,
    },
    limit,
  )
  const data = await Promise.all(
    found.map(async (intent) =>
      expands(call, 'data.latest_charge')
        ? intentWithCharge(intent, await findCharge(call.trx, intent.latest_charge))
        : intent,
    ),
  )
  return {
    object: 'search_result',
    data,
    has_more: false,
    next_page: null,
    url: '/v1/payment_intents/search',
  }
}

/** Writes the step and answers with the payment, or with why its card was refused. */
async function taken(call: Call, step: Step, untilMs: number | null = null) {
  const isAuthorised = step.intent.status === 'requires_capture'
  await saveStep(call.trx, step, isAuthorised ? untilMs : null, call.cause)
  return step.problem ?? shown(call, step.intent)
}

async function shown(call: Call, intent: Intent): Promise<object> {
  if (call.key === 'publishable') return intentForBrowser(intent)
  if (!expands(call, 'latest_charge')) return intent
  return intentWithCharge(intent, await findCharge(call.trx, intent.latest_charge))
}
