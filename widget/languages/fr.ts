import type { Verified } from '../load-chunk.ts'

/** What the panel says up to the first quote. */
export { words } from '@offset-button/contract/words/fr'

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:words/fr.rest%', () => import('@offset-button/contract/words/fr.rest'))
