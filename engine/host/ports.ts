/** The host's view of the world. Production and simulation give different ones; the host knows no other. */
import type {
  BookEvent,
  Command,
  OfferState,
  ReservationState,
  StoredState,
} from '@offset-button/engine'

/** Milliseconds. `now` is the wall clock, for expiries that people see; `monotonic` never goes back, for leases. */
export type Clock = {
  now(): number
  monotonic(): number
  /** Resolves after so many milliseconds; at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** Calls back once after so many milliseconds, unless that is called off by what this returns. */
  after(milliseconds: number, callBack: () => void): () => void
}

/** Which of the grants of a market's lease: 1 or more, another each time it is taken. */
export type Grant = number

/** Who may write a market. Speed and order only: safety is the epoch in the Store. */
export type Lease = {
  /** How long a grant or a renewal lasts, in milliseconds. */
  readonly ttlMs: number
  /** Takes the lease if nobody has it, or it is ours. Null where another has it; throws when there is no answer. */
  acquire(market: string, holder: string): Promise<Grant | null>
  /** Takes it from a holder whose process is gone: as acquire, also where `from` has it. */
  seize(market: string, from: string, holder: string): Promise<Grant | null>
  /** Extends it if it is still ours: the same grant. */
  renew(market: string, holder: string): Promise<Grant | null>
  /** Gives it up if it is ours by this grant: what arrives late says nothing of a later one. */
  release(market: string, holder: string, grant: Grant): Promise<void>
  /** Who has it now: the value given to acquire; null where nobody has. */
  holder(market: string): Promise<string | null>
}

/** The other nodes, as far as one needs to know of them. */
export type Peers = {
  /**
   * What the node of that name says of itself: that it holds the market or is about to, or that it does not; `gone` where no
   * process is there to ask. Throws when there is no answer.
   */
  look(holder: string): Promise<'holding' | 'not holding' | 'gone'>
}

/** A command with its place in time and what it did. */
export type JournalEntry = {
  /** From 0, within the batch. */
  readonly position: number
  readonly command: Command
  readonly event: BookEvent
}

/** One commit: what changed in the book, and what callers want stored with it. */
export type Batch<Write> = {
  readonly market: string
  readonly epoch: number
  readonly journal: readonly JournalEntry[]
  /** State after the batch of every offer and reservation that it touched. */
  readonly offers: readonly OfferState[]
  readonly reservations: readonly ReservationState[]
  /** One for each submission that had one, with the position of its first command. */
  readonly writes: readonly { readonly position: number; readonly write: Write }[]
}

/** A definite answer. Anything else throws: the outcome is unknown. */
export type CommitResult =
  | { readonly kind: 'committed'; readonly batchSeq: number }
  /** Another epoch holds the market: stop. */
  | { readonly kind: 'fenced' }

/** The part of the Store that the host needs. Each call is one autocommitted statement. */
export type BookStore<Write> = {
  /** Mints the next epoch for `holder`, and ends the backend of the one before it. */
  mintEpoch(market: string, holder: string): Promise<number>
  /** Who minted last, and the epoch; null before anybody. */
  readHolder(market: string): Promise<{ readonly holder: string | null; readonly epoch: number }>
  /** Reads the book in a later statement than the mint. */
  readBook(market: string): Promise<{ readonly batchSeq: number; readonly book: StoredState }>
  /** First statement: `batch_seq + 1 WHERE epoch = mine`. Never sent twice. */
  commitBatch(batch: Batch<Write>): Promise<CommitResult>
}

/**
 * A line to every node of a market, for hints to look: it carries nothing that could be missed, and what is lost on it is made
 * good by the next look.
 */
export type Pulse = {
  /** Tells every node how far the book has come. False where this node itself will not hear it; never throws. */
  send(sequence: number): Promise<boolean>
  listen(onSequence: (sequence: number) => void): void
  close(): Promise<void>
}
