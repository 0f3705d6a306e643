/** What is handed to the one writer of a market, and what comes of it. */
import type { BookEvent, Command, Rejected } from '@offset-button/engine'

/** Where a committed submission stands in the market's time: never a timestamp. */
export type Place = { readonly batchSeq: number; readonly position: number }

/**
 * Commands that succeed or are refused together, and what is stored in the same commit. A command may not name an offer
 * or a reservation that an earlier one of the same submission makes.
 */
export type Submission<Write> = {
  readonly commands: readonly [Command, ...Command[]]
  /** Built from the events, before the commit; absent where nothing more is stored. */
  readonly write?: (events: readonly BookEvent[]) => Write
}

export type SubmissionResult =
  | { readonly kind: 'committed'; readonly events: readonly BookEvent[]; readonly place: Place }
  /**
   * The command refused; nothing of the submission took effect. Of several that would be refused, one that names an ended
   * or unknown reservation comes first, then the order of the commands. The refusal speaks of the book as this host knows it.
   */
  | { readonly kind: 'rejected'; readonly rejected: Rejected; readonly index: number }
  /** Not the holder, or rebuilding: nothing took effect. Try again. */
  | { readonly kind: 'unavailable' }
  /** The commit's answer was lost. The book is rebuilt; look up before trying again. */
  | { readonly kind: 'unknown' }
