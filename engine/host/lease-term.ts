import { answerWithin } from './answer.ts'
import type { Clock, Lease } from './ports.ts'

export type LeaseTermOptions = {
  readonly market: string
  readonly holder: string
  readonly lease: Lease
  readonly clock: Clock
  readonly log: (event: string, fields: Record<string, unknown>) => void
}

/** Asks for the lease once. A term that has begun keeps itself until it ends or `stopping` aborts; null without the lease. */
export async function takeLease(
  options: LeaseTermOptions,
  stopping: AbortSignal,
): Promise<LeaseTerm | null> {
  const { market, holder, lease, clock, log } = options
  const sentAt = clock.monotonic()
  const answer = await answerWithin(clock, lease.ttlMs, () => lease.acquire(market, holder))
  if (answer.kind === 'unanswered') log('lease.acquire.unanswered', { reason: answer.reason })
  if (answer.kind === 'unanswered' || !answer.value) return null
  const term = new LeaseTerm(options, sentAt + lease.ttlMs, stopping)
  void term.keep()
  return term
}

/**
 * One unbroken hold of the lease, as far as this node can know. It lasts from before a grant or a renewal was sent, by the
 * monotonic clock: so it ends here no later than the lease itself does, however long the answer took.
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
    const answer = await answerWithin(clock, this.#remainingMs(), () => lease.renew(market, holder))
    if (answer.kind === 'unanswered') {
      log('lease.renew.unanswered', { reason: answer.reason })
      return 'unanswered'
    }
    if (!answer.value) return 'refused'
    this.#until = sentAt + lease.ttlMs
    return 'renewed'
  }

  #remainingMs(): number {
    return Math.max(0, this.#until - this.#options.clock.monotonic())
  }
}
