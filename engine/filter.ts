/** Attributes and filters of offers. Names are interned by the caller: the book sees integers only. */

/** Each a safe integer, 0 or more; 0 stands for "not stated" where the caller has nothing to say. */
export type OfferAttributes = {
  readonly project: number
  readonly host: number
  readonly scope: number
  readonly technology: number
  readonly methodology: number
  /** The calendar year of the reduction. */
  readonly vintage: number
  readonly unitType: number
}

/**
 * AND over attributes, OR inside one; an empty list matches nothing, an absent one matches all. A name that is not here,
 * or a vintage that ends before it begins, is refused as InvalidFilter.
 */
export type Filter = {
  readonly project?: readonly number[]
  readonly host?: readonly number[]
  readonly scope?: readonly number[]
  readonly technology?: readonly number[]
  readonly methodology?: readonly number[]
  readonly unitType?: readonly number[]
  /** Inclusive years. */
  readonly vintage?: { readonly from: number; readonly to: number }
}
