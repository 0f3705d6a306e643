/** The whole system behind the API, each part a process of its own, on databases and ports of its own. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Child, startNode } from '@offset-button/demo-site/start/child-process'
import { STRIPE_WEBHOOK_EVENTS } from '@offset-button/demo-site/start/environment'
import { freePort } from '@offset-button/demo-site/start/free-port'
import { simulationClient } from '@offset-button/registry-bridge/simulated-cdm'
import { temporaryFolder } from './own-server.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { freshRedis } from './redis.ts'

export type StackOptions = {
  /** Environment of the API beyond the usual, such as HOLD_SECONDS. */
  readonly api?: Readonly<Record<string, string>>
  readonly registry?: Readonly<Record<string, string>>
  /** Addresses put between the API and the outside, for tests of what happens on the way. */
  readonly via?: (outside: { readonly registry: string; readonly payment: string }) => Promise<{
    readonly registry: string
    readonly payment: string
  }>
  readonly links?: Links
  /** Puts something between the payment service and where the API takes webhooks, and gives its address. */
  readonly webhooks?: (api: string) => Promise<string>
  /** A Postgres database and a Redis of the API's own, for tests that kill them. */
  readonly servers?: { readonly postgres: string; readonly redis: string }
}

/** Puts something between the API and its Postgres and Redis. */
export type Links = (servers: { readonly postgres: string; readonly redis: string }) => Promise<{
  readonly postgres: string
  readonly redis: string
}>

export type Stack = Awaited<ReturnType<typeof startStack>>

const root = new URL('../../', import.meta.url).pathname
/** As the launcher waits: a busy machine takes its time. */
const READY_WITHIN_MS = 60_000
const secret = () => randomBytes(16).toString('hex')

export const PAGE_KEY = 'pk_demo_test_page_00000001'
export const PAGE_ORIGIN = 'http://ngo.test'

const openedElsewhere = (url: string): TestDatabase => ({
  name: new URL(url).pathname.slice(1),
  url,
  close: async () => undefined,
})

/** Starts registry, payment stand-in and API, and waits until each answers. `close` stops and drops all. */
export async function startStack(options: StackOptions = {}) {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    const folder = temporaryFolder()
    const { servers: own } = options
    const redis = own ? { url: own.redis, close: async () => undefined } : await freshRedis()
    closing.push(() => redis.close())
    const databases = {
      api: own ? openedElsewhere(own.postgres) : await freshDatabase(),
      registry: await freshDatabase(),
      payment: await freshDatabase(),
    }
    closing.push(async () => {
      for (const database of Object.values(databases)) await database.close()
    })
    const keys = {
      registryToken: secret(),
      operatorToken: secret(),
      secretKey: `sk_test_${secret()}`,
      publishableKey: `pk_test_${secret()}`,
      webhookSecret: `whsec_${secret()}`,
    }
    const apiPort = await freePort()
    const webhooks = `http://127.0.0.1:${apiPort}/webhooks/stripe`
    const start = async (name: string, file: string, env: Readonly<Record<string, string>>) => {
      const child = await startNode({
        name,
        file: join(root, file),
        env: { ...process.env, ...env },
        logFile: join(folder, `${name}.log`),
      })
      try {
        const [, address] = await child.waitForLine(/^listening (\S+)/, READY_WITHIN_MS)
        return { child, url: address ?? '' }
      } catch (error) {
        await child.stop()
        throw error
      }
    }
    const registry = await start('registry', 'registry-bridge/simulated-cdm/main.ts', {
      PORT: '0',
      DATABASE_URL: databases.registry.url,
      REGISTRY_API_TOKEN: keys.registryToken,
      CHECK_DELAY_MS: '50',
      ...options.registry,
    })
    closing.push(() => registry.child.stop())
    const payment = await start('payment', 'api/payment/stand-in/main.ts', {
      PORT: '0',
      DATABASE_URL: databases.payment.url,
      SECRET_KEY: keys.secretKey,
      PUBLISHABLE_KEY: keys.publishableKey,
      WEBHOOK_SECRET: keys.webhookSecret,
      WEBHOOK_URL: (await options.webhooks?.(webhooks)) ?? webhooks,
      WEBHOOK_EVENTS: STRIPE_WEBHOOK_EVENTS.join(','),
    })
    closing.push(() => payment.child.stop())
    const outside = { registry: registry.url, payment: payment.url }
    const reached = (await options.via?.(outside)) ?? outside
    const servers = { postgres: databases.api.url, redis: redis.url }
    const links = (await options.links?.(servers)) ?? servers
    let apis = 0
    const startApi = (port = apiPort, env: Readonly<Record<string, string>> = {}) =>
      start(++apis === 1 ? 'api' : `api-${apis}`, 'api/main.ts', {
        PORT: String(port),
        DATABASE_URL: links.postgres,
        REDIS_URL: links.redis,
        REGISTRY_URL: reached.registry,
        REGISTRY_API_TOKEN: keys.registryToken,
        STRIPE_SECRET_KEY: keys.secretKey,
        STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
        STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
        STRIPE_API_URL: reached.payment,
        STRIPE_SCRIPT_URL: `${payment.url}/endive/stripe.js`,
        OPERATOR_TOKEN: keys.operatorToken,
        DEMO: '1',
        LEASE_SECONDS: '2',
        LOG_LEVEL: 'info',
        ...options.api,
        ...env,
      })
    const api: { child: Child; url: string } = await startApi()
    closing.push(() => api.child.stop())
    return {
      url: api.url,
      folder,
      databases,
      keys,
      registryUrl: registry.url,
      paymentUrl: payment.url,
      registry: simulationClient({ url: registry.url, token: keys.registryToken }),
      registryProcess: registry.child,
      paymentProcess: payment.child,
      get apiProcess() {
        return api.child
      },
      /** Another node of the same market, with its own log; `env` says in what it differs. */
      async startSecondApi(env?: Readonly<Record<string, string>>) {
        const second = await startApi(await freePort(), env)
        closing.push(() => second.child.stop())
        return second
      },
      /** As if the machine had lost power; nothing is finished or said. */
      async killApi() {
        api.child.kill('SIGKILL')
        await api.child.exited
      },
      async restartApi() {
        Object.assign(api, await startApi())
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
