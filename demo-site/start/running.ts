import { type Child, describeExit } from './child-process.ts'
import type { RunRecord } from './run-record.ts'

const STOP_WITHIN_MS = 9000

/** Everything that was started, in the order it was started; it ends in the reverse order. */
export class Running {
  readonly #children: Child[] = []
  readonly #record: RunRecord
  readonly #onCrash: (sentence: string) => void
  #stopping: Promise<void> | undefined

  /** `onCrash` hears, once, of a child that ended though nobody asked it to. */
  constructor(record: RunRecord, onCrash: (sentence: string) => void) {
    this.#record = record
    this.#onCrash = onCrash
  }

  /** True once `stop` was called: what fails from then on is no news. */
  get isStopping(): boolean {
    return this.#stopping !== undefined
  }

  /** Takes a child, as soon as it was started, to stop it in its turn. */
  add(child: Child): void {
    this.#record.add(child.name, child.pid, child.stopSignals[0]?.[0] ?? 'SIGTERM')
    this.#children.push(child)
    if (this.isStopping) void child.stop()
  }

  /** From now on this child is expected to run until it is stopped. */
  watch(child: Child): void {
    void child.exited.then(() => {
      if (!child.isStopping && !this.isStopping) this.#onCrash(describeExit(child))
    })
  }

  /** Stops everything, the last started first, each before the next; what is left after 9 s is killed. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopInOrder()
    return this.#stopping
  }

  /** Kills everything that still runs, at once. */
  kill(): void {
    for (const child of this.#children) if (!child.exit) void child.kill('SIGKILL')
  }

  async #stopInOrder(): Promise<void> {
    const late = setTimeout(() => this.kill(), STOP_WITHIN_MS)
    // Popped one at a time: what is started at this very moment still joins the list.
    for (let child = this.#children.at(-1); child; child = this.#children.at(-1)) {
      await child.stop()
      this.#children.splice(this.#children.indexOf(child), 1)
    }
    clearTimeout(late)
    this.#record.close()
  }
}
