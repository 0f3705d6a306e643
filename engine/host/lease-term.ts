import { answerWithin } from './answer.ts'
import type { BookStore, Clock, Grant, Lease, Peers } from './ports.ts'

export type LeaseTermOptions = {
  readonly market: string
  readonly holder: string
  readonly lease: Lease
  readonly store: Pick<BookStore<never>, 'readHolder'>
  /** Absent: the market is held by the lease alone. */
  readonly peers: Peers | undefined
  readonly clock: Clock
  /** The epoch of this term; null until it is minted. */
  readonly epoch: () => number | null
  readonly log: (event: string, fields: Record<string, unknown>) => void
}

type Renewal = 'renewed' | 'refused' | 'unanswered'

/**
 * One unbroken hold of the market, as far as this node can know. It lasts from before a grant or a renewal was sent, by the
 * monotonic clock: so it ends here no later than the lease itself does, however long the answer took. With peers it outlasts a
 * lease that does not answer, or has forgotten, for as long as the Store says that no later epoch was minted.
 */
export class LeaseTerm {
  /** Aborts when the term is over; a term never begins again. */
  readonly signal: AbortSignal
  readonly #options: LeaseTermOptions
  readonly #over = new AbortController()
  #until: number
  /** As far as the lease has said; null where it has not answered yet. */
  #grant: Grant | null

  constructor(
    options: LeaseTermOptions,
    until: number,
    grant: Grant | null,
    stopping: AbortSignal,
  ) {
    this.#options = options
    this.#until = until
    this.#grant = grant
    this.signal = this.#over.signal
    // By hand: signals that Node joins are kept for as long as somebody listens to them.
    const end = () => this.end()
    if (stopping.aborted) end()
    else stopping.addEventListener('abort', end)
    this.signal.addEventListener('abort', () => stopping.removeEventListener('abort', end))
  }

  /** False from the very millisecond in which another may have the lease, also before anything noticed. */
  holds(): boolean {
    return !this.signal.aborted && this.#options.clock.monotonic() < this.#until
  }

  end(): void {
    this.#over.abort()
  }

  /** Ends the term, and gives the lease up. */
  async release(): Promise<void> {
    const { market, holder, lease, clock, log } = this.#options
    const grant = this.#grant
    this.end()
    if (grant === null) return
    const answer = await answerWithin(clock, lease.ttlMs, () =>
      lease.release(market, holder, grant),
    )
    if (answer.kind === 'unanswered') log('lease.release.unanswered', answer)
  }

  /** Renews every third of the lease. A renewal without an answer is tried again while the term lasts. */
  async keep(): Promise<void> {
    const { clock, lease, log } = this.#options
    while (this.holds()) {
      await clock.sleep(Math.min(lease.ttlMs / 3, this.#remainingMs()), this.signal)
      if (!this.holds()) break
      if ((await this.#renew()) === 'refused') break
    }
    if (!this.signal.aborted) log('lease.lost', { untilMs: this.#until })
    this.end()
  }

  async #renew(): Promise<Renewal> {
    const { market, holder, lease, clock, peers, log } = this.#options
    const sentAt = clock.monotonic()
    const answer = await answerWithin(clock, this.#remainingMs() / 2, () =>
      lease.renew(market, holder),
    )
    if (answer.kind === 'answered' && answer.value !== null) {
      this.#grant = answer.value
      return this.#lastFrom(sentAt)
    }
    if (answer.kind === 'unanswered') log('lease.renew.unanswered', { reason: answer.reason })
    if (peers) return this.#renewAtStore(answer.kind)
    return answer.kind === 'answered' ? 'refused' : 'unanswered'
  }

  /**
   * Where the lease has forgotten us it is asked for anew. From the mint on it is the Store that decides, also where another was
   * granted the lease first: that one finds this node holding and gives it back, or mints and so ends this term.
   */
  async #renewAtStore(leaseIs: 'answered' | 'unanswered'): Promise<Renewal> {
    const { market, holder, lease, store, clock, epoch, log } = this.#options
    let isTaken = false
    if (leaseIs === 'answered') {
      const granted = await answerWithin(clock, this.#remainingMs() / 2, () =>
        lease.acquire(market, holder),
      )
      if (granted.kind === 'answered') this.#grant = granted.value
      isTaken = granted.kind === 'answered' && granted.value === null
    }
    const mine = epoch()
    const askedAt = clock.monotonic()
    // Before the mint nothing is shown yet.
    if (mine === null) return isTaken ? 'refused' : this.#lastFrom(askedAt)
    const named = await answerWithin(clock, this.#remainingMs(), () => store.readHolder(market))
    if (named.kind === 'unanswered') return leaseIs === 'answered' ? 'refused' : 'unanswered'
    if (named.value.epoch !== mine) return 'refused'
    log('lease.kept', { epoch: mine, by: 'the word of the Store' })
    return this.#lastFrom(askedAt)
  }

  /** The Store's word, too, lasts from before it was asked for. */
  #lastFrom(at: number): 'renewed' {
    this.#until = at + this.#options.lease.ttlMs
    return 'renewed'
  }

  #remainingMs(): number {
    return Math.max(0, this.#until - this.#options.clock.monotonic())
  }
}
