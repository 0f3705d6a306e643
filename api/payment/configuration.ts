/** Which Stripe takes the money, read from the environment, and which worlds must never meet. */

/** Stripe with keys, the local stand-in without, or one sentence saying what is wrong. */
export type PaymentConfiguration =
  | {
      readonly kind: 'stripe'
      readonly mode: 'test' | 'live'
      readonly secretKey: string
      readonly publishableKey: string
      readonly webhookSecret: string
    }
  | { readonly kind: 'stand-in' }
  | { readonly kind: 'refused'; readonly sentence: string }

const SETTINGS = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const
type Setting = (typeof SETTINGS)[number]
type Mode = 'test' | 'live'

/** Reads the three Stripe settings: all or none; an empty one counts as not given. No sentence repeats a key. */
export function paymentConfiguration(
  env: Readonly<Record<string, string | undefined>>,
): PaymentConfiguration {
  const given = (setting: Setting) => env[setting]?.trim() ?? ''
  const missing = SETTINGS.filter((setting) => given(setting) === '')
  if (missing.length === SETTINGS.length) return { kind: 'stand-in' }
  if (missing.length > 0) {
    return refused(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: give all three Stripe settings, or none for the local stand-in.`,
    )
  }

  const secretKey = given('STRIPE_SECRET_KEY')
  const publishableKey = given('STRIPE_PUBLISHABLE_KEY')
  const webhookSecret = given('STRIPE_WEBHOOK_SECRET')
  const mode = keyMode(secretKey, ['sk', 'rk'])
  const publishableMode = keyMode(publishableKey, ['pk'])
  if (mode === null) {
    return refused(
      'STRIPE_SECRET_KEY is not a Stripe secret key: it begins with sk_test_, rk_test_, sk_live_ or rk_live_.',
    )
  }
  if (publishableMode === null) {
    return refused(
      'STRIPE_PUBLISHABLE_KEY is not a Stripe publishable key: it begins with pk_test_ or pk_live_.',
    )
  }
  if (mode !== publishableMode) {
    return refused(
      `STRIPE_SECRET_KEY is a ${mode} key but STRIPE_PUBLISHABLE_KEY is a ${publishableMode} key: both must be of one mode.`,
    )
  }
  if (!webhookSecret.startsWith('whsec_')) {
    return refused('STRIPE_WEBHOOK_SECRET is not a Stripe webhook secret: it begins with whsec_.')
  }
  return { kind: 'stripe', mode, secretKey, publishableKey, webhookSecret }
}

/** What the guard below looks at. */
export type Worlds = {
  readonly payment: 'stand-in' | 'test' | 'live'
  readonly registrySimulated: boolean
  /** The market holds seeded demo offers. */
  readonly marketSeeded: boolean
}

/**
 * Null where the parts belong together, else one sentence. Live money never buys simulated or seeded
 * units, and real units are never cancelled for test money.
 */
export function refuseMixedWorlds(worlds: Worlds): string | null {
  const { payment, registrySimulated, marketSeeded } = worlds
  if (payment === 'live' && registrySimulated) {
    return 'A live Stripe key must not meet a simulated registry: visitors would pay for credits that nobody cancels.'
  }
  if (payment === 'live' && marketSeeded) {
    return 'A live Stripe key must not meet a seeded market: visitors would pay for invented offers.'
  }
  if (payment === 'test' && !registrySimulated) {
    return 'A real registry must not meet a Stripe test key: real credits would be cancelled and nobody would have paid.'
  }
  if (payment === 'stand-in' && !registrySimulated) {
    return 'A real registry must not meet the payment stand-in: real credits would be cancelled and nobody would have paid.'
  }
  return null
}

function keyMode(key: string, kinds: readonly string[]): Mode | null {
  const parts = /^([a-z]+)_(test|live)_\S+$/.exec(key)
  if (parts === null || !kinds.includes(parts[1] ?? '')) return null
  return parts[2] === 'live' ? 'live' : 'test'
}

function refused(sentence: string): PaymentConfiguration {
  return { kind: 'refused', sentence }
}
