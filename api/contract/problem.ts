import { z } from 'zod'

type ProblemEntry = {
  readonly status: number
  /** What happened, and what it means for the money. */
  readonly sentence: string
  /** True: the same request may succeed later without a change. */
  readonly retryable: boolean
  /** What to do next. */
  readonly remedy: string
}

/** Every refusal of the API, once: the API, the widget's error event and the docs read this table. */
export const PROBLEMS = {
  invalid_request: {
    status: 400,
    sentence: 'The request has a field that cannot be read.',
    retryable: false,
    remedy: 'Correct the fields named in errors.',
  },
  invalid_quantity: {
    status: 400,
    sentence: 'One credit is one tonne. Whole tonnes only, from 1 to 1,000,000.',
    retryable: false,
    remedy: 'Ask for a whole number of tonnes in these bounds.',
  },
  unknown_filter: {
    status: 400,
    sentence: 'The filter names something that does not exist.',
    retryable: false,
    remedy: 'Use the attributes and values that the market lists.',
  },
  idempotency_key_missing: {
    status: 400,
    sentence: 'An order needs an Idempotency-Key header of 16 to 128 characters.',
    retryable: false,
    remedy: 'Send a fresh random key with each new order, and the same key when repeating one.',
  },
  key_not_valid: {
    status: 401,
    sentence: 'The key is missing or not known.',
    retryable: false,
    remedy: 'Send the key that you were given as Authorization: Bearer.',
  },
  signature_not_valid: {
    status: 400,
    sentence: 'The signature of this event does not hold. Nothing was changed.',
    retryable: false,
    remedy:
      'Check that STRIPE_WEBHOOK_SECRET is the secret of this endpoint, and that both clocks are right.',
  },
  origin_not_allowed: {
    status: 403,
    sentence: 'This button does not work on this site yet.',
    retryable: false,
    remedy: 'Its owner has to allow this origin in the settings of the key.',
  },
  form_not_ours: {
    status: 403,
    sentence: 'This form was sent from another website. Nothing was held or charged.',
    retryable: false,
    remedy: 'Open the page here, and send its own form.',
  },
  not_found: {
    status: 404,
    sentence: 'There is nothing at this address.',
    retryable: false,
    remedy: 'See /openapi.json for the addresses.',
  },
  order_not_found: {
    status: 404,
    sentence: 'No such order.',
    retryable: false,
    remedy: 'Check the identifier that the order was answered with.',
  },
  offer_not_found: {
    status: 404,
    sentence: 'No such offer of yours.',
    retryable: false,
    remedy: 'List your offers.',
  },
  certificate_not_found: {
    status: 404,
    sentence: 'No such certificate.',
    retryable: false,
    remedy: 'Check the address printed on the certificate.',
  },
  idempotency_key_reused: {
    status: 409,
    sentence: 'This Idempotency-Key was already used with another request. Nothing was ordered.',
    retryable: false,
    remedy: 'Use a fresh key for a new request.',
  },
  price_moved: {
    status: 409,
    sentence: 'Somebody else bought the cheapest credits first. You have not been charged.',
    retryable: false,
    remedy: 'Look at the new price and decide again.',
  },
  not_enough_available: {
    status: 409,
    sentence: 'Fewer tonnes than asked for are left in this choice. Nothing was held or charged.',
    retryable: false,
    remedy: 'Take what is left, or choose other projects.',
  },
  nothing_available: {
    status: 409,
    sentence: 'Nothing is on offer in this choice today.',
    retryable: true,
    remedy: 'Choose other projects, or come back later.',
  },
  amount_too_small: {
    status: 409,
    sentence: 'Below this amount, card costs would be most of the price.',
    retryable: false,
    remedy: 'Ask for at least minimum_tonnes.',
  },
  amount_too_large: {
    status: 409,
    sentence: 'One card payment cannot be as large as this. Nothing was held or charged.',
    retryable: false,
    remedy: 'Ask for at most maximum_tonnes, and again for the rest.',
  },
  too_many_fills: {
    status: 409,
    sentence: 'The order would meet more offers than one order may.',
    retryable: false,
    remedy: 'Ask for fewer tonnes, or widen the choice.',
  },
  order_not_stoppable: {
    status: 409,
    sentence:
      'The order can no longer be stopped: the card is authorised, and the registry at work.',
    retryable: false,
    remedy: 'Wait for the order to end; nothing is charged before the registry has agreed.',
  },
  journal_too_long: {
    status: 409,
    sentence:
      'More has happened in the market before this order than can be replayed to explain it.',
    retryable: false,
    remedy: 'Ask the operator, who has the whole journal.',
  },
  card_declined: {
    status: 402,
    sentence: 'Your bank declined the card. Nothing was charged.',
    retryable: true,
    remedy: 'Try again, or use another card.',
  },
  hold_expired: {
    status: 409,
    sentence: 'The hold ran out. Nothing was charged; the credits are on offer again.',
    retryable: true,
    remedy: 'Get a new quote.',
  },
  stopped: {
    status: 409,
    sentence:
      'The order was stopped by its buyer. Nothing was charged; the credits are on offer again.',
    retryable: true,
    remedy: 'Get a new quote.',
  },
  capture_refused: {
    status: 402,
    sentence:
      'The authorisation of the card was gone before it could be charged. Nothing was charged.',
    retryable: true,
    remedy: 'Order again.',
  },
  registry_refused: {
    status: 409,
    sentence: 'The registry refused these credits. Your card was not charged, or was refunded.',
    retryable: true,
    remedy: 'Get a new quote; the refused credits are no longer on offer.',
  },
  registry_timed_out: {
    status: 409,
    sentence: 'The registry did not answer in time. Your card was not charged.',
    retryable: true,
    remedy: 'Order again later; the credits are on offer again.',
  },
  registry_unavailable: {
    status: 503,
    sentence: 'The registry has not answered. Nothing was changed.',
    retryable: true,
    remedy: 'Try again in a minute.',
  },
  registry_closed: {
    status: 409,
    sentence: 'The registry is not taking cancellations. Nothing was charged.',
    retryable: true,
    remedy: 'Come back when it has opened again.',
  },
  units_not_available: {
    status: 409,
    sentence: 'The registry did not set these units aside: see registry_codes.',
    retryable: false,
    remedy: 'List your holdings, and offer units that are free.',
  },
  project_not_listed: {
    status: 409,
    sentence: 'The units belong to a project that is not listed here yet. Nothing was offered.',
    retryable: false,
    remedy: 'Ask the operator to list the project, then offer again.',
  },
  units_expired: {
    status: 409,
    sentence: 'Temporary units that have expired cannot be offered.',
    retryable: false,
    remedy: 'Offer units that have not expired.',
  },
  holding_account_not_yours: {
    status: 403,
    sentence: 'This holding account is not one of yours.',
    retryable: false,
    remedy: 'Use a holding account that the operator has entered for you.',
  },
  offer_ended: {
    status: 409,
    sentence: 'The offer is withdrawn or exhausted.',
    retryable: false,
    remedy: 'Place a new offer.',
  },
  below_reserved_and_sold: {
    status: 409,
    sentence: 'The quantity is below what is already reserved and sold.',
    retryable: false,
    remedy: 'Ask for at least reserved_tonnes + sold_tonnes.',
  },
  above_earmarked: {
    status: 409,
    sentence: 'The quantity is above what the registry earmarked for this offer.',
    retryable: false,
    remedy: 'Place another offer for the further units.',
  },
  market_halted: {
    status: 503,
    sentence: 'The market is paused.',
    retryable: true,
    remedy: 'Wait until it opens again.',
  },
  market_unavailable: {
    status: 503,
    sentence: 'The market is slow to answer. Nothing was ordered.',
    retryable: true,
    remedy:
      'Send the same request again, with the same Idempotency-Key, after Retry-After seconds.',
  },
  outcome_unknown: {
    status: 503,
    sentence: 'We cannot tell yet whether this took effect. It did so once at most.',
    retryable: true,
    remedy: 'Send the same request again with the same Idempotency-Key.',
  },
  payment_unavailable: {
    status: 503,
    sentence: 'The payment service has not answered. Nothing was charged.',
    retryable: true,
    remedy: 'Send the same request again with the same Idempotency-Key.',
  },
  internal: {
    status: 500,
    sentence: 'Something went wrong on our side.',
    retryable: true,
    remedy: 'Try again; if it goes on, tell us the request id.',
  },
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof PROBLEMS
export const problemCode = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])

/** RFC 9457, with the code as the last part of `type`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: problemCode,
    retryable: z.boolean(),
    remedy: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    available_tonnes: z.int().optional(),
    minimum_tonnes: z.int().optional(),
    maximum_tonnes: z.int().optional(),
    registry_codes: z.array(z.int()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
export type Problem = z.infer<typeof problem>
