import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Lease, type Peers, startHost } from '@offset-button/engine-host'
import { systemClock } from '@offset-button/engine-host/clock-system'
import { postgresLease } from '@offset-button/engine-host/lease-postgres'
import { redisLease } from '@offset-button/engine-host/lease-redis'
import { redisPulse } from '@offset-button/engine-host/pulse-redis'
import {
  connectCdmRegistry,
  type Registry,
  RegistryUnreachable,
  withOpeningHours,
} from '@offset-button/registry-bridge'
import pino from 'pino'
import type { Application } from './application.ts'
import { issueCertificate } from './certificate/certificate.store.ts'
import type { Configuration } from './configuration.ts'
import { connectPool, type Db, openConnections, openDatabase } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { followRequests } from './http/draining.ts'
import { httpPeers } from './http/peers.ts'
import { buildServer } from './http/server.ts'
import { toBookFilter } from './market/attributes.ts'
import { createCatalogue } from './market/catalogue.ts'
import { commitConnection } from './market/commit-connection.ts'
import { DEFAULT_FEES } from './market/fees.ts'
import { marketStore } from './market/market.store.ts'
import { marketViews } from './market/market.views.ts'
import type { MarketWrite } from './market/market.write.ts'
import { marketPulse } from './market/market-pulse.ts'
import { rehearseRebuild } from './market/rehearsal.ts'
import { createMetrics } from './metrics/metrics.ts'
import { startEarmarkSweeper } from './offer/earmark.job.ts'
import { startExpiryAlarm } from './offer/expiry.job.ts'
import { advance } from './order/order.advance.ts'
import { registryOf } from './order/order.call.ts'
import { DEFAULT_TIMES, type OrderTimes } from './order/order.effect.ts'
import { createAlarm, needsAlarm, orderWorker, setAlarm } from './order/order.job.ts'
import type { OrderPorts } from './order/order.ports.ts'
import { orderStore } from './order/order.store.ts'
import { waitingOrders } from './order/order.waiting.ts'
import { orderChanges } from './order/order-changes.ts'
import { refuseMixedWorlds } from './payment/configuration.ts'
import { stripePayment } from './payment/payment.stripe.ts'
import { secureRandom } from './random.ts'

export type RunningApi = { readonly url: string; stop(): Promise<void> }

const MARKET = 'usd'
/** Connections that the first order after a take-over need not wait for. */
const KEPT_OPEN = 4
/** How often a node that starts looks whether another holds the market. */
const FOLLOW_MS = 100
/** How long to wait for the registry's description at start. */
const REGISTRY_PATIENCE_MS = 10_000
/** Longer than the minute that load balancers usually keep idle connections, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000

/** Starts everything behind one address. Throws one sentence where the parts do not belong together. */
export async function startApi(configuration: Configuration): Promise<RunningApi> {
  const { DATABASE_URL: databaseUrl } = configuration
  const log = pino({
    level: configuration.LOG_LEVEL,
    base: { service: 'api' },
    serializers: { reason: pino.stdSerializers.err },
  })
  const clock = systemClock
  const times = timesOf(configuration)

  const pool = connectPool(databaseUrl, 'offset-button api', 16, KEPT_OPEN)
  const db = openDatabase(pool)
  await migrate(db)
  const registry = withOpeningHours(await connectRegistry(configuration), clock)
  if (registry.description.phases !== 'two-phase') {
    throw new Error(`${registry.description.name} has one phase; orders need a registry with two.`)
  }
  const registries = new Map([[registry.description.id, registry]])
  const { seeded } = await db
    .selectFrom('market')
    .select('seeded')
    .where('id', '=', MARKET)
    .executeTakeFirstOrThrow()
  const mixed = refuseMixedWorlds({
    payment: configuration.payment.mode,
    registrySimulated: registry.description.simulated,
    marketSeeded: seeded || configuration.DEMO === '1',
  })
  if (mixed) throw new Error(mixed)

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, notYet)
  const requests = followRequests(server)
  const url = await listen(server, configuration.HOST, configuration.PORT)
  const publicUrl = configuration.publicUrl ?? url
  const node = configuration.NODE_URL ?? url
  const demo = configuration.DEMO === '1'

  const catalogue = createCatalogue(db)
  await catalogue.refresh()
  const payment = stripePayment({
    ...configuration.payment,
    ...(configuration.STRIPE_API_URL ? { apiUrl: configuration.STRIPE_API_URL } : {}),
    scriptUrl: configuration.STRIPE_SCRIPT_URL,
    callTimeoutMs: times.callTimeoutMs,
  })
  const lease = await leaseOf(configuration)
  const commits = commitConnection(databaseUrl, times.callTimeoutMs)
  const books = marketStore(commits)
  const metrics = createMetrics()
  const peers = httpPeers(Math.floor(lease.ttlMs / 4))
  const host = startHost<MarketWrite>({
    market: MARKET,
    holder: node,
    lease,
    peers,
    store: {
      ...metrics.measured(books),
      // Whoever begins to hold the market knows the names behind its numbers.
      readBook: async (market) => {
        const [read] = await Promise.all([books.readBook(market), catalogue.refresh()])
        return read
      },
    },
    clock,
    log: (event, fields) => {
      metrics.event(event)
      log.info({ epoch: host.epoch(), ...fields }, event)
    },
  })
  metrics.watch(host)
  metrics.watchOrders(async () => (host.state() === 'holding' ? waitingOrders(db) : null))
  const { REDIS_URL: redisUrl } = configuration
  const pulse = marketPulse(redisUrl ? redisPulse(MARKET, redisUrl) : undefined)
  host.onCommit(pulse.beat)

  const alarm = createAlarm(databaseUrl, (error) => log.error({ err: error }, 'alarm'))
  await alarm.start()
  const changes = orderChanges()
  const ports: OrderPorts = {
    store: orderStore({
      db,
      setAlarm: (trx, order, at) => setAlarm(alarm, trx, order, at),
      needsAlarm: (at) => needsAlarm(at - clock.now()),
      issueCertificate: (trx, request) =>
        issueCertificate(
          trx,
          {
            catalogue,
            publicUrl,
            demo,
            registryOf: (id) => registryOf({ registries }, id).description,
          },
          request,
        ),
      onChange: changes.announce,
    }),
    payment,
    registries,
    submit: (submission) => host.submit(submission),
    toQueryFilter: (filter) => toBookFilter(filter, catalogue),
    clock,
    random: secureRandom,
    times,
    log: (event, fields) => log.info({ ...fields, epoch: host.epoch() }, event),
  }
  const worker = orderWorker({
    alarm,
    isHolder: () => host.state() === 'holding',
    advance: (order, read) => advance(ports, order, read),
    due: (limit) => ports.store.due({ now: clock.now(), limit }),
    onError: (error, order) =>
      log.error({ err: error, order, epoch: host.epoch() }, 'a step failed'),
  })

  const application: Application = {
    db,
    market: MARKET,
    host,
    catalogue,
    views: marketViews(catalogue),
    pulse,
    registries,
    payment,
    orderPorts: ports,
    worker,
    fees: DEFAULT_FEES,
    times,
    clock,
    random: secureRandom,
    log,
    publicUrl,
    demo,
  }
  let hasStarted = false
  server.off('request', notYet)
  server.on(
    'request',
    buildServer(application, changes, {
      operatorToken: configuration.OPERATOR_TOKEN,
      metrics,
      nodes: { own: node, holder: holderOf(lease, db) },
      hasStarted: () => hasStarted,
    }).callback(),
  )
  const settled = new AbortController()
  const waiting = AbortSignal.any([settled.signal, AbortSignal.timeout(2 * lease.ttlMs)])
  void followsAnother(node, holderOf(lease, db), peers, waiting).then(() => settled.abort())
  await host.ready(waiting)
  settled.abort()
  if (host.state() === 'following') {
    await rehearseRebuild(books, MARKET, clock.monotonic)
    await openConnections(pool, KEPT_OPEN)
  }
  hasStarted = true
  await worker.start()
  const earmarks = startEarmarkSweeper({
    db,
    registries,
    onError: (error) => log.error({ err: error }, 'earmarks'),
  })
  const expiry = startExpiryAlarm({
    db,
    host,
    market: MARKET,
    clock,
    onError: (error) => log.error({ err: error }, 'expiry of offers'),
  })

  return {
    url,
    async stop() {
      // Health checks send nobody here any more.
      hasStarted = false
      // The market first, so that another node has it soon; what still comes here is sent on to that one.
      await host.stop()
      // An order that a request has just placed is still taken to its payment.
      await Promise.all([requests.drain(), earmarks.stop(), expiry.stop()])
      await worker.stop()
      peers.close()
      await Promise.all([lease.close(), pulse.close(), commits.close()])
      await db.destroy()
    },
  }
}

const timesOf = (configuration: Configuration): OrderTimes => ({
  ...DEFAULT_TIMES,
  callTimeoutMs: configuration.CALL_TIMEOUT_SECONDS * 1000,
  holdMs: configuration.HOLD_SECONDS * 1000,
  bankHoldMs: configuration.BANK_HOLD_SECONDS * 1000,
  giveUpMs: configuration.GIVE_UP_SECONDS * 1000,
})

/** Resolves once another node says that it holds the market, so that this one serves by sending requests on; or once nobody waits. */
async function followsAnother(
  own: string,
  holder: () => Promise<string | null>,
  peers: Peers,
  waiting: AbortSignal,
): Promise<void> {
  while (!waiting.aborted) {
    const other = await holder().catch(() => null)
    if (other !== null && other !== own) {
      const said = await peers.look(other).catch(() => 'gone' as const)
      if (said === 'holding') return
    }
    await systemClock.sleep(FOLLOW_MS, waiting)
  }
}

/** The lease's word; where it has none, the word of the market's row: who minted last. */
function holderOf(lease: Lease, db: Db): () => Promise<string | null> {
  return async () => {
    const holder = await lease.holder(MARKET).catch(() => null)
    if (holder !== null) return holder
    const row = await db
      .selectFrom('market')
      .select('holder')
      .where('id', '=', MARKET)
      .executeTakeFirst()
    return row?.holder ?? null
  }
}

async function leaseOf(configuration: Configuration): Promise<Lease & { close(): Promise<void> }> {
  const ttlMs = configuration.LEASE_SECONDS * 1000
  const commandTimeoutMs = Math.floor(ttlMs / 6)
  if (!configuration.REDIS_URL) {
    return postgresLease({ connectionString: configuration.DATABASE_URL, ttlMs, commandTimeoutMs })
  }
  const lease = redisLease({ url: configuration.REDIS_URL, ttlMs, commandTimeoutMs })
  await lease.connected()
  return lease
}

async function connectRegistry(configuration: Configuration): Promise<Registry> {
  const { REGISTRY_OPENS_AT: opensAt, REGISTRY_CLOSES_AT: closesAt } = configuration
  const until = Date.now() + REGISTRY_PATIENCE_MS
  for (;;) {
    try {
      return await connectCdmRegistry({
        url: configuration.REGISTRY_URL,
        token: configuration.REGISTRY_API_TOKEN,
        callTimeoutMs: configuration.CALL_TIMEOUT_SECONDS * 1000,
        description: {
          ...(opensAt ? { opensAt } : {}),
          ...(closesAt
            ? { closesAt, closesAtReported: configuration.REGISTRY_CLOSES_AT_REPORTED === '1' }
            : {}),
        },
      })
    } catch (error) {
      if (!(error instanceof RegistryUnreachable)) throw error
      if (Date.now() > until) {
        throw new Error(`The registry at ${configuration.REGISTRY_URL} does not answer.`)
      }
      await systemClock.sleep(200)
    }
  }
}

/** The address is known before the parts that need it are there. */
function notYet(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  response.writeHead(503, { 'Retry-After': '1' }).end()
}

/** Resolves with the address; throws one sentence where the port is taken. */
function listen(server: Server, address: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program. Set PORT to a free one.`)
          : error,
      )
    })
    server.listen(port, address, () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })
}
