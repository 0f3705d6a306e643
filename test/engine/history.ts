/** A book with a past: seeded commands applied to it one by one, for tests of what holds at every moment. */
import {
  type Book,
  type BookEvent,
  type BookOptions,
  type BookState,
  type Command,
  createBook,
  type Rejected,
} from '@offset-button/engine'
import { CommandGenerator } from './generator.ts'
import type { Profile } from './profiles.ts'

/** Each of these must give the same answers. */
export const SETTINGS: readonly BookOptions[] = [
  {},
  { plan: 'scan' },
  { plan: 'merge' },
  { maxCachedFilters: 1 },
]

export const ORDINARY: Profile = {
  prices: 6,
  huge: false,
  placing: 4,
  maxFills: 20,
  reattributing: 25,
  weights: { expire: 2 },
}

export class History {
  readonly book: Book
  readonly generator: CommandGenerator
  readonly commands: Command[] = []
  readonly events: (BookEvent | Rejected)[] = []
  #open: number[] = []

  constructor(seed: number, profile: Profile = ORDINARY, options: BookOptions = {}) {
    this.book = createBook({ maxFills: profile.maxFills, ...options })
    this.generator = new CommandGenerator(seed, profile, () => this.#open)
  }

  /** One command more. */
  next(): { readonly command: Command; readonly event: BookEvent | Rejected } {
    const command = this.generator.next()
    return { command, event: this.apply(command) }
  }

  /** So many commands more. */
  live(commands: number): this {
    for (let left = commands; left > 0; left--) this.next()
    return this
  }

  apply(command: Command): BookEvent | Rejected {
    const event = this.book.apply(command)
    this.generator.observe(event)
    this.commands.push(command)
    this.events.push(event)
    if (event.kind === 'OfferPlaced') this.#open.push(event.offer)
    if (event.kind === 'OfferWithdrawn') this.#open = this.#open.filter((id) => id !== event.offer)
    return event
  }
}

/** Runs a test on the histories of so many seeds under every setting; an error names the seed and the setting. */
export function eachHistory(
  seeds: number,
  profile: Profile,
  test: (history: History, options: BookOptions) => void,
): void {
  for (let seed = 1; seed <= seeds; seed++) {
    for (const setting of SETTINGS) {
      try {
        test(new History(seed, profile, setting), { maxFills: profile.maxFills, ...setting })
      } catch (error) {
        if (!(error instanceof Error)) throw error
        error.message = `seed ${seed}, ${JSON.stringify(setting)}: ${error.message}`
        throw error
      }
    }
  }
}

/** As it comes back from a store. */
export function stored(book: Book): BookState {
  return JSON.parse(JSON.stringify(book.state())) as BookState
}

/** Events to the byte; bigints as their digits. */
export function bytes(events: unknown): string {
  return JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}
