import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/pt'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/pt.rest%', () => import('@offset-button/contract/words/pt.rest'))
