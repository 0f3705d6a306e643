import { answerWithin } from './answer.ts'
import type { BookStore, Clock, Lease, Peers } from './ports.ts'

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

  constructor(options: LeaseTermOptions, until: number, stopping: AbortSignal) {
    this.#options = options
    this.#until = until
    this.signal = AbortSignal.any([this.#over.signal, stopping])
  }

  /** False from the very millisecond in which another may have the lease, also before anything noticed. */
  holds(): boolean {
    return !this.signal.aborted && this.#options.clock.monotonic() < this.#until
  }

  end(): void {
    this.#over.abort()
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

  async #renew(): Promise<'renewed' | 'refused' | 'unanswered'> {
    const { market, holder, lease, clock, log } = this.#options
    const sentAt = clock.monotonic()
    const answer = await answerWithin(clock, this.#remainingMs() / 2, () =>
      lease.renew(market, holder),
    )
    if (answer.kind === 'unanswered') log('lease.renew.unanswered', { reason: answer.reason })
    const renewed =
      answer.kind === 'answered' && answer.value ? 'renewed' : await this.#renewAtStore(answer.kind)
    if (renewed === 'renewed') this.#until = sentAt + lease.ttlMs
    return renewed
  }

  /** Where the lease has forgotten us it is asked for anew; where it is silent, the Store's word is enough. */
  async #renewAtStore(
    leaseIs: 'answered' | 'unanswered',
  ): Promise<'renewed' | 'refused' | 'unanswered'> {
    const { market, holder, lease, store, clock, peers, epoch, log } = this.#options
    const silent = leaseIs === 'answered' ? 'refused' : 'unanswered'
    if (!peers) return silent
    let isTaken = false
    if (leaseIs === 'answered') {
      const granted = await answerWithin(clock, this.#remainingMs() / 2, () =>
        lease.acquire(market, holder),
      )
      isTaken = granted.kind === 'answered' && !granted.value
    }
    const mine = epoch()
    // Before the mint nothing is shown yet.
    if (mine === null) return isTaken ? 'refused' : 'renewed'
    const named = await answerWithin(clock, this.#remainingMs(), () => store.readHolder(market))
    if (named.kind === 'unanswered') return silent
    if (named.value.epoch !== mine) return 'refused'
    // Whoever was granted a forgotten lease gives it back when it finds this node holding: asked again while the term lasts.
    if (isTaken) return 'unanswered'
    log('lease.kept', { epoch: mine, by: 'the word of the Store' })
    return 'renewed'
  }

  #remainingMs(): number {
    return Math.max(0, this.#until - this.#options.clock.monotonic())
  }
}
