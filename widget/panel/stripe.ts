/** The little of Stripe.js that the card form uses. */
export type StripeError = {
  readonly type: string
  readonly code?: string
  readonly message?: string
}
export type StripeElement = {
  mount(node: HTMLElement): void
  on(event: 'ready' | 'loaderror', listener: () => void): void
  destroy(): void
}
export type StripeElements = {
  create(type: 'payment', options: object): StripeElement
  update(options: { amount: number }): void
  submit(): Promise<{ error?: StripeError }>
}
export type Stripe = {
  elements(options: object): StripeElements
  confirmPayment(options: {
    elements: StripeElements
    clientSecret: string
    redirect: 'if_required'
    confirmParams: { return_url: string }
  }): Promise<{ error?: StripeError }>
  handleNextAction(options: { clientSecret: string }): Promise<{ error?: StripeError }>
}
type StripeFactory = (publishableKey: string) => Stripe

/** A script that has not come by now is taken for blocked. */
const SCRIPT_TIMEOUT_MS = 15_000

/** Stripe.js from `scriptUrl`, or the one the page already has. Rejects where it cannot load. */
export const loadStripe = async (scriptUrl: string, publishableKey: string): Promise<Stripe> => {
  if (stripeFactory() === undefined) await loadScript(scriptUrl)
  const create = stripeFactory()
  if (create === undefined) throw new Error('The payment script did not define Stripe.')
  return create(publishableKey)
}

const stripeFactory = (): StripeFactory | undefined =>
  (globalThis as { Stripe?: StripeFactory }).Stripe

const loadScript = (url: string) =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    const fail = () => {
      clearTimeout(timer)
      script.remove()
      reject(new Error('The payment script was blocked.'))
    }
    const timer = setTimeout(fail, SCRIPT_TIMEOUT_MS)
    script.src = url
    script.async = true
    script.onload = () => {
      clearTimeout(timer)
      resolve()
    }
    script.onerror = fail
    document.head.append(script)
  })
