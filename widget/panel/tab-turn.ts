/**
 * The right of one tab to pay: held by the tab that pays, given up with it, and taken over when the
 * visitor says so. A browser without locks leaves it to the idempotency key.
 */
export class TabTurn {
  #isElsewhere = false
  #release: (() => void) | null = null
  #waiting: AbortController | null = null
  readonly #name: () => string
  readonly #onChange: () => void

  constructor(name: () => string, onChange: () => void) {
    this.#name = name
    this.#onChange = onChange
  }

  /** True while another tab has the turn. */
  get isElsewhere(): boolean {
    return this.#isElsewhere
  }

  /** Takes the turn where it is free; false where another tab has it. The turn comes when that ends. */
  async claim(): Promise<boolean> {
    if (this.#release) return true
    const got = await this.#request({ ifAvailable: true })
    if (!got) this.#wait()
    return got
  }

  /** Takes the turn from the tab that has it: that one only watches from then on. */
  async takeOver(): Promise<void> {
    this.#waiting?.abort()
    await this.#request({ steal: true })
  }

  release(): void {
    this.#waiting?.abort()
    this.#release?.()
    this.#release = null
    this.#isElsewhere = false
  }

  #wait(): void {
    this.#waiting?.abort()
    this.#waiting = new AbortController()
    void this.#request({ signal: this.#waiting.signal })
  }

  #request(options: LockOptions): Promise<boolean> {
    const { locks } = navigator as { locks?: LockManager }
    if (!locks) return Promise.resolve(true)
    return new Promise((resolve) => {
      const held = locks.request(this.#name(), options, (lock) => {
        this.#set(lock === null)
        resolve(lock !== null)
        if (lock === null) return
        return new Promise<void>((release) => {
          this.#release = release
        })
      })
      held.catch(() => {
        // Taken over by another tab, or no longer waited for.
        const wasHeld = this.#release !== null && !options.signal?.aborted
        resolve(false)
        if (!wasHeld) return
        this.#release = null
        this.#set(true)
        this.#wait()
      })
    })
  }

  #set(isElsewhere: boolean): void {
    if (this.#isElsewhere === isElsewhere) return
    this.#isElsewhere = isElsewhere
    this.#onChange()
  }
}
