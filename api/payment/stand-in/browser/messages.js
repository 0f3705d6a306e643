/** Shared by the parts of Stripe.js: where it came from, its errors, its talk with frames. */

export const STAND_IN_ORIGIN = new URL(
  /** @type {HTMLScriptElement} */ (document.currentScript).src,
).origin

/** A mistake of the page's author, as Stripe.js throws it. */
export class IntegrationError extends Error {
  /** @override */
  name = 'IntegrationError'
}

/** Listens to one frame of the stand-in and to nobody else; gives back how to stop.
 * @template Message
 * @param {HTMLIFrameElement} frame
 * @param {(message: Message) => void} hear
 * @returns {() => void}
 */
export function listenTo(frame, hear) {
  /** @param {MessageEvent} event */
  const listener = (event) => {
    if (event.origin !== STAND_IN_ORIGIN || event.source !== frame.contentWindow) return
    hear(event.data)
  }
  window.addEventListener('message', listener)
  return () => window.removeEventListener('message', listener)
}

/** The payment as a browser may see it.
 * @param {string} publishableKey
 * @param {string} clientSecret
 * @returns {Promise<IntentResult>}
 */
export async function retrieveIntent(publishableKey, clientSecret) {
  const id = encodeURIComponent(clientSecret.split('_secret_')[0] ?? '')
  const query = new URLSearchParams({ key: publishableKey, client_secret: clientSecret })
  try {
    const response = await fetch(`${STAND_IN_ORIGIN}/v1/payment_intents/${id}?${query}`)
    const body = await response.json()
    return body.error ? { error: body.error } : { paymentIntent: body }
  } catch {
    return { error: connectionError() }
  }
}

/** @returns {StripeJsError} */
function connectionError() {
  return {
    type: 'api_connection_error',
    message: 'We are experiencing issues connecting to our payments provider.',
  }
}
