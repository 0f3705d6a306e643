import type { Market } from '@offset-button/contract'
import { type CardPlace, placeCard } from './card-place.ts'
import { resolveColours } from './colours.ts'
import { refuses } from './refuses.ts'
import { loadStripe, type Stripe, type StripeElements, type StripeError } from './stripe.ts'

/** A frame that has not opened by now is taken for blocked. */
const FRAME_TIMEOUT_MS = 15_000

export type CardFormState = 'opening' | 'open' | 'blocked'
export type CardForm = ReturnType<typeof createCardForm>

/**
 * The payment provider's card form, in the document's own tree: its frames refuse a shadow root. The amount is set without an intent; the order brings the intent later.
 */
export const createCardForm = (
  host: HTMLElement,
  root: ShadowRoot,
  /** With the directive of the page's policy that refused the script or the frame, where one did. */
  onState: (state: CardFormState, directive: string | null) => void,
) => {
  let stripe: Stripe | null = null
  let elements: StripeElements | null = null
  let place: CardPlace | null = null
  let amountMinor = 0
  let attempt = 0
  let isMounting = false

  const mount = async (
    payment: Market['payment'],
    currency: string,
    tag: string,
  ): Promise<void> => {
    attempt += 1
    const mine = attempt
    let directive: string | null = null
    const settle = (state: CardFormState) => {
      document.removeEventListener('securitypolicyviolation', onViolation)
      if (mine === attempt) onState(state, state === 'blocked' ? directive : null)
    }
    let end = settle
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (!isOfProvider(event, payment.script_url)) return
      directive = event.effectiveDirective
      end('blocked')
    }
    onState('opening', null)
    document.addEventListener('securitypolicyviolation', onViolation)
    isMounting = true
    try {
      const loaded = await loadStripe(payment.script_url, payment.publishable_key)
      if (mine !== attempt) return
      stripe = loaded
      place?.remove()
      place = placeCard(host)
      const group = stripe.elements({
        mode: 'payment',
        amount: amountMinor,
        currency: currency.toLowerCase(),
        captureMethod: 'manual',
        allowedPaymentMethodTypes: ['card'],
        locale: localeOf(tag),
        appearance: appearanceOf(host, root),
      })
      elements = group
      const card = group.create('payment', { layout: 'tabs' })
      const timer = setTimeout(() => end('blocked'), FRAME_TIMEOUT_MS)
      end = (state: CardFormState) => {
        clearTimeout(timer)
        settle(state)
      }
      card.on('ready', () => end('open'))
      card.on('loaderror', () => end('blocked'))
      card.mount(place.node)
    } catch {
      // Which directive refused the script is told a moment after the script failed.
      await new Promise((resolve) => setTimeout(resolve))
      settle('blocked')
    } finally {
      isMounting = false
    }
  }

  /** The bank's window is one more frame, which the page may refuse as well: its answer would never come. */
  const withBank = async <T>(scriptUrl: string, run: () => Promise<T>): Promise<T> => {
    const before = new Set(document.body.children)
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (!isOfProvider(event, scriptUrl)) return
      takeAway(new URL(event.blockedURI).origin, before)
      onState('blocked', event.effectiveDirective)
    }
    document.addEventListener('securitypolicyviolation', onViolation)
    try {
      return await run()
    } finally {
      document.removeEventListener('securitypolicyviolation', onViolation)
    }
  }

  return {
    /** Opens the form for an amount, or changes the amount of the one that is open; true if changed. */
    show(payment: Market['payment'], totalMinor: number, currency: string, tag: string): boolean {
      const changed = totalMinor !== amountMinor
      amountMinor = totalMinor
      if (isMounting) return false
      if (!elements || !place?.node.isConnected) {
        void mount(payment, currency, tag)
        return false
      }
      if (changed) elements.update({ amount: totalMinor })
      return changed
    },
    /** Forgets a form that was blocked, so that `show` tries again. */
    discard(): void {
      attempt += 1
      place?.remove()
      place = null
      elements = null
    },
    /** The element left the document: what it put elsewhere in it goes, too. */
    leave(): void {
      if (place && place.node.parentNode !== host) this.discard()
    },
    /** Checks what was typed; the frame itself names what is missing. */
    async submit(): Promise<StripeError | null> {
      return (await elements?.submit())?.error ?? (elements ? null : MISSING)
    },
    /** Authorises the order's intent with the card; resolves when the bank has answered too. */
    async confirm(payment: Market['payment'], clientSecret: string): Promise<StripeError | null> {
      const [provider, group] = [stripe, elements]
      if (!provider || !group) return MISSING
      const result = await withBank(payment.script_url, () =>
        provider.confirmPayment({
          elements: group,
          clientSecret,
          redirect: 'if_required',
          confirmParams: { return_url: location.href },
        }),
      )
      return result.error ?? null
    },
    /** Asks the bank again, for an order that waits for it. */
    async askBank(payment: Market['payment'], clientSecret: string): Promise<StripeError | null> {
      const provider = await loadStripe(payment.script_url, payment.publishable_key)
      stripe = provider
      const result = await withBank(payment.script_url, () =>
        provider.handleNextAction({ clientSecret }),
      )
      return result.error ?? null
    },
  }
}

/** The window that the provider opened over the page, whose frame stayed empty: it would cover the page for good. */
const takeAway = (origin: string, before: ReadonlySet<Element>): void => {
  for (const window of document.body.children)
    if (!before.has(window) && window.querySelector(`iframe[src^="${origin}/"]`)) window.remove()
}

/** The provider's own word for a language: it has no regions but these, and no Hindi. */
const localeOf = (tag: string): string => {
  const language = tag.split('-')[0] ?? 'auto'
  if (language === 'en') return 'en-GB'
  return language === 'hi' ? 'en' : language
}

/** The page's own policy refused the provider's script or one of its frames. */
const isOfProvider = (event: SecurityPolicyViolationEvent, scriptUrl: string): boolean =>
  /^(frame|child|script)-src/.test(event.effectiveDirective) && refuses(event, scriptUrl)

const MISSING: StripeError = { type: 'validation_error', message: 'The card form is not open.' }

const appearanceOf = (host: HTMLElement, root: ShadowRoot) => {
  const style = getComputedStyle(host)
  const variables = resolveColours(root, {
    colorPrimary: '--_accent',
    colorBackground: '--_paper',
    colorText: '--_ink',
    colorTextSecondary: '--_ink-2',
    colorTextPlaceholder: '--_ink-3',
    colorDanger: '--_red',
  })
  const borderRadius = style.getPropertyValue('--offset-radius').trim() || '8px'
  const fontFamily = style.getPropertyValue('--offset-font').trim() || 'system-ui, sans-serif'
  return { theme: 'stripe', variables: { ...variables, borderRadius, fontFamily } }
}
