import type { BookStore, Clock, Lease } from '@offset-button/engine-host'
import type { ModelLease } from './model-lease.ts'
import type { ModelStore } from './model-store.ts'
import type { World } from './world.ts'

/** The name of a call: of the lease `acquire`, `renew`, `release`, `holder`; of the Store `mint`, `read`, `commit`; or of others. */
export type Call = string

/** How one call travels. Without a word: a millisecond there, a millisecond back. */
export type Trip = {
  /** Until it arrives and takes effect. */
  readonly thereMs?: number
  /** From then until its answer is here; Infinity for never. */
  readonly backMs?: number
  /** `before`: it never arrives; `after`: it takes effect, and its answer does not come. Either way the caller sees an error. */
  readonly lost?: 'before' | 'after'
  /** The caller sees an error so soon, while the call itself travels on and takes effect. */
  readonly failsAfterMs?: number
}

/** How a caller learns that a call came to nothing, and after how many milliseconds it stops waiting. */
export type Loss = { readonly error: (call: Call) => Error; readonly timeoutMs?: number }

const CONNECTION_LOST: Loss = { error: (call) => new Error(`${call}: the connection was lost`) }

/**
 * What one host sees of the world. Pausing is SIGSTOP: nothing goes on here, what comes in waits. A crash is SIGKILL: nothing
 * goes on here ever again, and what was sent travels on.
 */
export class SimulatedNode {
  /** Added to the wall clock only. */
  wallJumpMs = 0
  /** How calls travel; `next` has precedence, once. */
  trips: (call: Call) => Trip = () => ({})
  readonly #world: World
  readonly #startedAt: number
  readonly #next = new Map<Call, Trip[]>()
  readonly #sent = new Map<Call, number>()
  #paused = false
  #crashed = false
  #waiting: (() => void)[] = []

  constructor(world: World, startedAt = 0) {
    this.#world = world
    this.#startedAt = startedAt
  }

  /** The next call of this kind travels like this. */
  next(call: Call, trip: Trip): void {
    this.#next.set(call, [...(this.#next.get(call) ?? []), trip])
  }

  /** How often such a call left this node, whatever came of it. */
  sent(call: Call): number {
    return this.#sent.get(call) ?? 0
  }

  paused(): boolean {
    return this.#paused
  }

  pause(): void {
    this.#paused = true
  }

  crash(): void {
    this.#crashed = true
    this.#waiting = []
  }

  crashed(): boolean {
    return this.#crashed
  }

  /** Neither paused nor gone. */
  goesOn(): boolean {
    return !this.#paused && !this.#crashed
  }

  /** Goes on in the very moment of waking: what waited comes in afterwards. */
  resume(): void {
    this.#paused = false
    for (const happen of this.#waiting.splice(0)) this.#world.after(0, happen)
  }

  clock(): Clock {
    return {
      // Whole milliseconds, as the machine's clock tells them.
      now: () => 1_700_000_000_000 + Math.floor(this.#world.now()) + this.wallJumpMs,
      monotonic: () => this.#startedAt + this.#world.now(),
      sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve()
          const callOff = this.#world.unlessCalledOff(milliseconds, () => {
            signal?.removeEventListener('abort', wake)
            this.happen(resolve)
          })
          const wake = () => {
            callOff()
            resolve()
          }
          signal?.addEventListener('abort', wake, { once: true })
        }),
      after: (milliseconds, callBack) =>
        this.#world.unlessCalledOff(milliseconds, () => this.happen(callBack)),
    }
  }

  lease(lease: ModelLease): Lease {
    return {
      ttlMs: lease.ttlMs,
      acquire: (market, holder) => this.travel('acquire', () => lease.acquire(market, holder)),
      seize: (market, from, holder) =>
        this.travel('seize', () => lease.seize(market, from, holder)),
      renew: (market, holder) => this.travel('renew', () => lease.renew(market, holder)),
      release: (market, holder, grant) =>
        this.travel('release', () => lease.release(market, holder, grant)),
      holder: (market) => this.travel('holder', () => lease.holder(market)),
    }
  }

  store<Write>(store: ModelStore<Write>): BookStore<Write> {
    return {
      mintEpoch: (market, holder) => this.travel('mint', () => store.mintEpoch(market, holder)),
      readHolder: (market) => this.travel('read holder', () => store.readHolder(market)),
      readBook: (market) => this.travel('read', () => store.readBook(market)),
      commitBatch: (batch) => {
        const sent = structuredClone(batch)
        return this.travel('commit', () => store.commitBatch(sent))
      },
    }
  }

  /** Sends a call. What its act throws is its answer, as a refusal by a database is; it settles no promise. */
  travel<Value>(call: Call, act: () => Value, loss: Loss = CONNECTION_LOST): Promise<Value> {
    const trip = (this.#next.size > 0 && this.#next.get(call)?.shift()) || this.trips(call)
    this.#sent.set(call, this.sent(call) + 1)
    const { thereMs = 1, backMs = 1, lost, failsAfterMs } = trip
    return new Promise((resolve, reject) => {
      const fail = () => this.happen(() => reject(loss.error(call)))
      if (failsAfterMs !== undefined) this.#world.after(failsAfterMs, fail)
      if (loss.timeoutMs !== undefined && thereMs + backMs > loss.timeoutMs) {
        this.#world.after(loss.timeoutMs, fail)
      }
      this.#world.quietly(thereMs, () => {
        const answer = lost === 'before' ? undefined : outcomeOf(act)
        if (backMs === Number.POSITIVE_INFINITY) return
        const arrive = () =>
          this.happen(() => {
            if (answer && 'error' in answer) reject(answer.error)
            else resolve(answer?.value as Value)
          })
        this.#world.after(backMs, lost ? fail : arrive)
      })
    })
  }

  /** Something comes in: at once, when this node goes on, or never. */
  happen(what: () => void): void {
    if (this.#crashed) return
    if (this.#paused) this.#waiting.push(() => this.happen(what))
    else what()
  }
}

function outcomeOf<Value>(act: () => Value): { value: Value } | { error: unknown } {
  try {
    return { value: act() }
  } catch (error) {
    return { error }
  }
}
