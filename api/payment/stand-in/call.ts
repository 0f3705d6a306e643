/** One call of the API: what came, and the means to answer it. */

import type { Cause } from './books.store.ts'
import type { Books } from './database.ts'
import { type Form, list } from './form.ts'
import { invalidParameter, type StripeProblem } from './problem.ts'
import type { Settings } from './settings.ts'

export type KeyKind = 'secret' | 'publishable'

export type Call = {
  readonly trx: Books
  readonly cause: Cause
  readonly settings: Settings
  /** The stand-in's own address, without a slash at the end. */
  readonly origin: string
  readonly key: KeyKind
  /** The ids in the path. */
  readonly ids: readonly string[]
  /** Body and query, read as one. */
  readonly form: Form
}

/** An answer: the object, and the status where it is not 200. A problem here keeps what was written. */
type CallResult = object | StripeProblem

/** A call that the stand-in knows. Its `name` is how faults are asked for. */
export type Route = {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  readonly keys: readonly KeyKind[]
  /** All parameters that it takes; any other is refused, as at Stripe. */
  readonly parameters: readonly string[]
  readonly expandable: readonly string[]
  run(call: Call): Promise<CallResult>
}

/** Parameters with which a browser names itself and its key. */
const OF_EVERY_CALL = ['expand', 'key', '_stripe_version']

/** Refuses parameters that the call does not take. */
export function checkParameters(route: Route, form: Form): void {
  for (const name of Object.keys(form)) {
    if (route.parameters.includes(name) || OF_EVERY_CALL.includes(name)) continue
    if (name === 'payment_method_types') {
      throw invalidParameter(
        name,
        'payment_method_types cannot be given in this API version: use allowed_payment_method_types.',
        'payment_method_types_no_longer_supported',
      )
    }
    if (name === 'payment_method_data') {
      throw invalidParameter(
        name,
        'Raw card numbers are not taken here. Give payment_method the name of a test card, such as pm_card_visa.',
      )
    }
    throw invalidParameter(name, `Received unknown parameter: ${name}`, 'parameter_unknown')
  }
  for (const name of list(form, 'expand')) {
    if (!route.expandable.includes(name)) {
      throw invalidParameter('expand', `This property cannot be expanded (${name}).`)
    }
  }
}

/** True where the caller asks for this object in full. */
export function expands(call: Call, name: string): boolean {
  return list(call.form, 'expand').some((each) => each === name || each.startsWith(`${name}.`))
}

/** A whole number among the parameters, or null where it is not given. */
export function wholeNumber(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  if (!/^-?\d{1,15}$/.test(text)) {
    throw invalidParameter(name, `Invalid integer: ${text}`, 'parameter_invalid_integer')
  }
  return Number(text)
}

/** A list of objects as Stripe gives it. */
export function listOf(url: string, data: readonly object[], hasMore: boolean): object {
  return { object: 'list', data, has_more: hasMore, url }
}

/** Until when an authorisation given now holds. */
export function authorisedUntilMs(call: Pick<Call, 'cause' | 'settings'>): number {
  return call.cause.nowMs + call.settings.authorisationTtlSeconds * 1000
}
