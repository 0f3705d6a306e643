import type { ResponseCode } from '../response-code.ts'

/** What a request came to. A refusal may still have changed something that was due, such as an expiry. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly codes: readonly ResponseCode[] }

export function ok<T>(value: T): Outcome<T> {
  return { kind: 'ok', value }
}

export function refused(...codes: readonly ResponseCode[]): Outcome<never> {
  return { kind: 'refused', codes }
}
