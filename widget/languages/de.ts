import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/de'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/de.rest%', () => import('@offset-button/contract/words/de.rest'))
