import type { BuiltBatch } from './batch-builder.ts'

/** What became of a batch. `nothing`: every submission was refused, so that there was nothing to commit. */
export type BatchOutcome = 'committed' | 'nothing' | 'fenced' | 'unknown'

/**
 * Answers every submission that the batch looked at. A refusal may rest on what came before it in the batch, so it is only
 * told when that has been committed; where it has not, the submission may be tried again.
 */
export function answerBatch<Write>(
  batch: BuiltBatch<Write>,
  outcome: BatchOutcome,
  batchSeq: number,
): void {
  const definite = outcome === 'committed' || outcome === 'nothing'
  for (const { queued, events, position } of batch.applied) {
    if (definite) queued.answer({ kind: 'committed', events, place: { batchSeq, position } })
    else queued.answer({ kind: outcome === 'unknown' ? 'unknown' : 'unavailable' })
  }
  for (const { queued, rejected, index } of batch.refused) {
    queued.answer(definite ? { kind: 'rejected', rejected, index } : { kind: 'unavailable' })
  }
}
