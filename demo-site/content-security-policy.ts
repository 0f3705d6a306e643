import type { Configuration } from './configuration.ts'

/** Stripe's own script needs these beside its origin: https://docs.stripe.com/security/guide#content-security-policy */
const STRIPE_FRAMES = ['https://*.js.stripe.com', 'https://hooks.stripe.com']
const STRIPE_CONNECTIONS = ['https://api.stripe.com']

/** What a careful host page needs to allow for the button: the API, and the payment service's script and frames. */
export function contentSecurityPolicy({ apiUrl, paymentScriptUrl }: Configuration): string {
  const api = new URL(apiUrl).origin
  const payment = new URL(paymentScriptUrl).origin
  const isStripe = payment === 'https://js.stripe.com'
  const allowed = {
    'default-src': ["'none'"],
    'script-src': ["'self'", payment],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': [api, payment, ...(isStripe ? STRIPE_CONNECTIONS : [])],
    'frame-src': [payment, ...(isStripe ? STRIPE_FRAMES : [])],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(allowed)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}
