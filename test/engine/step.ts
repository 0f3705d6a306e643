/** What a book may be asked between two commands, in the same list as the commands, so that a run can be told and cut short. */
import type { Command, Filter, OfferId, Query } from '@offset-button/engine'

export type Question =
  | { readonly kind: 'Quote'; readonly query: Query }
  | { readonly kind: 'Explain'; readonly query: Query }
  /** Explains, from the journal, a Reserve that follows all commands before. */
  | { readonly kind: 'ExplainPast'; readonly query: Query }
  | { readonly kind: 'Depth'; readonly filter?: Filter; readonly maxLevels?: number }
  | { readonly kind: 'Standing'; readonly offer: OfferId; readonly filter?: Filter }
  /** The whole state, its hash, and what must hold of it. */
  | { readonly kind: 'Check' }
  /** One of the books, by its index, goes on from its stored state. */
  | { readonly kind: 'Restore'; readonly book: number }

export type Step = Command | Question

const QUESTIONS: readonly Step['kind'][] = [
  'Quote',
  'Explain',
  'ExplainPast',
  'Depth',
  'Standing',
  'Check',
  'Restore',
]

export function isQuestion(step: Step): step is Question {
  return QUESTIONS.includes(step.kind)
}
