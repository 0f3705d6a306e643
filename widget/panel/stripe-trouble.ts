import type { Trouble } from '../api-client.ts'
import type { StripeError } from './stripe.ts'

/** What the provider's refusal means here; null where its own form says what is missing. */
export const troubleOf = (error: StripeError): Trouble | null => {
  const trouble = { retryable: true, answered: true, problem: null, message: error.message ?? '' }
  if (error.type === 'card_error') return { ...trouble, code: 'card_declined' }
  if (error.type === 'api_connection_error' || error.type === 'api_error')
    return { ...trouble, code: navigator.onLine ? 'payment_unavailable' : 'offline' }
  return null
}
