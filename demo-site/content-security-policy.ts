import type { Configuration } from './configuration.ts'

/** Stripe's own script needs these beside its origin: https://docs.stripe.com/security/guide#content-security-policy */
const STRIPE_FRAMES = ['https://*.js.stripe.com', 'https://hooks.stripe.com']
const STRIPE_CONNECTIONS = ['https://api.stripe.com']

/** What a careful host page needs to allow for the button: the API, and the payment service's script and frames. */
export function contentSecurityPolicy({ apiUrl, paymentScriptUrl }: Configuration): string {
  const api = new URL(apiUrl).origin
  const payment = new URL(paymentScriptUrl).origin
  const isStripe = payment === 'https://js.stripe.com'
  return policyOf({
    ...NEEDED,
    'script-src': ["'self'", payment],
    'connect-src': [api, payment, ...(isStripe ? STRIPE_CONNECTIONS : [])],
    'frame-src': [payment, ...(isStripe ? STRIPE_FRAMES : [])],
  })
}

/** The policy of a page that lets no script run. */
export function withoutScripts(): string {
  return policyOf({ ...NEEDED, 'script-src': ["'none'"] })
}

const NEEDED = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

function policyOf(allowed: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(allowed)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}
