import type { Verified } from '../load-chunk.ts'
import type { RestKey, Words } from '../strings.ts'

/** The quote, and all that comes after the first price. See ../chunks.ts for the form of this line. */
export const loadQuote = (verified: Verified) =>
  verified('%sri:panel/quote%', () => import('./quote.ts'))

/** The words of a language up to the first price, and where its later ones are. */
export type FirstWords<W> = {
  readonly words: W
  readonly loadRest: (verified: Verified) => Promise<{ readonly words: Words<RestKey> }>
}
