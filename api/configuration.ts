import { z } from 'zod'
import { paymentConfiguration } from './payment/configuration.ts'

const seconds = (fallback: number) => z.coerce.number().positive().default(fallback)

const webAddress = z.url({ protocol: /^https?$/ })

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The address to listen on. */
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: webAddress.optional(),
  /** How other nodes reach this one; its own address where absent. */
  NODE_URL: webAddress.optional(),
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1).optional(),
  REGISTRY_URL: webAddress,
  REGISTRY_API_TOKEN: z.string().min(1),
  /** ISO dates: the registry takes nothing before the first and from the second on. */
  REGISTRY_OPENS_AT: z.coerce.date().optional(),
  REGISTRY_CLOSES_AT: z.coerce.date().optional(),
  REGISTRY_CLOSES_AT_REPORTED: z.literal('1').optional(),
  STRIPE_API_URL: webAddress.optional(),
  STRIPE_SCRIPT_URL: webAddress.default('https://js.stripe.com/endive/stripe.js'),
  OPERATOR_TOKEN: z.string().min(16),
  DEMO: z.literal('1').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** How long a call to the outside may take. */
  CALL_TIMEOUT_SECONDS: seconds(8),
  HOLD_SECONDS: seconds(120),
  BANK_HOLD_SECONDS: seconds(600),
  GIVE_UP_SECONDS: seconds(600),
  LEASE_SECONDS: seconds(3),
})

type Environment = z.infer<typeof environment>

export type Configuration = Omit<Environment, 'PUBLIC_URL'> & {
  readonly publicUrl: string | null
  readonly payment: {
    readonly mode: 'stand-in' | 'test' | 'live'
    readonly secretKey: string
    readonly publishableKey: string
    readonly webhookSecret: string
  }
}

/** Reads the environment, where an empty value counts as absent, or says in one sentence what is wrong with it. */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
):
  | { readonly kind: 'ok'; readonly configuration: Configuration }
  | { readonly kind: 'refused'; readonly sentence: string } {
  const given = Object.entries(env).filter(([, value]) => value?.trim())
  const read = environment.safeParse(Object.fromEntries(given))
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))]
    return { kind: 'refused', sentence: `Missing or not readable: ${names.join(', ')}.` }
  }
  const payment = paymentConfiguration(env)
  if (payment.kind === 'refused') return payment
  if (payment.kind === 'stand-in') {
    return {
      kind: 'refused',
      sentence:
        'STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET are missing: give those of Stripe, or of the payment stand-in with its STRIPE_API_URL.',
    }
  }
  const { PUBLIC_URL, ...rest } = read.data
  if (rest.STRIPE_API_URL && payment.mode === 'live') {
    return { kind: 'refused', sentence: 'A live Stripe key must not be sent to a stand-in.' }
  }
  return {
    kind: 'ok',
    configuration: {
      ...rest,
      publicUrl: PUBLIC_URL?.replace(/\/$/, '') ?? null,
      payment: { ...payment, mode: rest.STRIPE_API_URL ? 'stand-in' : payment.mode },
    },
  }
}
