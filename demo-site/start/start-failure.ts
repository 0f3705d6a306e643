/**
 * Something a person can put right before it can start: its message is one clear sentence and is
 * shown without a stack.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}

/** The sentence for any error: a StartFailure's own, else the whole stack, as it is a mistake of ours. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
