/**
 * The environment of each process of the project: the whole contract between the launcher and what
 * it starts. Production sets the API's by hand and runs `node api/main.ts`.
 */

/** What api/main.ts reads. */
export interface ApiEnvironment {
  readonly PORT: string
  /** The address people and browsers reach the API by, without a slash at its end. */
  readonly PUBLIC_URL: string
  readonly DATABASE_URL: string
  /** Absent: one node, with its lease in Postgres. */
  readonly REDIS_URL: string | undefined
  readonly REGISTRY_URL: string
  readonly REGISTRY_API_TOKEN: string
  readonly STRIPE_SECRET_KEY: string
  readonly STRIPE_PUBLISHABLE_KEY: string
  readonly STRIPE_WEBHOOK_SECRET: string
  /** Where the payment stand-in answers instead of Stripe; absent with Stripe itself. */
  readonly STRIPE_API_URL: string | undefined
  /** The Stripe.js that pages load. */
  readonly STRIPE_SCRIPT_URL: string
  /** Opens the operator's routes, by which a market is set up. */
  readonly OPERATOR_TOKEN: string
  /** Present: the market is a demonstration, and every page says so. */
  readonly DEMO: '1'
  readonly LOG_LEVEL: string
}

/** What registry-bridge/simulated-cdm/main.ts reads. */
export interface RegistryEnvironment {
  readonly PORT: string
  readonly DATABASE_URL: string
  readonly REGISTRY_API_TOKEN: string
}

/** What api/payment/stand-in/main.ts reads. */
export interface StandInEnvironment {
  readonly PORT: string
  readonly DATABASE_URL: string
  readonly WEBHOOK_URL: string
  /** Which events go there; see the README for what the API hears. */
  readonly WEBHOOK_EVENTS: string
  readonly WEBHOOK_SECRET: string
  readonly SECRET_KEY: string
  readonly PUBLISHABLE_KEY: string
}

/** What demo-site/main.ts reads. */
export interface DemoSiteEnvironment {
  readonly PORT: string
  readonly API_URL: string
  readonly PUBLISHABLE_KEY: string
  /** The Stripe.js that the page's Content-Security-Policy allows. */
  readonly STRIPE_SCRIPT_URL: string
}

/** What demo-site/seed/main.ts reads: the running servers, and the keys the demo market is to know. */
export interface SeedEnvironment {
  readonly API_URL: string
  readonly OPERATOR_TOKEN: string
  readonly REGISTRY_URL: string
  readonly REGISTRY_API_TOKEN: string
  /** The only origin that may use the publishable key. */
  readonly DEMO_URL: string
  readonly PUBLISHABLE_KEY: string
  /** The API key of the demo market's first PP. */
  readonly SELLER_API_KEY: string
}

/** The databases, all three in one Postgres; no process reads another's. */
export const DATABASES = {
  api: 'offset_button',
  registry: 'simulated_cdm',
  standIn: 'payment_stand_in',
} as const

/** Where the API takes Stripe's webhooks. */
export const STRIPE_WEBHOOK_PATH = '/webhooks/stripe'

/** What the API has to be told of. That a payment was created it hears from its own call. */
export const STRIPE_WEBHOOK_EVENTS = [
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.refunded',
]

/** Stripe's own Stripe.js; it may only be loaded from there. */
export const STRIPE_SCRIPT_URL = 'https://js.stripe.com/endive/stripe.js'
