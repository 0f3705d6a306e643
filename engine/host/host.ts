import type { Book, BookEvent, Command, Rejected } from '@offset-button/engine'
import type { BookStore, Clock, Lease } from './ports.ts'

/** Where a committed submission stands in the market's time: never a timestamp. */
export type Place = { readonly batchSeq: number; readonly position: number }

/** Commands that succeed or are refused together, and what is stored in the same commit. */
export type Submission<Write> = {
  readonly commands: readonly [Command, ...Command[]]
  /** Built from the events, before the commit; absent where nothing more is stored. */
  readonly write?: (events: readonly BookEvent[]) => Write
}

export type SubmissionResult =
  | { readonly kind: 'committed'; readonly events: readonly BookEvent[]; readonly place: Place }
  /** The first command refused; nothing of the submission took effect. */
  | { readonly kind: 'rejected'; readonly rejected: Rejected; readonly index: number }
  /** Not the holder, or rebuilding: nothing was tried. Try again. */
  | { readonly kind: 'unavailable' }
  /** The commit's answer was lost. The book is rebuilt; look up before trying again. */
  | { readonly kind: 'unknown' }

export type HostState = 'following' | 'rebuilding' | 'holding' | 'stopped'

/** The one writer of a market. */
export type MarketHost<Write> = {
  state(): HostState
  /** The last committed batch that this host knows; 0 before any. */
  batchSeq(): number
  epoch(): number
  /** Reads the book as of the last commit; null when this host does not hold the market. */
  read<T>(reader: (book: Book) => T): T | null
  submit(submission: Submission<Write>): Promise<SubmissionResult>
  /** Called after each commit, with the events in order. Returns a way to stop listening. */
  onCommit(listener: (batchSeq: number, events: readonly BookEvent[]) => void): () => void
  /** Resolves when the host holds the market, or the signal aborts. */
  ready(signal?: AbortSignal): Promise<void>
  /** Finishes the batch in flight, gives the lease up. */
  stop(): Promise<void>
}

export type HostOptions<Write> = {
  readonly market: string
  /** Unique to this node, and how others reach it: its URL. */
  readonly holder: string
  readonly lease: Lease
  readonly store: BookStore<Write>
  readonly clock: Clock
  /** Submissions in one commit at most; default 512. */
  readonly maxBatch?: number
  readonly log?: (event: string, fields: Record<string, unknown>) => void
}

export declare function startHost<Write>(options: HostOptions<Write>): MarketHost<Write>
