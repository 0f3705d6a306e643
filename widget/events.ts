/** What `offset-quote` tells: a live price, nothing held. Money in minor units. */
export type QuoteDetail = {
  readonly tonnes: number
  readonly totalMinor: number
  readonly currency: string
}
/** What `offset-reserved`, `offset-paid` and `offset-cancelled` tell of an order. */
export type OrderDetail = QuoteDetail & {
  readonly orderId: string
  /** What the registry has cancelled so far. */
  readonly cancelledTonnes: number
  readonly test: boolean
  readonly simulated: boolean
}
/** What `offset-certificate` tells. */
export type CertificateDetail = {
  readonly orderId: string
  readonly certificateId: string
  readonly url: string
  readonly pdfUrl: string
  readonly tonnes: number
  readonly simulated: boolean
}
/** What `offset-error` tells. `code` is a code of the API, or one of the element's own. */
export type ErrorDetail = {
  readonly code: string
  /** True: the same may succeed later without a change. */
  readonly retryable: boolean
  readonly message: string
  /** The directive of the page's Content-Security-Policy that stood in the way, where one did. */
  readonly directive?: string | undefined
}

/** Every event that the element dispatches, by name. All bubble and are composed. */
export type OffsetEventMap = {
  /** Before the panel opens; `preventDefault()` keeps it closed. */
  'offset-open': CustomEvent<null>
  'offset-quote': CustomEvent<QuoteDetail>
  'offset-reserved': CustomEvent<OrderDetail>
  'offset-paid': CustomEvent<OrderDetail>
  'offset-cancelled': CustomEvent<OrderDetail>
  'offset-certificate': CustomEvent<CertificateDetail>
  'offset-error': CustomEvent<ErrorDetail>
}
export type OffsetEventName = keyof OffsetEventMap

/** Dispatches one of the element's events; false where a listener prevented it. */
export const tell = <N extends OffsetEventName>(
  target: EventTarget,
  name: N,
  detail: OffsetEventMap[N]['detail'],
): boolean =>
  target.dispatchEvent(
    new CustomEvent(name, {
      detail,
      bubbles: true,
      composed: true,
      cancelable: name === 'offset-open',
    }),
  )

declare global {
  interface HTMLElementEventMap extends OffsetEventMap {}
}
