/** The payment stand-in as a process of its own on a database of its own, and what its tests do to it. */

import { join } from 'node:path'
import { type Child, startNode } from '@offset-button/demo-site/start/child-process'
import pg from 'pg'
import { stripePayment } from '../../../api/payment/payment.stripe.ts'
import { temporaryFolder } from '../../support/own-server.ts'
import { freshDatabase } from '../../support/postgres.ts'

export const SECRET_KEY = 'sk_test_standin'
export const PUBLISHABLE_KEY = 'pk_test_standin'
export const WEBHOOK_SECRET = 'whsec_standin'

/** A payment in the stand-in's books. */
type Booked = {
  readonly id: string
  readonly metadata: Record<string, string>
  readonly status: string
  readonly amountMinor: number
  readonly capturedMinor: number
  readonly refundedMinor: number
  readonly captures: number
  readonly refunds: number
  readonly charges: number
  readonly failedCharges: number
}

type BookedEvent = {
  readonly id: string
  readonly type: string
  readonly intent: string
  readonly delivery: string
  readonly attempts: number
}

export type StandInProcess = {
  readonly url: () => string
  readonly databaseUrl: string
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  books(): Promise<{ payments: Booked[]; events: BookedEvent[] }>
  simulate(method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** As a browser does: publishable key and client secret. */
  confirm(clientSecret: string, form: Record<string, string>): Promise<Answer>
  /** Any call, with the secret key unless the form carries one. */
  call(method: string, path: string, form?: Record<string, string>, key?: string): Promise<Answer>
  close(): Promise<void>
}

type Answer = {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the wire is what these tests look at
  readonly body: any
}

/** Starts it on an empty database; `env` adds to its settings. */
export async function startStandIn(env: Record<string, string> = {}): Promise<StandInProcess> {
  const database = await freshDatabase()
  const folder = temporaryFolder()
  let url = ''
  const start = async (port: string): Promise<Child> => {
    const child = await startNode({
      name: 'payment stand-in',
      file: join(import.meta.dirname, '../../../api/payment/stand-in/main.ts'),
      env: {
        PORT: port,
        DATABASE_URL: database.url,
        SECRET_KEY,
        PUBLISHABLE_KEY,
        WEBHOOK_SECRET,
        ...env,
      },
      logFile: join(folder, 'stand-in.log'),
    })
    const match = await child.waitForLine(/^listening (\S+)/, 60_000)
    url = match[1] ?? ''
    return child
  }
  let child = await start('0')

  const simulation = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/simulation/${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const call: StandInProcess['call'] = async (method, path, form = {}, key) => {
    const authorization = form.key === undefined ? { authorization: `Bearer ${SECRET_KEY}` } : {}
    const query = method === 'GET' ? `?${new URLSearchParams(form)}` : ''
    const response = await fetch(`${url}${path}${query}`, {
      method,
      headers: { ...authorization, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      ...(method === 'GET' ? {} : { body: new URLSearchParams(form) }),
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  return {
    url: () => url,
    databaseUrl: database.url,
    async restart(signal) {
      child.signal(signal)
      await child.exited
      child = await start(new URL(url).port)
    },
    books: () =>
      simulation('GET', 'books') as Promise<{ payments: Booked[]; events: BookedEvent[] }>,
    simulate: simulation,
    call,
    confirm: (clientSecret, form) =>
      call('POST', `/v1/payment_intents/${clientSecret.split('_secret_')[0]}/confirm`, {
        key: PUBLISHABLE_KEY,
        client_secret: clientSecret,
        ...form,
      }),
    async close() {
      await child.stop()
      await database.close()
    },
  }
}

/** The adapter under test, talking to the stand-in. */
export function adapterOf(
  standIn: StandInProcess,
  { callTimeoutMs = 5_000, secretKey = SECRET_KEY } = {},
) {
  return stripePayment({
    secretKey,
    publishableKey: PUBLISHABLE_KEY,
    webhookSecret: WEBHOOK_SECRET,
    apiUrl: standIn.url(),
    scriptUrl: `${standIn.url()}/v3/stripe.js`,
    callTimeoutMs,
  })
}

/** Looks into the stand-in's own database, over a connection that is closed whatever happens. */
export async function withDatabase<Result>(
  standIn: StandInProcess,
  act: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(standIn.databaseUrl)
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** Does something while somebody else holds this idempotency key in the stand-in. */
export function whileKeyIsInUse<Result>(
  standIn: StandInProcess,
  key: string,
  act: () => Promise<Result>,
): Promise<Result> {
  return withDatabase(standIn, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [key])
    return act()
  })
}

/** A test card as the frame sends it: by its name alone. */
export function cardForm(name: string): Record<string, string> {
  return { payment_method: name, use_stripe_sdk: 'true' }
}
