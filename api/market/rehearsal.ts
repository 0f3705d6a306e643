import { createBook } from '@offset-button/engine'
import type { BookStore } from '@offset-button/engine-host'

/** By then the code is compiled. */
const TIMES = 3
const LONG_ENOUGH_MS = 2_000

/**
 * Makes the book as a holder does, and forgets it: a node that takes the market over later has its connection and compiled
 * code by then. What was read is of no use, since it was read before any epoch of this node's. Never throws: rows that change
 * while they are read need not make a book.
 */
export async function rehearseRebuild(
  store: Pick<BookStore<never>, 'readBook'>,
  market: string,
  monotonic: () => number,
): Promise<void> {
  const began = monotonic()
  for (let time = 1; time <= TIMES && monotonic() - began < LONG_ENOUGH_MS; time++) {
    try {
      const { book } = await store.readBook(market)
      createBook({}, book).copy()
    } catch {
      return
    }
  }
}
