import type { Grant } from '@offset-button/engine-host'
import type { World } from './world.ts'

/** A lease as Redis or Postgres keeps it, by a clock of its own. */
export class ModelLease {
  readonly ttlMs: number
  readonly #world: World
  #held: Grants = new Map()
  #grants = 0
  /** How it stood before each change, the latest last. */
  readonly #past: { readonly at: number; readonly held: Grants; readonly grants: Grant }[] = []

  constructor(world: World, ttlMs: number) {
    this.#world = world
    this.ttlMs = ttlMs
  }

  acquire(market: string, holder: string): Grant | null {
    return this.#take(market, holder, [null, holder])
  }

  seize(market: string, from: string, holder: string): Grant | null {
    return this.#take(market, holder, [null, holder, from])
  }

  renew(market: string, holder: string): Grant | null {
    const held = this.#held.get(market)
    if (!held || this.holder(market) !== holder) return null
    this.#hold(market, { ...held, until: this.#world.now() + this.ttlMs })
    return held.grant
  }

  release(market: string, holder: string, grant: Grant): void {
    if (this.holder(market) !== holder || this.#held.get(market)?.grant !== grant) return
    this.#remember()
    this.#held.delete(market)
  }

  holder(market: string): string | null {
    const held = this.#held.get(market)
    return held && held.until > this.#world.now() ? held.holder : null
  }

  /** Forgets everything, as a Redis that was flushed, or started again without its data. */
  flush(): void {
    this.#remember()
    this.#held.clear()
    this.#grants = 0
  }

  /** Goes on as it stood so many milliseconds ago, as a Redis that failed over to a replica that lagged behind. */
  failOver(lagMs: number): void {
    const then = this.#world.now() - lagMs
    const after = this.#past.find((one) => one.at > then)
    if (!after) return
    this.#held = new Map(after.held)
    this.#grants = after.grants
  }

  #take(market: string, holder: string, from: readonly (string | null)[]): Grant | null {
    if (!from.includes(this.holder(market))) return null
    const grant = this.#grants + 1
    this.#hold(market, { holder, grant, until: this.#world.now() + this.ttlMs })
    this.#grants = grant
    return grant
  }

  #hold(market: string, held: Held): void {
    this.#remember()
    this.#held.set(market, held)
  }

  #remember(): void {
    const [held, grants] = [new Map(this.#held), this.#grants]
    this.#past.push({ at: this.#world.now(), held, grants })
    if (this.#past.length > 100) this.#past.splice(0, 50)
  }
}

type Held = { readonly holder: string; readonly grant: Grant; readonly until: number }
type Grants = Map<string, Held>
