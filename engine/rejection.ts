import { REJECTION_REASONS, type Rejected, type RejectionReason } from './command.ts'

const REJECTIONS = Object.fromEntries(
  REJECTION_REASONS.map((reason) => [reason, Object.freeze({ kind: 'Rejected', reason })]),
) as Record<RejectionReason, Rejected>

/** A refusal; it is only ever made before anything was changed. */
export function rejected(reason: RejectionReason): Rejected {
  return REJECTIONS[reason]
}

/** Tells a refusal from anything else that the book or its parts answer. */
export function isRejected(answer: object): answer is Rejected {
  return 'kind' in answer && answer.kind === 'Rejected'
}
