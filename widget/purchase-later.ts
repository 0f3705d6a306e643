import type { Order, OrderState, Quote } from '@offset-button/contract'
import type { Trouble, TroubleCode } from './api-client.ts'
import { type EventOf, learnRows, type Row, type Rows } from './purchase.ts'
import type { Purchase, Step } from './purchase-state.ts'

/** The step that explains a refusal; absent where a note on the step does. */
const STEP_OF_REFUSAL: Partial<Record<TroubleCode, Step>> = {
  not_enough_available: 'left',
  nothing_available: 'empty',
  amount_too_small: 'small',
  price_moved: 'moved',
  registry_closed: 'closed',
  market_halted: 'closed',
  origin_not_allowed: 'closed',
  key_not_valid: 'closed',
  unknown_filter: 'closed',
  invalid_attribute: 'closed',
  page_forbids: 'closed',
}

/** True where the API refused for good: nothing but its owner, or time, helps. */
const isClosed = (trouble: Trouble): boolean => STEP_OF_REFUSAL[trouble.code] === 'closed'

const refuse = (purchase: Purchase, trouble: Trouble): Purchase => {
  const step = STEP_OF_REFUSAL[trouble.code]
  if (step === undefined) return { ...purchase, trouble, work: 'idle' }
  return {
    ...purchase,
    step,
    refusal: trouble,
    trouble: null,
    work: 'idle',
    before: step === 'moved' ? purchase.quote : purchase.before,
    fewer: null,
    left: step === 'left' ? leftOf(purchase, trouble) : null,
  }
}

const leftOf = (purchase: Purchase, trouble: Trouble): Purchase['left'] => ({
  tonnes: trouble.problem?.available_tonnes ?? 0,
  asked: purchase.quote?.quantity_tonnes ?? Number(purchase.typedTonnes.replace(/\D/g, '')),
  quote: null,
})

const quoteRefused = (purchase: Purchase, { trouble }: EventOf<'quote_refused'>): Purchase =>
  isClosed(trouble)
    ? refuse({ ...purchase, asking: 'no' }, trouble)
    : {
        ...purchase,
        asking: trouble.answered ? 'no' : 'slow',
        quote: trouble.answered ? null : purchase.quote,
        refusal: trouble.answered ? trouble : purchase.refusal,
        trouble: trouble.answered && STEP_OF_REFUSAL[trouble.code] ? null : trouble,
      }

const typed = (p: Purchase, { by, text }: EventOf<'typed'>): Purchase => {
  const known = by === 'tonnes' ? p.typedTonnes : p.typedBudget
  if (p.by === by && text === known) return p
  const change = by === 'tonnes' ? { typedTonnes: text } : { typedBudget: text }
  return { ...p, ...change, by, pressed: false, quote: null, refusal: null, asking: 'no' }
}

const toAmount = (purchase: Purchase): Purchase => ({
  ...purchase,
  step: 'amount',
  trouble: null,
  draft: null,
  pressed: false,
})

const STEP_OF_ORDER: Record<OrderState, Step> = {
  reserved: 'payment',
  authorised: 'progress',
  captured: 'progress',
  closed: 'certificate',
  declined: 'ended',
  expired: 'ended',
  rejected: 'ended',
  refunded: 'ended',
}

/** The step at which an order is shown. */
export const stepOfOrder = (order: Order, confirmed: boolean): Step => {
  if (order.state === 'reserved' && confirmed) return 'progress'
  if (order.state === 'reserved' && order.payment.status === 'awaiting_bank') return 'bank'
  if (order.state !== 'closed') return STEP_OF_ORDER[order.state]
  if (order.certificate !== null) return 'certificate'
  return order.completed_tonnes > 0 ? 'progress' : 'ended'
}

const arrive = (purchase: Purchase, { order }: EventOf<'order_arrived'>): Purchase => {
  const known = purchase.order
  if (known?.id === order.id && order.version < known.version) return purchase
  const failed = order.payment.failures > purchase.declines
  const confirmed = purchase.confirmed && !failed
  const step = stepOfOrder(order, confirmed)
  const waits = step === 'payment' || step === 'bank'
  return {
    ...purchase,
    order: keepSecret(order, known),
    step,
    confirmed,
    declines: Math.max(purchase.declines, order.payment.failures),
    trouble: waits && !failed ? purchase.trouble : null,
    work: waits && purchase.work !== 'sending' ? purchase.work : 'idle',
  }
}

/** A state told by the stream may leave out the secret that the first answer gave. */
const keepSecret = (order: Order, known: Order | null): Order =>
  order.payment.client_secret !== null || known?.id !== order.id || order.state !== 'reserved'
    ? order
    : { ...order, payment: { ...order.payment, client_secret: known.payment.client_secret } }

const toFilter = (purchase: Purchase): Purchase => ({
  ...purchase,
  step: 'filter',
  trouble: null,
  draft: { choice: purchase.choice, market: purchase.chosen },
})

const toPayment = (purchase: Purchase, quote: Quote): Purchase => ({
  ...purchase,
  step: 'payment',
  quote,
  trouble: null,
  consentMissing: false,
  order: null,
  confirmed: false,
  declines: 0,
})

const ANYWHERE: Row = {
  slow: (p) => (p.asking === 'no' ? p : { ...p, asking: 'slow' }),
  explained: (p, { explanation }) => ({ ...p, explanation }),
  refused: (p, { trouble }) =>
    isClosed(trouble) ? refuse(p, trouble) : { ...p, trouble, asking: 'no' },
  typed,
  quote_refused: quoteRefused,
  troubled: (p, { trouble }) => ({ ...p, trouble }),
  untroubled: (p) => ({ ...p, trouble: null }),
  named: (p, { beneficiary, purpose }) => ({ ...p, beneficiary, purpose }),
  order_arrived: arrive,
  draft_counted: (p, { market }) =>
    p.draft ? { ...p, draft: { ...p.draft, market } } : { ...p, chosen: market },
  certificate_arrived: (p, { certificate }) => ({ ...p, certificate }),
  stopping: (p) => ({ ...p, work: 'stopping' }),
  stop_refused: (p, { trouble }) => ({ ...p, work: 'idle', trouble }),
}

/** The table from the quote on. */
const STEPS: Rows = {
  closed: { quoted: (p) => p },
  loading: {
    quote_refused: (p, { trouble }) => (isClosed(trouble) ? refuse(p, trouble) : p),
    sent: (p) => ({ ...p, work: 'sending' }),
    unanswered: (p, { trouble }) => ({ ...p, trouble }),
    gave_up: (p, { trouble }) => ({ ...p, work: 'idle', trouble }),
    order_refused: (p, { trouble }) => refuse(p, trouble),
  },
  amount: {
    filter_opened: toFilter,
    quote_wanted: (p) => {
      if (p.refusal) return refuse({ ...p, pressed: true }, p.refusal)
      return p.quote || p.asking !== 'no' ? { ...p, step: 'quote' } : { ...p, pressed: true }
    },
    estimate_opened: (p) => ({ ...p, step: 'estimate', trouble: null }),
  },
  estimate: {
    estimated: (p, { estimate }) => ({ ...p, estimate }),
    typed: (p, event) => toAmount(typed(p, event)),
  },
  filter: {
    filter_drafted: (p, { choice }) => ({
      ...p,
      draft: { choice, market: p.draft?.market ?? null },
    }),
    filter_used: (p) =>
      p.draft
        ? {
            ...toAmount(p),
            choice: p.draft.choice,
            chosen: p.draft.market,
            quote: null,
            refusal: null,
          }
        : p,
    back: toAmount,
  },
  quote: {
    quote_refused: (p, event) =>
      event.trouble.answered ? refuse(p, event.trouble) : quoteRefused(p, event),
    payment_wanted: (p) => (p.quote ? toPayment(p, p.quote) : p),
    back: toAmount,
  },
  payment: {
    quoted: (p) => p,
    quote_refused: (p) => p,
    consented: (p, { tonnes }) => ({ ...p, consentTonnes: tonnes, consentMissing: false }),
    consent_missed: (p) => ({ ...p, consentMissing: true }),
    sent: (p) => ({ ...p, work: 'sending', trouble: null }),
    unanswered: (p, { trouble }) => ({ ...p, trouble }),
    gave_up: (p, { trouble }) => ({ ...p, work: 'idle', trouble }),
    order_refused: (p, { trouble }) => refuse(p, trouble),
    confirming: (p) => ({ ...p, work: 'confirming', trouble: null }),
    confirmed: (p) => ({ ...p, step: 'progress', work: 'idle', confirmed: true, trouble: null }),
    card_refused: (p, { trouble }) => declined(p, trouble),
    back: (p) => (p.order || p.work !== 'idle' ? p : { ...p, step: 'quote', trouble: null }),
  },
  bank: {
    confirming: (p) => ({ ...p, work: 'confirming', trouble: null }),
    confirmed: (p) => ({ ...p, step: 'progress', work: 'idle', confirmed: true, trouble: null }),
    card_refused: (p, { trouble }) => ({ ...declined(p, trouble), step: 'payment' }),
  },
  progress: {},
  certificate: {},
  ended: {
    amount_wanted: toAmount,
    quote_wanted: (p) => ({
      ...p,
      step: 'quote',
      order: null,
      quote: null,
      resumed: false,
      trouble: null,
    }),
  },
  moved: {
    compared: (p, { now, fewer }) => ({ ...p, quote: now, fewer, asking: 'no', trouble: null }),
    quote_refused: (p, event) =>
      event.trouble.answered ? refuse(p, event.trouble) : quoteRefused(p, event),
    went_on: (p, { quote }) => ({
      ...toPayment(p, quote),
      by: 'tonnes',
      typedTonnes: String(quote.quantity_tonnes),
    }),
    back: (p) => ({ ...p, step: 'quote' }),
    amount_wanted: toAmount,
  },
  left: {
    left_counted: (p, { quote }) =>
      p.left ? { ...p, left: { ...p.left, tonnes: quote.quantity_tonnes, quote } } : p,
    took_left: (p) =>
      p.left
        ? {
            ...p,
            step: 'quote',
            by: 'tonnes',
            typedTonnes: String(p.left.tonnes),
            quote: p.left.quote,
            refusal: null,
          }
        : p,
    filter_opened: toFilter,
    back: toAmount,
    amount_wanted: toAmount,
  },
  empty: {
    filter_opened: toFilter,
    filter_drafted: (p, { choice }) => ({ ...toAmount(p), choice, quote: null, refusal: null }),
    back: toAmount,
    amount_wanted: toAmount,
  },
  small: {
    took_left: (p) => ({
      ...toAmount(p),
      by: 'tonnes',
      typedTonnes: String(p.refusal?.problem?.minimum_tonnes ?? ''),
      quote: null,
      refusal: null,
    }),
    back: toAmount,
    amount_wanted: toAmount,
  },
}

const declined = (purchase: Purchase, trouble: Trouble | null): Purchase => ({
  ...purchase,
  work: 'idle',
  trouble,
  declines: purchase.declines + (trouble?.code === 'card_declined' ? 1 : 0),
})

learnRows(ANYWHERE, STEPS)
