import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/ar'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/ar.rest%', () => import('@offset-button/contract/words/ar.rest'))
