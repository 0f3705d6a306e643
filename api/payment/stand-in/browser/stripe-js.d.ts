/** What Stripe.js and the card frame say to each other, and the shapes that Stripe.js gives its caller. */

type Appearance = {
  theme?: string
  variables?: Record<string, string>
  rules?: Record<string, Record<string, string>>
}

type StripeJsError = {
  type: string
  code?: string
  decline_code?: string
  message: string
  payment_intent?: ShownIntent
}

type ShownIntent = {
  id: string
  status: string
  amount: number
  currency: string
  capture_method: string
  last_payment_error: StripeJsError | null
  next_action: {
    type: string
    use_stripe_sdk?: { stripe_js: string }
    redirect_to_url?: { url: string }
  } | null
}

type IntentResult = { paymentIntent?: ShownIntent; error?: StripeJsError }

type FrameSetup = { publishableKey: string; appearance: Appearance; locale: string }

/** To the frame. `ask` is answered with the same number. */
type ToFrame =
  | ({ type: 'setup' } & FrameSetup)
  | { type: 'focus' | 'blur' | 'clear' }
  | { type: 'validate'; ask: number }
  | { type: 'confirm'; ask: number; clientSecret: string; returnUrl: string | null }

/** From the frame. */
type FromFrame =
  | { type: 'loaded' | 'ready' | 'focus' | 'blur' | 'escape' }
  | { type: 'height'; height: number }
  | { type: 'change'; complete: boolean; empty: boolean }
  | { type: 'answer'; ask: number; result: IntentResult }

type ElementEvents = 'ready' | 'change' | 'focus' | 'blur' | 'escape' | 'loaderror' | 'loaderstart'

interface Window {
  Stripe?: unknown
}
