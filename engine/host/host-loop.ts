import { type Book, type BookEvent, createBook } from '@offset-button/engine'
import { answerWithin } from './answer.ts'
import { answerBatch, type BatchOutcome } from './batch-answer.ts'
import { type BuiltBatch, buildBatch } from './batch-builder.ts'
import { seekTerm } from './candidacy.ts'
import { type HostLimits, type HostOptions, type HostState, withDefaults } from './host-options.ts'
import type { LeaseTerm, LeaseTermOptions } from './lease-term.ts'
import type { BookStore, Clock } from './ports.ts'
import type { Submission, SubmissionResult } from './submission.ts'
import { SubmissionQueue } from './submission-queue.ts'

type CommitListener = (batchSeq: number, events: readonly BookEvent[]) => void

/** One market's book, twice: what is committed, and what is ahead of it by the batch in flight. */
type Books = { readonly committed: Book; live: Book }
type Held = { readonly term: LeaseTerm; readonly books: Books }

/**
 * Follows until the lease is free, then mints an epoch, reads the book, and serves submissions, one batch in flight. After
 * any outcome that is not a definite answer both books are dropped, an epoch is minted again, and the book is read again.
 */
export class HostLoop<Write> {
  readonly #market: string
  readonly #holder: string
  readonly #store: BookStore<Write>
  readonly #clock: Clock
  readonly #term: LeaseTermOptions
  readonly #limits: HostLimits
  readonly #log: (event: string, fields: Record<string, unknown>) => void
  readonly #queue: SubmissionQueue<Write>
  readonly #listeners = new Set<CommitListener>()
  readonly #awaitingReady = new Set<() => void>()
  readonly #stopping = new AbortController()
  readonly #stopped: Promise<void>
  #patience = new AbortController()
  #state: HostState = 'following'
  #held: Held | null = null
  #epoch = 0
  /** The epoch of the term that lasts, once it is minted. */
  #minted: number | null = null
  #batchSeq = 0
  /** The Store did not answer this node when it held the market or was about to: another may do better. */
  #isCutOff = false

  constructor(options: HostOptions<Write>) {
    const { market, holder, lease, store, clock, peers, log, ...limits } = withDefaults(options)
    this.#market = market
    this.#holder = holder
    this.#store = store
    this.#clock = clock
    this.#log = (event, fields) => log(event, { market, holder, ...fields })
    this.#term = {
      market,
      holder,
      lease,
      store,
      peers,
      clock,
      epoch: () => this.#minted,
      log: this.#log,
    }
    this.#limits = limits
    this.#queue = new SubmissionQueue(limits.maxWaiting)
    void this.#losePatience()
    this.#stopped = this.#run()
  }

  state(): HostState {
    return this.#state === 'holding' && !this.#holding() ? 'following' : this.#state
  }

  batchSeq(): number {
    return this.#batchSeq
  }

  epoch(): number {
    return this.#epoch
  }

  read<T>(reader: (book: Book) => T): T | null {
    const held = this.#holding()
    return held ? reader(held.books.committed) : null
  }

  submit(submission: Submission<Write>): Promise<SubmissionResult> {
    return this.#queue.push(submission)
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  ready(signal?: AbortSignal): Promise<void> {
    if (this.#holding() || this.#state === 'stopped' || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const settle = () => {
        this.#awaitingReady.delete(settle)
        signal?.removeEventListener('abort', settle)
        resolve()
      }
      this.#awaitingReady.add(settle)
      signal?.addEventListener('abort', settle)
    })
  }

  stop(): Promise<void> {
    this.#stopping.abort()
    this.#patience.abort()
    this.#queue.refuse()
    return this.#stopped
  }

  /** What is held, as long as the term lasts by the clock: a host that was paused finds nothing here. */
  #holding(): Held | null {
    return this.#held?.term.holds() ? this.#held : null
  }

  async #run(): Promise<void> {
    const stopping = this.#stopping.signal
    while (!stopping.aborted) {
      this.#minted = null
      const term = (await this.#hearsStore()) ? await seekTerm(this.#term, stopping) : null
      if (term) {
        await this.#hold(term)
        await term.release()
      }
      await this.#clock.sleep(this.#limits.seekMs, stopping)
    }
    this.#enter('stopped')
  }

  async #hold(term: LeaseTerm): Promise<void> {
    term.signal.addEventListener('abort', () => this.#letGo(), { once: true })
    while (term.holds()) {
      const books = await this.#rebuild(term)
      if (!books) break
      const held = { term, books }
      this.#held = held
      this.#enter('holding')
      void this.#watchStore(held)
      await this.#serve(term, books)
    }
    term.end()
    this.#enter('following')
  }

  /**
   * While the market is held: asks the Store three times a lease, also where nobody submits anything, and ends the term after
   * two questions without an answer. The lease may answer only us, and the Store only others.
   */
  async #watchStore(held: Held): Promise<void> {
    const { ttlMs } = this.#term.lease
    for (let unanswered = 0; unanswered < 2; ) {
      await this.#clock.sleep(ttlMs / 3, held.term.signal)
      if (this.#holding() !== held) return
      unanswered = (await this.#isStoreThere()) ? 0 : unanswered + 1
    }
    if (this.#holding() !== held) return
    this.#log('store.silent', { epoch: this.#epoch })
    this.#isCutOff = true
    held.term.end()
  }

  /** A node that was cut off from the Store leaves the lease to others until it hears the Store again. */
  async #hearsStore(): Promise<boolean> {
    if (this.#isCutOff) this.#isCutOff = !(await this.#isStoreThere())
    return !this.#isCutOff
  }

  async #isStoreThere(): Promise<boolean> {
    const answer = await answerWithin(this.#clock, this.#term.lease.ttlMs, () =>
      this.#store.readHolder(this.#market),
    )
    return answer.kind === 'answered'
  }

  /** At once, also while a batch is in flight: what became of that one is still answered. */
  #letGo(): void {
    this.#enter('following')
    this.#queue.nudge()
  }

  /** Bump first, then read: a commit of an earlier epoch either is in what is read, or is fenced. */
  async #rebuild(term: LeaseTerm): Promise<Books | null> {
    this.#enter('rebuilding')
    const beganAt = this.#clock.monotonic()
    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))
    if (minted.kind === 'unanswered') return this.#notHeard('mint', minted.reason)
    this.#epoch = minted.value
    this.#minted = minted.value
    const mintedAt = this.#clock.monotonic()
    const read = await this.#readBook()
    if (read.kind === 'unanswered') return this.#notHeard('read', read.reason)
    if (!term.holds()) return null
    const { batchSeq, book } = read.value
    const readAt = this.#clock.monotonic()
    try {
      const committed = createBook({}, book)
      const books = { committed, live: committed.copy() }
      this.#batchSeq = batchSeq
      this.#log('host.holding', {
        epoch: this.#epoch,
        batchSeq,
        mintMs: Math.round(mintedAt - beganAt),
        readMs: Math.round(readAt - mintedAt),
        restoreMs: Math.round(this.#clock.monotonic() - readAt),
      })
      return books
    } catch (reason) {
      return this.#notRebuilt('restore', reason)
    }
  }

  #readBook() {
    return answerWithin(this.#clock, this.#limits.readTimeoutMs, () =>
      this.#store.readBook(this.#market),
    )
  }

  #notHeard(step: string, reason: unknown): null {
    this.#isCutOff = true
    return this.#notRebuilt(step, reason)
  }

  #notRebuilt(step: string, reason: unknown): null {
    this.#log('host.notRebuilt', { step, reason })
    return null
  }

  /** Returns when the book has to be read again, or the term is over. The next batch is built when the last returned. */
  async #serve(term: LeaseTerm, books: Books): Promise<void> {
    while (term.holds()) {
      await this.#queue.arrival()
      if (!term.holds()) return
      const batch = buildBatch(books.live, this.#queue.take(this.#limits.maxBatch))
      this.#queue.putBack(batch.rest)
      const outcome =
        batch.contents.journal.length === 0 ? 'nothing' : await this.#commit(batch, books)
      if (outcome === 'fenced') term.end()
      if (outcome === 'fenced' || outcome === 'unknown') this.#held = null
      answerBatch(batch, outcome, this.#batchSeq)
      if (this.#held === null) return
      if (batch.spoilt) books.live = books.committed.copy()
    }
  }

  async #commit(batch: BuiltBatch<Write>, books: Books): Promise<BatchOutcome> {
    const epoch = this.#epoch
    const answer = await this.#ask(() =>
      this.#store.commitBatch({ market: this.#market, epoch, ...batch.contents }),
    )
    if (answer.kind === 'unanswered') {
      this.#log('commit.unknown', { epoch, reason: answer.reason })
      return 'unknown'
    }
    if (answer.value.kind === 'fenced') {
      this.#log('commit.fenced', { epoch })
      return 'fenced'
    }
    this.#batchSeq = answer.value.batchSeq
    for (const { command } of batch.contents.journal) books.committed.apply(command)
    this.#tell(batch.contents.journal.map((entry) => entry.event))
    return 'committed'
  }

  #tell(events: readonly BookEvent[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(this.#batchSeq, events)
      } catch (reason) {
        this.#log('listener.threw', { reason })
      }
    }
  }

  #ask<Value>(ask: () => Promise<Value>) {
    return answerWithin(this.#clock, this.#limits.answerTimeoutMs, ask)
  }

  #enter(state: HostState): void {
    const was = this.#state
    this.#state = state
    if (state !== 'holding') this.#held = null
    if (state === 'holding') {
      this.#patience.abort()
      this.#queue.accept()
    } else if (was === 'holding' && !this.#stopping.signal.aborted) {
      void this.#losePatience()
    }
    if (state === 'holding' || state === 'stopped') {
      for (const settle of [...this.#awaitingReady]) settle()
    }
  }

  /** Once the market was not held for so long, whoever waits is told, and newcomers do not wait at all. */
  async #losePatience(): Promise<void> {
    const patience = new AbortController()
    this.#patience = patience
    await this.#clock.sleep(this.#limits.patienceMs, patience.signal)
    if (!patience.signal.aborted) this.#queue.refuse()
  }
}
