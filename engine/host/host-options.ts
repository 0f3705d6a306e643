import type { BookStore, Clock, Lease, Peers } from './ports.ts'

export type HostState = 'following' | 'rebuilding' | 'holding' | 'stopped'

export type HostOptions<Write> = {
  readonly market: string
  /** Unique to this node, and how others reach it: its URL. */
  readonly holder: string
  readonly lease: Lease
  readonly store: BookStore<Write>
  readonly clock: Clock
  /** The other nodes. Absent: the market is held by the lease alone, and only when it answers. */
  readonly peers?: Peers
  readonly log?: (event: string, fields: Record<string, unknown>) => void
} & Partial<HostLimits>

export type HostLimits = {
  /** Submissions in one commit at most; default 512. */
  readonly maxBatch: number
  /** Submissions that may wait; more are unavailable at once. Default 10,000. */
  readonly maxWaiting: number
  /** Milliseconds that submissions wait for a host that does not hold the market; then they are unavailable. Default 3000. */
  readonly patienceMs: number
  /** Milliseconds between two attempts to hold the market; default a thirtieth of the lease. */
  readonly seekMs: number
  /** Milliseconds after which a call to the store counts as unanswered. Default 10,000. */
  readonly answerTimeoutMs: number
  /** The same for reading the book, which takes the longer the larger it is. Default 120,000. */
  readonly readTimeoutMs: number
}

export function withDefaults<Write>(
  options: HostOptions<Write>,
): HostOptions<Write> & HostLimits & { readonly log: NonNullable<HostOptions<Write>['log']> } {
  return {
    seekMs: options.lease.ttlMs / 30,
    maxBatch: 512,
    maxWaiting: 10_000,
    patienceMs: 3000,
    answerTimeoutMs: 10_000,
    readTimeoutMs: 120_000,
    log: () => {},
    ...options,
  }
}
