import type { World } from './world.ts'

/** A lease as Redis or Postgres keeps it, by a clock of its own. */
export class ModelLease {
  readonly ttlMs: number
  readonly #world: World
  #held: Grants = new Map()
  /** How it stood before each change, the latest last. */
  readonly #past: { readonly at: number; readonly held: Grants }[] = []

  constructor(world: World, ttlMs: number) {
    this.#world = world
    this.ttlMs = ttlMs
  }

  acquire(market: string, holder: string): boolean {
    return this.#grant(market, holder, [null, holder])
  }

  seize(market: string, from: string, holder: string): boolean {
    return this.#grant(market, holder, [null, holder, from])
  }

  renew(market: string, holder: string): boolean {
    return this.#grant(market, holder, [holder])
  }

  release(market: string, holder: string): void {
    if (this.holder(market) !== holder) return
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
  }

  /** Goes on as it stood so many milliseconds ago, as a Redis that failed over to a replica that lagged behind. */
  failOver(lagMs: number): void {
    const then = this.#world.now() - lagMs
    const after = this.#past.find((one) => one.at > then)
    if (after) this.#held = new Map(after.held)
  }

  #grant(market: string, holder: string, from: readonly (string | null)[]): boolean {
    if (!from.includes(this.holder(market))) return false
    this.#remember()
    this.#held.set(market, { holder, until: this.#world.now() + this.ttlMs })
    return true
  }

  #remember(): void {
    this.#past.push({ at: this.#world.now(), held: new Map(this.#held) })
    if (this.#past.length > 100) this.#past.splice(0, 50)
  }
}

type Grants = Map<string, { readonly holder: string; readonly until: number }>
