/** Errors as Stripe words them: `{ error: { type, code, param, message, … } }`. */

/** The fields that Stripe's errors have here. */
export type ProblemBody = {
  readonly type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'
  readonly code?: string
  readonly decline_code?: string
  readonly param?: string
  readonly charge?: string
  readonly payment_intent?: object
  readonly payment_method?: object
  readonly message: string
}

/**
 * A refused call. `executed` says that it got past the checks of its parameters: then the answer is
 * kept under its idempotency key, and what it wrote stays.
 */
export class StripeProblem extends Error {
  override readonly name = 'StripeProblem'
  readonly status: number
  readonly body: ProblemBody
  readonly executed: boolean

  constructor(status: number, body: ProblemBody, executed = false) {
    super(body.message)
    this.status = status
    this.body = body
    this.executed = executed
  }
}

/** A parameter that is missing or wrong. */
export function invalidParameter(param: string, message: string, code?: string): StripeProblem {
  return new StripeProblem(400, {
    type: 'invalid_request_error',
    ...(code === undefined ? {} : { code }),
    param,
    message,
  })
}

/** A parameter that is not given at all. */
export function missingParameter(param: string): StripeProblem {
  return invalidParameter(param, `Missing required param: ${param}.`, 'parameter_missing')
}

/** No such object in these books. */
export function noSuch(kind: string, id: string): StripeProblem {
  return new StripeProblem(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param: kind === 'payment_intent' ? 'intent' : 'id',
    message: `No such ${kind}: '${id}'`,
  })
}

/** The call does not fit the payment's state. */
export function unexpectedState(intent: object, message: string): StripeProblem {
  return new StripeProblem(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      payment_intent: intent,
      message,
    },
    true,
  )
}

/** The key is not one that this call takes. */
export function unauthorised(message: string, status = 401): StripeProblem {
  return new StripeProblem(status, { type: 'invalid_request_error', message })
}
