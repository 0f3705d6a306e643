/** Attributes and filters of offers. Names are interned by the caller: the book sees integers only. */

/** Each a whole number, 0 … MAX_NUMBER; 0 stands for "not stated" where the caller has nothing to say. */
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

/** Values of attributes: OR inside a list, and the years of a vintage inclusive. */
export type Selection = {
  readonly project?: readonly number[]
  readonly host?: readonly number[]
  readonly scope?: readonly number[]
  readonly technology?: readonly number[]
  readonly methodology?: readonly number[]
  readonly unitType?: readonly number[]
  readonly vintage?: { readonly from: number; readonly to: number }
}

/**
 * AND over attributes, OR inside one; an empty list matches nothing, an absent one matches all. What `not` names is left
 * out: an offer is outside as soon as one of its attributes is among the values listed there, and an empty list leaves out
 * nothing. A name that is not here, or a vintage that ends before it begins, is refused as InvalidFilter.
 */
export type Filter = Selection & { readonly not?: Selection }
