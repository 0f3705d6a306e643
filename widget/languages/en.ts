import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/en'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/en.rest%', () => import('@offset-button/contract/words/en.rest'))
