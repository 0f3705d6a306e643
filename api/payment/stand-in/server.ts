/** The stand-in's HTTP: which part answers, headers, and the faults that tests ask for. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { answerApi, findRoute, keyOf, problemAnswer } from './api.ts'
import { openBooks } from './database.ts'
import { startErrands } from './errand.ts'
import { type Fault, Faults } from './fault.ts'
import { newIdentifier } from './identifier.ts'
import { API_VERSION } from './intent.ts'
import { StripeProblem } from './problem.ts'
import { isWanted, type Settings } from './settings.ts'
import { answerSimulation, type SimulationContext } from './simulation.ts'
import { answerSite } from './site.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const LARGEST_BODY_BYTES = 64 * 1024

/** Frames may stand on any page, as Stripe's may; what they load comes from here only. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"

export type StandIn = {
  readonly origin: string
  /** Finishes what is under way and closes everything. */
  close(): Promise<void>
}

/** Starts the stand-in on its database; `now` gives milliseconds since 1970. */
export async function startStandIn(settings: Settings, now: () => number): Promise<StandIn> {
  const books = await openBooks(settings.databaseUrl)
  const webhook =
    settings.webhookUrl === null
      ? null
      : { url: settings.webhookUrl, secret: settings.webhookSecret }
  const errands = startErrands(books, webhook, (event) => isWanted(settings, event), now)
  const faults = new Faults()
  let context: SimulationContext | null = null
  const server = createServer((request, response) => {
    if (context === null) return response.destroy()
    answer(context, request, response).catch((error: unknown) => {
      console.error('request:', error)
      if (response.headersSent) return response.destroy()
      const message = 'The stand-in failed.'
      const problem = new StripeProblem(500, { type: 'api_error', message })
      send(response, { ...problemAnswer(problem, 'none'), type: JSON_TYPE })
    })
  })
  try {
    await listen(server, settings.port)
  } catch (error) {
    await errands.close()
    await books.destroy()
    throw error
  }
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  context = { books, settings, origin, now, faults, errands }
  return {
    origin,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      await errands.close()
      await Promise.race([closed, pause(2_000, undefined, { ref: false })])
      server.closeAllConnections()
      await books.destroy()
    },
  }
}

async function answer(
  context: SimulationContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', context.origin)
  const body = await readBody(request)
  if (body === null) return send(response, { status: 413, type: JSON_TYPE, body: '{}' })
  if (url.pathname.startsWith('/v1/')) return answerV1(context, request, response, url, body)
  if (url.pathname.startsWith('/simulation/')) {
    if (keyOf(request.headers.authorization) !== context.settings.secretKey) {
      return send(response, { status: 401, type: JSON_TYPE, body: '{}' })
    }
    const reply = await answerSimulation(context, method, url.pathname, parsed(body))
    return send(response, {
      status: reply?.status ?? 404,
      type: JSON_TYPE,
      body: JSON.stringify(reply?.body ?? {}),
    })
  }
  const reply = await answerSite(context, method, url, body)
  if (reply === null) {
    return send(response, { status: 404, type: 'text/plain; charset=utf-8', body: 'Not found\n' })
  }
  const moved = reply.location === undefined ? {} : { location: reply.location }
  send(response, reply, { 'content-security-policy': CONTENT_POLICY, ...moved })
}

async function answerV1(
  context: SimulationContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): Promise<void> {
  const method = request.method ?? 'GET'
  const requestId = newIdentifier('req', context.now())
  // Browsers may ask from any page, as at Stripe: what they may see is decided by key and client secret.
  const headers: Record<string, string> = {
    'request-id': requestId,
    'stripe-version': API_VERSION,
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type, stripe-version',
  }
  if (method === 'OPTIONS')
    return send(response, { status: 204, type: JSON_TYPE, body: '' }, headers)
  const route = findRoute(method, url.pathname)
  const strikes = (when: Fault['when']) =>
    strike(route === null ? null : context.faults.take(route.name, when), response)

  if (await strikes('before')) return
  const idempotencyKey = request.headers['idempotency-key']?.toString()
  const reply = await answerApi(context, route, {
    requestId,
    method,
    path: url.pathname,
    query: url.search.slice(1),
    body,
    authorization: request.headers.authorization,
    idempotencyKey,
  })
  context.errands.poke()
  if (await strikes('after')) return
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  if (reply.replayed) headers['idempotent-replayed'] = 'true'
  send(response, { ...reply, type: JSON_TYPE }, headers)
}

/** Lets a fault happen; true where it leaves nothing to answer. */
async function strike(fault: Fault | null, response: ServerResponse): Promise<boolean> {
  if (fault === null) return false
  await pause(fault.delayMs)
  if (fault.what === 'delay') return false
  if (fault.what === 'drop') {
    response.destroy()
    return true
  }
  const problem = new StripeProblem(500, { type: 'api_error', message: 'A fault was asked for.' })
  send(response, { ...problemAnswer(problem, 'none'), type: JSON_TYPE })
  return true
}

/** The whole body as text, or null where it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > LARGEST_BODY_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function send(
  response: ServerResponse,
  reply: { readonly status: number; readonly type: string; readonly body: string },
  headers: Record<string, string> = {},
): void {
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  })
  response.end(reply.body)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
