/** What browsers load: Stripe.js, the card frame, the bank's question, the list of payments. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiContext } from './api.ts'
import { holdIntent } from './books.store.ts'
import { takeAnswer } from './challenge.ts'
import { field, parseForm } from './form.ts'
import type { Intent } from './intent.ts'
import { answeredPage, challengePage, paymentsPage, troublePage } from './page.ts'
import type { EventType } from './payment-step.ts'
import { isWanted } from './settings.ts'
import { bookedPayments } from './simulation.ts'

export type SiteAnswer = {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly location?: string
}

const FOLDER = join(import.meta.dirname, 'browser')
const SCRIPT = 'text/javascript; charset=utf-8'
const PAGE = 'text/html; charset=utf-8'
const FILES: Readonly<Record<string, string>> = {
  'card.html': PAGE,
  'card.css': 'text/css; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'card.js': SCRIPT,
  'card-fields.js': SCRIPT,
  'card-number.js': SCRIPT,
  'card-words.js': SCRIPT,
  'challenge.js': SCRIPT,
  'test-cards.js': SCRIPT,
}
/** Joined in this order they are one classic script: so Stripe.js is loaded, and there at once. */
const STRIPE_JS = ['messages.js', 'payment-element.js', 'challenge-overlay.js', 'stripe.js']
/** Stripe names its script after the API version; /v3/ is the address of old. */
const STRIPE_JS_PATHS = ['/endive/stripe.js', '/v3/stripe.js', '/v3/']

/** Answers a browser, or null where there is no such page. */
export async function answerSite(
  context: ApiContext,
  method: string,
  url: URL,
  body: string,
): Promise<SiteAnswer | null> {
  const { pathname } = url
  const challenged = /^\/challenge\/([^/]+)$/.exec(pathname)?.[1]
  if (challenged !== undefined) {
    const form = parseForm(method === 'POST' ? body : url.search.slice(1))
    const given = (name: string) => field(form, name) ?? null
    const question = {
      id: decodeURIComponent(challenged),
      secret: given('client_secret') ?? '',
      attempt: given('attempt') ?? '',
      parent: originOnly(given('parent')),
    }
    if (method === 'GET') return askChallenge(context, question)
    if (method === 'POST') return takeChallenge(context, question, given('answer') === 'complete')
  }
  if (method !== 'GET') return null
  if (pathname === '/') return html(200, paymentsPage(await bookedPayments(context.books)))
  if (STRIPE_JS_PATHS.includes(pathname))
    return { status: 200, type: SCRIPT, body: await stripeJs() }
  const file = pathname === '/frame/card' ? 'card.html' : pathname.replace(/^\/frame\//, '')
  const type = pathname.startsWith('/frame/') ? FILES[file] : undefined
  if (type === undefined) return null
  return { status: 200, type, body: await readFile(join(FOLDER, file), 'utf8') }
}

/** The modules as one script: in one function they see each other without imports and exports. */
async function stripeJs(): Promise<string> {
  const parts = await Promise.all(STRIPE_JS.map((file) => readFile(join(FOLDER, file), 'utf8')))
  const joined = parts
    .join('\n')
    .replaceAll(/^import [^']* from '[^']*'$/gm, '')
    .replaceAll(/^export /gm, '')
  return `(() => {\n'use strict'\n${joined}\n})()\n`
}

type Question = {
  readonly id: string
  readonly secret: string
  readonly attempt: string
  readonly parent: string | null
}

async function askChallenge(context: ApiContext, question: Question): Promise<SiteAnswer> {
  const intent = await withIntent(context, question, (found) => Promise.resolve(found))
  if (intent === null) return html(404, troublePage('There is no such payment.'))
  return html(200, challengePage(intent, question.attempt, question.parent))
}

/** Where the payment was sent away with an address to return to, the visitor goes back there. */
async function takeChallenge(
  context: ApiContext,
  question: Question,
  passed: boolean,
): Promise<SiteAnswer> {
  let back: string | null = null
  const intent = await withIntent(context, question, (found, call) => {
    if (found.next_action?.type === 'redirect_to_url') {
      back = found.next_action.redirect_to_url.return_url
    }
    return takeAnswer(call, found, { attempt: question.attempt, passed })
  })
  if (intent === null) return html(404, troublePage('There is no such payment.'))
  if (back === null) return html(200, answeredPage(intent, question.parent))
  const location = new URL(back)
  location.searchParams.set('payment_intent', intent.id)
  location.searchParams.set('payment_intent_client_secret', intent.client_secret)
  location.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed')
  return { status: 303, type: PAGE, body: '', location: location.href }
}

function withIntent(
  context: ApiContext,
  question: Question,
  act: (intent: Intent, call: Parameters<typeof takeAnswer>[0]) => Promise<Intent>,
): Promise<Intent | null> {
  const { books, settings } = context
  const cause = {
    nowMs: context.now(),
    requestId: null,
    idempotencyKey: null,
    isWanted: (event: EventType) => isWanted(settings, event),
  }
  return books.transaction().execute(async (trx) => {
    const intent = await holdIntent(trx, question.id, cause)
    if (intent === null || intent.client_secret !== question.secret) return null
    return act(intent, { trx, cause, settings })
  })
}

function originOnly(told: string | null): string | null {
  if (told === null || !URL.canParse(told)) return null
  const { origin } = new URL(told)
  return origin === 'null' ? null : origin
}

function html(status: number, body: string): SiteAnswer {
  return { status, type: PAGE, body }
}
