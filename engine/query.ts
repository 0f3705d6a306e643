/** Checks of what a buyer wants. */
import { isNumbering, isPrice, isQuantity, isTotal } from './bounds.ts'
import type { Query, RejectionReason } from './command.ts'

/** What a query says; undefined where it says nothing. */
export type Parts = {
  readonly [Part in keyof Query]-?: Query[Part] | (Part extends 'allOrNone' ? never : undefined)
}

/** Reads each part once, so that what is checked is what is filled. What is no query at all says nothing. */
export function partsOf(query: Query): Parts {
  const isQuery = typeof query === 'object' && query !== null
  const { quantityTonnes, budgetMinor, allOrNone, maxPriceMinor, maxTotalMinor, filter, buyer } =
    isQuery ? query : NO_QUERY
  return { quantityTonnes, budgetMinor, allOrNone, maxPriceMinor, maxTotalMinor, filter, buyer }
}

const NO_QUERY: Query = { allOrNone: false }

/**
 * The first thing that is wrong with a query, its filter aside; undefined where nothing is. InvalidQuantity also stands for
 * both or neither of quantity and budget, and for an `allOrNone` that is no boolean; InvalidLimit also for a budget.
 */
export function wrongAmount(query: Parts): RejectionReason | undefined {
  const { quantityTonnes, budgetMinor, allOrNone, buyer } = query
  if ((quantityTonnes === undefined) === (budgetMinor === undefined)) return 'InvalidQuantity'
  if (quantityTonnes !== undefined && !isQuantity(quantityTonnes)) return 'InvalidQuantity'
  if (typeof allOrNone !== 'boolean') return 'InvalidQuantity'
  if (buyer !== undefined && !isNumbering(buyer)) return 'InvalidSeller'
  return undefined
}

/** The same for the limits of a query whose filter is well formed. */
export function wrongLimit(query: Parts): RejectionReason | undefined {
  const { maxPriceMinor, maxTotalMinor, budgetMinor } = query
  const wrong =
    (maxPriceMinor !== undefined && !isPrice(maxPriceMinor)) ||
    (maxTotalMinor !== undefined && !isTotal(maxTotalMinor)) ||
    (budgetMinor !== undefined && !isTotal(budgetMinor))
  return wrong ? 'InvalidLimit' : undefined
}
