/** The port: what an order needs of a payment service. Amounts are minor units. */

export type PaymentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'

/** A payment as the service last told it. */
export type PaymentSnapshot = {
  readonly id: string
  /** From our metadata. */
  readonly order: string
  readonly status: PaymentStatus
  readonly amountMinor: number
  readonly capturedMinor: number
  readonly refundedMinor: number
  readonly clientSecret: string
  /** The charge that failed last, if one did: its id tells failures apart. */
  readonly failure: { readonly charge: string; readonly code: string } | null
}

/** A definite answer. Anything else throws PaymentUnreachable: the outcome is unknown. */
export type PaymentAnswer =
  | { readonly kind: 'ok'; readonly payment: PaymentSnapshot }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      /** The payment as it stands, where the service knows it. */
      readonly payment: PaymentSnapshot | null
    }

export type Payment = {
  /** What a browser needs to show the card form. */
  readonly publishableKey: string
  readonly scriptUrl: string
  /** True: no money moves. */
  readonly test: boolean
  /** Creates a payment that is captured by hand. The same key again within 24 h: the same payment. */
  create(request: {
    readonly order: string
    readonly amountMinor: number
    readonly currency: string
    readonly description: string
    readonly key: string
  }): Promise<PaymentAnswer>
  /** As it stands now; null where the service knows none. */
  find(id: string): Promise<PaymentSnapshot | null>
  /** By our metadata; may lag behind a creation by a minute. */
  findByOrder(order: string): Promise<PaymentSnapshot | null>
  /** Voids a payment that is not captured. */
  void(request: { readonly id: string; readonly key: string }): Promise<PaymentAnswer>
  /** Captures once; what is not captured of the authorisation is given back. */
  capture(request: {
    readonly id: string
    readonly amountMinor: number
    readonly key: string
  }): Promise<PaymentAnswer>
  /** Refunds part or all of what was captured. */
  refund(request: {
    readonly id: string
    readonly amountMinor: number
    readonly key: string
    /** Our reference: a second look finds the refund by it. */
    readonly reference: string
  }): Promise<PaymentAnswer>
  /** True where a refund with this reference exists. */
  findRefund(request: { readonly id: string; readonly reference: string }): Promise<boolean>
  /** Verifies the signature over the raw body; null where it does not hold. */
  readWebhook(
    rawBody: string,
    signature: string,
    now: number,
  ): { readonly event: string; readonly type: string; readonly payment: string | null } | null
}

/** No definite answer: the outcome is unknown. */
export class PaymentUnreachable extends Error {
  override readonly name = 'PaymentUnreachable'
}
