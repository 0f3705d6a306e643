import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/es'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/es.rest%', () => import('@offset-button/contract/words/es.rest'))
