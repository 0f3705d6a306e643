import type { Book, BookEvent } from '@offset-button/engine'
import { HostLoop } from './host-loop.ts'
import type { HostOptions, HostState } from './host-options.ts'
import type { Submission, SubmissionResult } from './submission.ts'

export type { HostLimits, HostOptions, HostState } from './host-options.ts'

/** The one writer of a market. */
export type MarketHost<Write> = {
  state(): HostState
  /** The last committed batch that this host knows; 0 before any. */
  batchSeq(): number
  /** The epoch that this host minted last; 0 before any. */
  epoch(): number
  /**
   * Reads the book as of the last commit; null when this host does not hold the market. The book is for reading only, and
   * only until the reader returns.
   */
  read<T>(reader: (book: Book) => T): T | null
  /**
   * Answered after the commit, in the order of submitting. Rejects only where the submission itself is at fault: its
   * `write` threw, or a command has no kind that a book knows; then nothing of it took effect.
   */
  submit(submission: Submission<Write>): Promise<SubmissionResult>
  /** Called after each commit, before its answers, with the events in order. Returns a way to stop listening. */
  onCommit(listener: (batchSeq: number, events: readonly BookEvent[]) => void): () => void
  /** Resolves when the host holds the market or is stopped, or the signal aborts. */
  ready(signal?: AbortSignal): Promise<void>
  /** Finishes the batch in flight, refuses what waits as unavailable, gives the lease up. */
  stop(): Promise<void>
}

/**
 * Starts to hold the market as soon as the lease is free, and again whenever it was lost, until it is stopped. What it
 * shows and answers has been committed under its own epoch; of two hosts that both believe to hold, the Store refuses one.
 */
export function startHost<Write>(options: HostOptions<Write>): MarketHost<Write> {
  return new HostLoop(options)
}
