import { join, resolve } from 'node:path'
import { isPortFree } from './free-port.ts'
import { StartFailure } from './start-failure.ts'

/** What a person may choose about a start, from the environment and the arguments. */
export interface Settings {
  /** The API's port. */
  readonly port: number
  readonly demoPort: number
  /** How many API nodes serve the market. */
  readonly nodes: number
  /** Where data, logs and secrets are kept. */
  readonly folder: string
  /** Begin anew: the databases are removed first. */
  readonly isFresh: boolean
  /** Somebody's own Postgres or Redis, to be used instead of ours. */
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  /** Stripe's keys; undefined: the stand-in takes the payments. */
  readonly stripe: StripeKeys | undefined
}

/** The three keys of a Stripe account, as given. */
export interface StripeKeys {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

const ROOT = join(import.meta.dirname, '../..')

/** Reads the settings; throws a StartFailure that names the one that is wrong. */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const { isFresh, nodes } = readArguments(args)
  const settings: Settings = {
    port: readPort('PORT', env.PORT, 4000),
    demoPort: readPort('DEMO_PORT', env.DEMO_PORT, 4001),
    folder: resolve(ROOT, env.DATA_FOLDER || '.data'),
    nodes,
    isFresh,
    databaseUrl: readUrl('DATABASE_URL', env.DATABASE_URL),
    redisUrl: readUrl('REDIS_URL', env.REDIS_URL),
    stripe: readStripe(env),
  }
  if (settings.port === settings.demoPort) {
    throw new StartFailure(`PORT and DEMO_PORT are both ${settings.port}; they must differ.`)
  }
  if (settings.isFresh && settings.databaseUrl) {
    throw new StartFailure(
      '--fresh removes only databases of our own making: empty the one behind DATABASE_URL yourself.',
    )
  }
  return settings
}

const MOST_NODES = 9

function readArguments(args: readonly string[]): Pick<Settings, 'isFresh' | 'nodes'> {
  let isFresh = false
  let nodes = 1
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === '--fresh') {
      isFresh = true
    } else if (arg === '--nodes') {
      nodes = Number(args[++index])
    } else {
      throw new StartFailure(`npm start knows no ${arg}; it knows --fresh and --nodes N.`)
    }
  }
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MOST_NODES) {
    throw new StartFailure(`--nodes is a whole number from 1 to ${MOST_NODES}.`)
  }
  return { isFresh, nodes }
}

/** Throws a StartFailure when another program listens on one of the two ports. */
export async function refuseTakenPorts(settings: Settings): Promise<void> {
  const ports = { PORT: settings.port, DEMO_PORT: settings.demoPort }
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue
    throw new StartFailure(
      `Port ${port} is taken by another program. Set ${name} to a free one, for example ${name}=${port < 65_000 ? port + 100 : port - 100} npm start.`,
    )
  }
}

function readPort(name: string, text: string | undefined, otherwise: number): number {
  if (!text) return otherwise
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new StartFailure(`${name} is "${text}"; it must be a whole number from 1 to 65535.`)
}

function readUrl(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined
  if (URL.canParse(text)) return text
  throw new StartFailure(`${name} is not an address.`)
}

/** Whatever keys there are; the API refuses some without the others, and looks at what they are. */
function readStripe(env: Readonly<Record<string, string | undefined>>): StripeKeys | undefined {
  const keys = {
    secretKey: env.STRIPE_SECRET_KEY ?? '',
    publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? '',
    webhookSecret: env.STRIPE_WEBHOOK_SECRET ?? '',
  }
  return Object.values(keys).some((key) => key !== '') ? keys : undefined
}
