import type { Rejected, RejectionReason } from './command.ts'

/** A refusal; it is only ever made before anything was changed. */
export function rejected(reason: RejectionReason, availableTonnes?: number): Rejected {
  return availableTonnes === undefined
    ? { kind: 'Rejected', reason }
    : { kind: 'Rejected', reason, availableTonnes }
}

/** Tells a refusal from anything else that the book or its parts answer. */
export function isRejected(answer: object): answer is Rejected {
  return 'kind' in answer && answer.kind === 'Rejected'
}
