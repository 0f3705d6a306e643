/** The part of Stripe.js that a payment with a deferred intent uses. */

import { showChallenge } from './challenge-overlay.js'
import { IntegrationError, retrieveIntent } from './messages.js'
import { createPaymentElement } from './payment-element.js'

const ENDED_WELL = ['requires_capture', 'succeeded', 'processing']

/** @param {string} publishableKey */
function Stripe(publishableKey) {
  if (typeof publishableKey !== 'string' || !publishableKey.startsWith('pk_test_')) {
    throw new IntegrationError('The stand-in takes a publishable key that begins with pk_test_.')
  }
  return {
    /** @param {ElementsOptions} options */
    elements: (options) => createElements(publishableKey, options),
    /** @param {ConfirmOptions} options */
    confirmPayment: (options) => confirmPayment(publishableKey, options),
    /** @param {string} clientSecret */
    retrievePaymentIntent: (clientSecret) => retrieveIntent(publishableKey, clientSecret),
    /** @param {{ clientSecret: string }} options */
    async handleNextAction({ clientSecret }) {
      return followNextAction(
        publishableKey,
        clientSecret,
        await retrieveIntent(publishableKey, clientSecret),
      )
    },
  }
}
Stripe.version = 'endive'
window.Stripe = Stripe

/**
 * @typedef {{ mode?: string, amount?: number, currency?: string, captureMethod?: string,
 *   allowedPaymentMethodTypes?: string[], paymentMethodTypes?: string[], appearance?: Appearance,
 *   locale?: string, clientSecret?: string }} ElementsOptions
 * @typedef {{ elements: Elements, clientSecret: string, redirect?: 'always' | 'if_required',
 *   confirmParams: { return_url: string } }} ConfirmOptions
 * @typedef {ReturnType<typeof createElements>} Elements
 * @typedef {ReturnType<typeof createPaymentElement>} OwnElement
 */

/** What Stripe.js alone knows of its elements.
 * @type {WeakMap<object, { options: ElementsOptions, own: () => OwnElement | null, submitted: boolean }>}
 */
const innerSide = new WeakMap()

/** @param {string} publishableKey @param {ElementsOptions} given */
function createElements(publishableKey, given) {
  checkElements(given)
  const options = { ...given }
  /** @type {OwnElement | null} */
  let own = null
  const elements = {
    /** @param {string} type */
    create(type) {
      if (type !== 'payment') {
        throw new IntegrationError('The stand-in has the payment element only.')
      }
      if (own !== null) throw new IntegrationError('There is a payment element already.')
      own = createPaymentElement(() => ({
        publishableKey,
        appearance: options.appearance ?? {},
        locale: options.locale ?? 'auto',
      }))
      const { element } = own
      const destroy = element.destroy
      element.destroy = () => {
        own = null
        return destroy()
      }
      return element
    },
    /** @param {string} type */
    getElement: (type) => (type === 'payment' ? (own?.element ?? null) : null),
    /** @param {ElementsOptions} changed */
    update(changed) {
      checkElements({ ...options, ...changed })
      Object.assign(options, changed)
      own?.refresh()
    },
    async submit() {
      if (own?.isMounted() !== true) {
        throw new IntegrationError('elements.submit() needs a mounted payment element.')
      }
      const { error } = await own.ask({ type: 'validate' })
      inner.submitted = error === undefined
      return error === undefined ? { selectedPaymentMethod: 'card' } : { error }
    },
    fetchUpdates: async () => ({}),
  }
  const inner = { options, own: () => own, submitted: false }
  innerSide.set(elements, inner)
  return elements
}

/** @param {ElementsOptions} options */
function checkElements(options) {
  const { mode, amount, currency, clientSecret } = options
  if (options.paymentMethodTypes !== undefined) {
    throw new IntegrationError('paymentMethodTypes is gone: use allowedPaymentMethodTypes.')
  }
  if (clientSecret !== undefined || mode !== 'payment') {
    throw new IntegrationError("The stand-in knows elements({ mode: 'payment' }) only.")
  }
  if (!Number.isInteger(amount) || Number(amount) <= 0) {
    throw new IntegrationError('amount must be a positive whole number of minor units.')
  }
  if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency)) {
    throw new IntegrationError('currency must be three lower-case letters.')
  }
}

/** @param {string} publishableKey @param {ConfirmOptions} options @returns {Promise<IntentResult>} */
async function confirmPayment(publishableKey, { elements, clientSecret, redirect, confirmParams }) {
  const inner = innerSide.get(elements)
  const own = inner?.own()
  if (!inner || !own?.isMounted()) {
    throw new IntegrationError('confirmPayment needs elements with a mounted payment element.')
  }
  if (!inner.submitted) {
    throw new IntegrationError('Call elements.submit() before stripe.confirmPayment().')
  }
  if (redirect !== 'if_required' && !confirmParams?.return_url) {
    throw new IntegrationError('confirmParams.return_url is needed where the page may be left.')
  }
  inner.submitted = false
  const before = await retrieveIntent(publishableKey, clientSecret)
  if (before.paymentIntent === undefined) return before
  const mismatch = findMismatch(inner.options, before.paymentIntent)
  if (mismatch !== null) return { error: mismatch }

  const returnUrl = confirmParams?.return_url ?? null
  const confirmed = await own.ask({ type: 'confirm', clientSecret, returnUrl })
  const result = await followNextAction(publishableKey, clientSecret, confirmed)
  if (result.paymentIntent !== undefined && redirect !== 'if_required' && returnUrl !== null) {
    return leaveFor(returnUrl, result.paymentIntent.id, clientSecret)
  }
  return result
}

/** What was shown to the visitor must be what is charged.
 * @param {ElementsOptions} options @param {ShownIntent} intent
 * @returns {StripeJsError | null}
 */
function findMismatch(options, intent) {
  const captureMethod = options.captureMethod ?? 'automatic'
  /** @type {[string, unknown, unknown][]} */
  const pairs = [
    ['amount', options.amount, intent.amount],
    ['currency', options.currency, intent.currency],
    ['capture_method', captureMethod, intent.capture_method],
  ]
  const wrong = pairs.find(([, shown, real]) => shown !== real)
  if (wrong === undefined) return null
  const message = `The elements and the payment do not agree on ${wrong[0]}: ${wrong[1]} and ${wrong[2]}.`
  return { type: 'invalid_request_error', message }
}

/** Asks the visitor what the bank wants to know, then tells how the payment stands.
 * @param {string} publishableKey @param {string} clientSecret @param {IntentResult} result
 * @returns {Promise<IntentResult>}
 */
async function followNextAction(publishableKey, clientSecret, result) {
  const action = result.paymentIntent?.next_action
  if (!action) return result
  if (action.redirect_to_url) {
    location.assign(action.redirect_to_url.url)
    return new Promise(() => {})
  }
  if (!action.use_stripe_sdk) return result
  await showChallenge(action.use_stripe_sdk.stripe_js)
  const after = await retrieveIntent(publishableKey, clientSecret)
  const intent = after.paymentIntent
  if (intent === undefined || ENDED_WELL.includes(intent.status)) return after
  const error = intent.last_payment_error ?? {
    type: 'invalid_request_error',
    message: 'The payment was not confirmed.',
  }
  return { error: { ...error, payment_intent: intent } }
}

/** @param {string} returnUrl @param {string} id @param {string} clientSecret @returns {Promise<never>} */
function leaveFor(returnUrl, id, clientSecret) {
  const url = new URL(returnUrl, location.href)
  url.searchParams.set('payment_intent', id)
  url.searchParams.set('payment_intent_client_secret', clientSecret)
  url.searchParams.set('redirect_status', 'succeeded')
  location.assign(url)
  return new Promise(() => {})
}
