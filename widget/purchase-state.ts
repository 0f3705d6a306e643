import type { Certificate, Explanation, Market, Order, Quote } from '@offset-button/contract'
import type { Trouble } from './api-client.ts'
import type { Choice } from './choice.ts'
import type { Estimate } from './estimate.ts'

/** Where the visitor is. The first nine are the way; the rest are what can be in it. */
export type Step =
  | 'loading'
  | 'amount'
  | 'filter'
  | 'estimate'
  | 'quote'
  | 'payment'
  | 'bank'
  | 'progress'
  | 'certificate'
  | 'ended'
  | 'moved'
  | 'left'
  | 'empty'
  | 'small'
  | 'closed'

/** One purchase as the visitor sees it: all that the panel draws comes from here. */
export type Purchase = {
  readonly step: Step
  /** All that the page allows. */
  readonly market: Market | null
  /** What the visitor's choice leaves of it; null while that is all of it. */
  readonly chosen: Market | null
  readonly by: 'tonnes' | 'budget'
  readonly typedTonnes: string
  readonly typedBudget: string
  /** The visitor's decimal sign. */
  readonly decimal: '.' | ','
  /** What the visitor told the calculator. */
  readonly estimate: Estimate
  /** Faults of what was typed show once the visitor asked to go on. */
  readonly pressed: boolean
  readonly choice: Choice
  readonly draft: { readonly choice: Choice; readonly market: Market | null } | null
  /** The last price for what is typed and chosen; null while there is none. */
  readonly quote: Quote | null
  readonly asking: 'no' | 'asking' | 'slow'
  /** Why these projects; null until the visitor asks, or where another price came. */
  readonly explanation: Explanation | null
  /** Why there is no price. */
  readonly refusal: Trouble | null
  /** What stands in the way of this step, shown as a note on it. */
  readonly trouble: Trouble | null
  /** The price before it moved, and what the old total buys now. */
  readonly before: Quote | null
  readonly fewer: Quote | null
  readonly left: {
    readonly tonnes: number
    readonly asked: number
    readonly quote: Quote | null
  } | null
  readonly beneficiary: string
  readonly purpose: string
  /** The tonnes that the ticked box names; other tonnes need another tick. */
  readonly consentTonnes: number | null
  readonly consentMissing: boolean
  readonly work: 'idle' | 'sending' | 'confirming' | 'stopping'
  readonly order: Order | null
  /** The card was confirmed in this browser; the order will say so soon. */
  readonly confirmed: boolean
  /** How often the card was declined in this browser. */
  readonly declines: number
  readonly resumed: boolean
  readonly certificate: Certificate | null
}

export type PurchaseEvent =
  | { readonly kind: 'market_arrived'; readonly market: Market }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | { readonly kind: 'typed'; readonly by: 'tonnes' | 'budget'; readonly text: string }
  | { readonly kind: 'named'; readonly beneficiary: string; readonly purpose: string }
  | { readonly kind: 'consented'; readonly tonnes: number | null }
  | { readonly kind: 'asked' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'quoted'; readonly quote: Quote }
  | { readonly kind: 'quote_refused'; readonly trouble: Trouble }
  | { readonly kind: 'quote_wanted' }
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'filter_opened' }
  | { readonly kind: 'estimate_opened' }
  | { readonly kind: 'estimated'; readonly estimate: Estimate }
  | { readonly kind: 'filter_drafted'; readonly choice: Choice }
  | { readonly kind: 'draft_counted'; readonly market: Market }
  | { readonly kind: 'filter_used' }
  | { readonly kind: 'payment_wanted' }
  | { readonly kind: 'consent_missed' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'unanswered'; readonly trouble: Trouble }
  | { readonly kind: 'gave_up'; readonly trouble: Trouble }
  | { readonly kind: 'order_refused'; readonly trouble: Trouble }
  | { readonly kind: 'order_arrived'; readonly order: Order }
  | { readonly kind: 'confirming' }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'card_refused'; readonly trouble: Trouble | null }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stop_refused'; readonly trouble: Trouble }
  | { readonly kind: 'compared'; readonly now: Quote; readonly fewer: Quote | null }
  | { readonly kind: 'left_counted'; readonly quote: Quote }
  | { readonly kind: 'went_on'; readonly quote: Quote }
  | { readonly kind: 'took_left' }
  | { readonly kind: 'back' }
  | { readonly kind: 'amount_wanted' }
  | { readonly kind: 'troubled'; readonly trouble: Trouble }
  | { readonly kind: 'untroubled' }
  | { readonly kind: 'certificate_arrived'; readonly certificate: Certificate }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'restarted'; readonly purchase: Purchase }

/** What a purchase begins with: what the page asks for. */
export type PurchaseStart = Partial<
  Pick<Purchase, 'by' | 'typedTonnes' | 'typedBudget' | 'beneficiary' | 'purpose' | 'decimal'>
>
