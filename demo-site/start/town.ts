import * as fs from 'node:fs'
import { join } from 'node:path'
import { type Child, describeExit, startNode } from './child-process.ts'
import {
  type ApiEnvironment,
  DATABASES,
  type DemoSiteEnvironment,
  type RegistryEnvironment,
  type SeedEnvironment,
  STRIPE_SCRIPT_URL,
  STRIPE_WEBHOOK_EVENTS,
  STRIPE_WEBHOOK_PATH,
  type StandInEnvironment,
} from './environment.ts'
import { freePort } from './free-port.ts'
import { type Postgres, removePostgresHome, startPostgres, usePostgres } from './postgres.ts'
import { REDIS_PACKAGE, type Redis, startRedis, useRedis } from './redis.ts'
import type { Running } from './running.ts'
import { keepSecrets, type Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'
import { StartFailure } from './start-failure.ts'
import { buildWidget } from './widget-build.ts'

/** Where a town can be visited, and with which keys. */
export interface Town {
  readonly demoUrl: string
  readonly apiUrl: string
  readonly publishableKey: string
  readonly sellerKey: string
  /** Undefined with Stripe itself. */
  readonly standInUrl: string | undefined
}

/** What the steps of a start share. */
interface Site {
  readonly settings: Settings
  readonly secrets: Secrets
  readonly running: Running
  readonly say: (line: string) => void
}

const ROOT = join(import.meta.dirname, '../..')
const READY_WITHIN_MS = 60_000

/**
 * Starts everything, what can be at the same time, and resolves when it all answers: Postgres, Redis,
 * the simulated registry, the payment stand-in, the API, the demo market (once) and the demo site.
 */
export async function startTown(
  settings: Settings,
  running: Running,
  say: (line: string) => void,
): Promise<Town> {
  const secrets = keepSecrets(join(settings.folder, 'secrets.json'))
  const site: Site = { settings, secrets, running, say }
  const postgres = openPostgres(site)
  const widget = buildWidget({ say, onStart: (child) => running.add(child) })
  // Where it fails, that is told below, once everything else has been started.
  widget.catch(() => undefined)
  const [redis, registryUrl, standInUrl] = await Promise.all([
    openRedis(site),
    postgres.then((opened) => startRegistry(site, opened)),
    settings.stripe ? undefined : postgres.then((opened) => startStandIn(site, opened)),
  ])
  const apiUrl = await startApi(site, await postgres, redis, registryUrl, standInUrl)
  const demoUrl = `http://localhost:${settings.demoPort}`
  await Promise.all([
    seed(site, apiUrl, registryUrl, demoUrl),
    widget.then(() => startDemoSite(site, apiUrl, standInUrl)),
  ])
  return {
    demoUrl,
    apiUrl,
    publishableKey: secrets.demoPublishableKey,
    sellerKey: secrets.demoSellerKey,
    standInUrl,
  }
}

/** Removes the databases of a folder; the unpacked Redis, the logs and the secrets stay. */
export function removeData(folder: string): void {
  removePostgresHome(folder)
  fs.rmSync(join(folder, 'redis'), { recursive: true, force: true })
}

async function openPostgres({ settings, running, say }: Site): Promise<Postgres> {
  if (settings.databaseUrl) {
    const postgres = await usePostgres(settings.databaseUrl)
    say(`Postgres ${postgres.version} of DATABASE_URL, on ${postgres.host}:${postgres.port}`)
    return postgres
  }
  const postgres = await startPostgres({
    folder: settings.folder,
    logFile: logOf(settings, 'postgres'),
    ownGroup: true,
    onStart: (child) => running.add(child),
  })
  if (postgres.child) running.watch(postgres.child)
  say(`Postgres ${postgres.version} on port ${postgres.port}`)
  if (postgres.elsewhere) {
    say(
      `  kept in ${postgres.elsewhere}, as the user that runs it cannot reach this folder; --fresh removes it`,
    )
  }
  return postgres
}

async function openRedis({ settings, running, say }: Site): Promise<Redis | undefined> {
  if (settings.redisUrl) {
    const redis = useRedis(settings.redisUrl)
    say(`Redis of REDIS_URL, on port ${redis.port}`)
    return redis
  }
  const redis = await startRedis({
    folder: join(settings.folder, 'redis'),
    packageFolder: join(settings.folder, 'redis-package'),
    logFile: logOf(settings, 'redis'),
    ownGroup: true,
    onStart: (child) => running.add(child),
    say,
  })
  if (redis?.child) running.watch(redis.child)
  if (redis) say(`Redis ${redis.version} on port ${redis.port}`)
  else {
    say(
      `No Redis (no redis-server or valkey-server on the PATH, and the package ${REDIS_PACKAGE} could not be had): one node, with its lease in Postgres`,
    )
  }
  return redis
}

async function startRegistry(site: Site, postgres: Postgres): Promise<string> {
  const env: RegistryEnvironment = {
    PORT: String(await freePort()),
    DATABASE_URL: await postgres.database(DATABASES.registry),
    REGISTRY_API_TOKEN: site.secrets.registryApiToken,
  }
  const file = 'registry-bridge/simulated-cdm/main.ts'
  return startServer(site, 'Simulated CDM registry', 'registry', file, { ...env })
}

async function startStandIn(site: Site, postgres: Postgres): Promise<string> {
  const { settings, secrets } = site
  const env: StandInEnvironment = {
    PORT: String(await freePort()),
    DATABASE_URL: await postgres.database(DATABASES.standIn),
    WEBHOOK_URL: `http://127.0.0.1:${settings.port}${STRIPE_WEBHOOK_PATH}`,
    WEBHOOK_EVENTS: STRIPE_WEBHOOK_EVENTS.join(','),
    WEBHOOK_SECRET: secrets.standInWebhookSecret,
    SECRET_KEY: secrets.standInSecretKey,
    PUBLISHABLE_KEY: secrets.standInPublishableKey,
  }
  return startServer(site, 'Payment stand-in (TEST)', 'stand-in', 'api/payment/stand-in/main.ts', {
    ...env,
  })
}

/** The API answers at a public address, which pages are given; the one it announces is not used. */
async function startApi(
  site: Site,
  postgres: Postgres,
  redis: Redis | undefined,
  registryUrl: string,
  standInUrl: string | undefined,
): Promise<string> {
  const { settings, secrets } = site
  const publicUrl = process.env.PUBLIC_URL || `http://localhost:${settings.port}`
  const env: ApiEnvironment = {
    PORT: String(settings.port),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: await postgres.database(DATABASES.api),
    REDIS_URL: redis?.url,
    REGISTRY_URL: registryUrl,
    REGISTRY_API_TOKEN: secrets.registryApiToken,
    STRIPE_SECRET_KEY: settings.stripe?.secretKey ?? secrets.standInSecretKey,
    STRIPE_PUBLISHABLE_KEY: settings.stripe?.publishableKey ?? secrets.standInPublishableKey,
    STRIPE_WEBHOOK_SECRET: settings.stripe?.webhookSecret ?? secrets.standInWebhookSecret,
    STRIPE_API_URL: standInUrl,
    STRIPE_SCRIPT_URL: scriptUrl(standInUrl),
    OPERATOR_TOKEN: secrets.operatorToken,
    DEMO: '1',
    LOG_LEVEL: process.env.LOG_LEVEL || 'info',
  }
  await startServer(site, 'API', 'api', 'api/main.ts', { ...env })
  // One market behind several addresses: any of them takes any request.
  for (let node = 2; node <= settings.nodes; node++) {
    const more = { ...env, PORT: String(await freePort()) }
    await startServer(site, `API, node ${node}`, `api-${node}`, 'api/main.ts', more)
  }
  keepAddresses(site, env)
  return publicUrl
}

/** For `npm run audit`: where the books are read, and by which keys. */
function keepAddresses({ settings }: Site, env: ApiEnvironment): void {
  const addresses = {
    databaseUrl: env.DATABASE_URL,
    registryUrl: env.REGISTRY_URL,
    registryToken: env.REGISTRY_API_TOKEN,
    paymentUrl: env.STRIPE_API_URL,
    paymentKey: env.STRIPE_SECRET_KEY,
  }
  const file = join(settings.folder, 'addresses.json')
  fs.writeFileSync(file, `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 })
}

/** Sets the demo market up; where it is there already, the seed says so and ends. */
async function seed(
  site: Site,
  apiUrl: string,
  registryUrl: string,
  demoUrl: string,
): Promise<void> {
  const env: SeedEnvironment = {
    API_URL: apiUrl,
    OPERATOR_TOKEN: site.secrets.operatorToken,
    REGISTRY_URL: registryUrl,
    REGISTRY_API_TOKEN: site.secrets.registryApiToken,
    DEMO_URL: demoUrl,
    PUBLISHABLE_KEY: site.secrets.demoPublishableKey,
    SELLER_API_KEY: site.secrets.demoSellerKey,
  }
  const child = await start(site, 'Demo market', 'seed', 'demo-site/seed/main.ts', { ...env })
  site.running.add(child)
  const { code } = await child.exited
  if (code !== 0) throw new StartFailure(describeExit(child))
  site.say(`Demo market: ${child.tail.split('\n').at(-1)}`)
}

async function startDemoSite(
  site: Site,
  apiUrl: string,
  standInUrl: string | undefined,
): Promise<string> {
  const env: DemoSiteEnvironment = {
    PORT: String(site.settings.demoPort),
    API_URL: apiUrl,
    PUBLISHABLE_KEY: site.secrets.demoPublishableKey,
    STRIPE_SCRIPT_URL: scriptUrl(standInUrl),
  }
  return startServer(site, 'Demo site', 'demo-site', 'demo-site/main.ts', { ...env })
}

function scriptUrl(standInUrl: string | undefined): string {
  return standInUrl ? `${standInUrl}/endive/stripe.js` : STRIPE_SCRIPT_URL
}

/** Starts a server of ours and waits for the line `listening <address>`; gives that address. */
async function startServer(
  site: Site,
  name: string,
  log: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const child = await start(site, name, log, file, env)
  site.running.add(child)
  const [, url = ''] = await child.waitForLine(/^listening (\S+)/, READY_WITHIN_MS)
  site.running.watch(child)
  site.say(`${name} on ${url}`)
  return url.replace(/\/$/, '')
}

function start(
  { settings }: Site,
  name: string,
  log: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Child> {
  return startNode({
    name,
    file: join(ROOT, file),
    env,
    cwd: ROOT,
    logFile: logOf(settings, log),
    ownGroup: true,
  })
}

function logOf(settings: Settings, name: string): string {
  return join(settings.folder, 'logs', `${name}.log`)
}
