/** A book that goes through a plan. */
import type { Loop } from '../../support/stopwatch.ts'

/** Each loop does the operations of the plan with these numbers, called as the book's own documentation says. */
export interface Competitor {
  readonly place: Loop
  readonly withdraw: Loop
  /** Market orders. */
  readonly market: Loop
  /** What all market orders took until now. */
  readonly taken: { tonnes: number; fills: number }
}

/** Those that are books: they take the same from the same offers. */
export const BOOKS = ['ours', 'textbook', 'nodejs-order-book'] as const
export const COMPETITORS = [...BOOKS, 'least'] as const
export type BookName = (typeof BOOKS)[number]
export type CompetitorName = (typeof COMPETITORS)[number]
