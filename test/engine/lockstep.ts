/** Books that choose their plan in different ways, kept in step with the oracle: whoever answers otherwise is found out. */
import {
  type Book,
  type BookEvent,
  type BookOptions,
  type BookState,
  type Command,
  createBook,
  explainPast,
  type Query,
  type Rejected,
} from '@offset-button/engine'
import * as assert from 'uvu/assert'
import { SETTINGS } from './history.ts'
import { holdsTogether } from './invariants.ts'
import { Oracle } from './oracle.ts'
import { isQuestion, type Question, type Step } from './step.ts'

export type MakeBook = (options: BookOptions, from?: BookState) => Book

const JOURNAL_COMMANDS = 120

export class Lockstep {
  readonly oracle: Oracle
  /** How often each event, refusal and question came. */
  readonly seen = new Map<string, number>()
  readonly #books: Book[]
  readonly #maxFills: number
  readonly #makeBook: MakeBook
  #checks = 0
  #journal: Command[] = []
  /** Where the journal begins: the state, and how many offers had ended. */
  #from: { readonly state: BookState | undefined; readonly gone: number }

  /** `before`: so many offers and reservations were there before, and are gone. */
  constructor(maxFills: number, before = 0, makeBook: MakeBook = createBook) {
    this.oracle = new Oracle(maxFills, before)
    this.#maxFills = maxFills
    this.#makeBook = makeBook
    const state = before > 0 ? this.oracle.state() : undefined
    this.#books = SETTINGS.map((setting) => makeBook({ maxFills, ...setting }, state))
    this.#from = { state, gone: 0 }
  }

  /** The books' answer to a command. Throws where a book and the oracle disagree, or something does not hold. */
  take(step: Step): BookEvent | Rejected | undefined {
    if (isQuestion(step)) {
      this.#count(step.kind)
      this.#ask(step)
      return undefined
    }
    const event = this.oracle.apply(step)
    this.#each((book) => book.apply(step), event, 'the event')
    this.#journal.push(step)
    if (event.kind !== 'Rejected') this.#look(step)
    this.#count(event.kind === 'Rejected' ? event.reason : event.kind)
    return event
  }

  #ask(question: Question): void {
    const { oracle } = this
    switch (question.kind) {
      case 'Quote': {
        const { query } = question
        this.#each((book) => book.quote(query), oracle.quote(query), 'the quote')
        break
      }
      case 'Explain':
        this.#explain(question.query)
        break
      case 'ExplainPast':
        this.#explainPast(question.query)
        break
      case 'Depth': {
        const { filter, maxLevels } = question
        const depth = attempt(() => oracle.depth(filter, maxLevels))
        this.#each((book) => attempt(() => book.depth(filter, maxLevels)), depth, 'the depth')
        break
      }
      case 'Standing': {
        const { offer, filter } = question
        const standing = attempt(() => oracle.standing(offer, filter))
        this.#each((book) => attempt(() => book.standing(offer, filter)), standing, 'the standing')
        break
      }
      case 'Check':
        this.#check()
        break
      case 'Restore':
        this.#restore(question.book)
        break
    }
  }

  #explain(query: Query): void {
    const explanation = this.oracle.explain(query)
    this.#each((book) => book.explain(query), explanation, 'the explanation')
    for (const { reason } of explanation.examples) this.#count(`passed over: ${reason}`)
  }

  #explainPast(query: Query): void {
    const reserve = { kind: 'Reserve', query, expiresAt: 0 } as const
    const explanation = this.oracle.explainPast(query, this.#from.gone)
    const told = explainPast(
      [...this.#journal, reserve, reserve],
      this.#journal.length,
      { maxFills: this.#maxFills },
      this.#from.state,
    )
    assert.equal(told, explanation, 'the explanation from the journal')
    for (const { reason } of explanation.examples) this.#count(`passed over: ${reason}`)
  }

  /** What a command changed is looked up again: an open part, or the one that has just ended. */
  #look(command: Command): void {
    if ('offer' in command) {
      const { offer } = command
      this.#each((book) => book.offer(offer), this.oracle.offer(offer), 'the offer')
    } else if ('reservation' in command) {
      const { reservation } = command
      const found = this.oracle.reservation(reservation)
      this.#each((book) => book.reservation(reservation), found, 'the reservation')
    }
  }

  #check(): void {
    // One is looked at whole, each in its turn; the others have to have its hash.
    this.#checks++
    const book = this.#books[this.#checks % this.#books.length] as Book
    assert.equal(book.state(), this.oracle.state(), 'the state')
    this.#each((other) => other.hash(), book.hash(), 'the hash')
    for (const other of this.#books) other.verify()
    holdsTogether(book)
  }

  #restore(index: number): void {
    const book = this.#books[index] as Book
    const state = book.state()
    const stored = JSON.stringify(state)
    const options = { maxFills: this.#maxFills, ...SETTINGS[index] }
    const anew = this.#makeBook(options, JSON.parse(stored) as BookState)
    const restored = this.#checks % 2 === 0 ? anew : anew.copy()
    assert.is(JSON.stringify(restored.state()), stored, 'the state after a restore')
    this.#books[index] = restored
    if (this.#journal.length < JOURNAL_COMMANDS) return
    this.#journal = []
    this.#from = { state, gone: this.oracle.gone.length }
  }

  #each(ask: (book: Book) => unknown, expected: unknown, what: string): void {
    for (const [index, book] of this.#books.entries()) {
      assert.equal(ask(book), expected, `${what}, ${JSON.stringify(SETTINGS[index])}`)
    }
  }

  #count(name: string): void {
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1)
  }
}

/** Takes the steps one after the other, as the fuzzer prints them. Throws where a book and the oracle disagree. */
export function replay(
  maxFills: number,
  before: number,
  steps: readonly Step[],
  makeBook?: MakeBook,
): void {
  const lockstep = new Lockstep(maxFills, before, makeBook)
  for (const step of steps) lockstep.take(step)
}

/** The answer, or the name of what was thrown. */
function attempt(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    return (error as Error).name
  }
}
