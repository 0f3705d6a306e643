import type { World } from './world.ts'

/** A lease as Redis or Postgres keeps it, by a clock of its own. */
export class ModelLease {
  readonly ttlMs: number
  readonly #world: World
  readonly #held = new Map<string, { readonly holder: string; readonly until: number }>()

  constructor(world: World, ttlMs: number) {
    this.#world = world
    this.ttlMs = ttlMs
  }

  acquire(market: string, holder: string): boolean {
    return this.#grant(market, holder, [null, holder])
  }

  renew(market: string, holder: string): boolean {
    return this.#grant(market, holder, [holder])
  }

  release(market: string, holder: string): void {
    if (this.holder(market) === holder) this.#held.delete(market)
  }

  holder(market: string): string | null {
    const held = this.#held.get(market)
    return held && held.until > this.#world.now() ? held.holder : null
  }

  /** Forgets everything, as a Redis that was flushed, or failed over to a replica that lagged behind. */
  flush(): void {
    this.#held.clear()
  }

  #grant(market: string, holder: string, from: readonly (string | null)[]): boolean {
    if (!from.includes(this.holder(market))) return false
    this.#held.set(market, { holder, until: this.#world.now() + this.ttlMs })
    return true
  }
}
