/**
 * What is booked when, as double entries: each moves an amount from one account to another, so the sum is always zero.
 *
 * - `processor`: what the card processor holds for us.
 * - `order`: what an order's buyer has paid and not yet got, as units or as money. Zero once the order has ended.
 * - `seller:<id>`: what is owed to a project participant.
 * - `platform fee`, `processing fee`: earned when the order closes.
 */
export type Account = 'processor' | 'order' | 'platform fee' | 'processing fee' | `seller:${number}`

export type LedgerEntry = {
  /** Booked once, however often it is tried. */
  readonly key: string
  readonly leg: number | null
  readonly debit: Account
  readonly credit: Account
  /** Minor units, 1 or more. */
  readonly amountMinor: number
}

/** The card was charged. */
export const captured = (order: string, amountMinor: number): readonly LedgerEntry[] =>
  entry({ key: `${order}:captured`, leg: null, debit: 'processor', credit: 'order', amountMinor })

/** The registry cancelled a leg's units: its seller is owed their price. */
export const delivered = (
  order: string,
  leg: number,
  seller: number,
  amountMinor: number,
): readonly LedgerEntry[] =>
  entry({
    key: `${order}:delivered:${leg}`,
    leg,
    debit: 'order',
    credit: `seller:${seller}`,
    amountMinor,
  })

/** Part or all of a captured amount went back to the buyer. */
export const refunded = (order: string, amountMinor: number): readonly LedgerEntry[] =>
  entry({ key: `${order}:refunded`, leg: null, debit: 'order', credit: 'processor', amountMinor })

/** The order closed with its fees. */
export const closed = (
  order: string,
  fees: { readonly platformFeeMinor: number; readonly processingFeeMinor: number },
): readonly LedgerEntry[] => [
  ...entry({
    key: `${order}:platform fee`,
    leg: null,
    debit: 'order',
    credit: 'platform fee',
    amountMinor: fees.platformFeeMinor,
  }),
  ...entry({
    key: `${order}:processing fee`,
    leg: null,
    debit: 'order',
    credit: 'processing fee',
    amountMinor: fees.processingFeeMinor,
  }),
]

const entry = (one: LedgerEntry): readonly LedgerEntry[] => (one.amountMinor === 0 ? [] : [one])
