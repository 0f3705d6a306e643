/** What the stand-in is told at its start, from the environment. */

export type Settings = {
  /** 0 takes a free port. */
  readonly port: number
  readonly databaseUrl: string
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
  /** Where events go; null keeps them at home. */
  readonly webhookUrl: string | null
  /** Which events go there, as an endpoint at Stripe is told; null: all. */
  readonly webhookEvents: ReadonlySet<string> | null
  /** How long an authorisation holds: 7 days, as cards online do at Stripe. */
  readonly authorisationTtlSeconds: number
  /** How long a new payment stays hidden from searches: at Stripe up to a minute. */
  readonly searchLagSeconds: number
}

const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60

/** Reads the settings; throws an Error with one sentence where one is missing or wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const secretKey = required(env, 'SECRET_KEY')
  const publishableKey = required(env, 'PUBLISHABLE_KEY')
  const webhookSecret = required(env, 'WEBHOOK_SECRET')
  if (!secretKey.startsWith('sk_test_')) throw new Error('SECRET_KEY must begin with sk_test_.')
  if (!publishableKey.startsWith('pk_test_')) {
    throw new Error('PUBLISHABLE_KEY must begin with pk_test_.')
  }
  return {
    port: wholeNumber(env, 'PORT', 0),
    databaseUrl: required(env, 'DATABASE_URL'),
    secretKey,
    publishableKey,
    webhookSecret,
    webhookUrl: env.WEBHOOK_URL === undefined || env.WEBHOOK_URL === '' ? null : env.WEBHOOK_URL,
    webhookEvents: env.WEBHOOK_EVENTS ? new Set(env.WEBHOOK_EVENTS.split(',')) : null,
    authorisationTtlSeconds: wholeNumber(env, 'AUTHORISATION_TTL_SECONDS', SEVEN_DAYS_SECONDS),
    searchLagSeconds: wholeNumber(env, 'SEARCH_LAG_SECONDS', 0),
  }
}

/** Whether an event is to be delivered. */
export const isWanted = ({ webhookEvents, webhookUrl }: Settings, event: string): boolean =>
  webhookUrl !== null && (webhookEvents?.has(event) ?? true)

function required(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing.`)
  return value
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const value = env[name]
  if (value === undefined || value === '') return otherwise
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} must be a whole number.`)
  return Number(value)
}
