import { type Book, type BookOptions, createBook } from './book.ts'
import type { Command } from './command.ts'
import type { Explanation } from './explanation.ts'
import type { OfferState, StoredState } from './state.ts'

/**
 * Explains an order of the past: replays a journal's commands up to the one with this index, from 0, and explains it as the
 * book was just before, with what had been exhausted or withdrawn by then. `from` is the state before the first command, and
 * `options` are those of the book that gave the journal. Undefined when there is no such command or it is no Reserve. Takes
 * the time of the replay.
 */
export function explainPast(
  commands: Iterable<Command>,
  index: number,
  options: BookOptions = {},
  from?: StoredState,
): Explanation | undefined {
  const book = createBook(options, from)
  const ended: OfferState[] = []
  let position = 0
  for (const command of commands) {
    if (position++ === index) {
      return command.kind === 'Reserve' ? book.explain(command.query, ended) : undefined
    }
    const gone = endedBy(book, command)
    if (gone) ended.push(gone)
  }
  return undefined
}

/** Applies a command, and tells the offer that it ended. */
function endedBy(book: Book, command: Command): OfferState | undefined {
  const event = book.apply(command)
  const offer =
    'offer' in event
      ? event.offer
      : 'reservation' in event
        ? book.reservation(event.reservation)?.offer
        : undefined
  const state = offer === undefined ? undefined : book.offer(offer)
  return state && state.availableTonnes === 0 && state.reservedTonnes === 0 ? state : undefined
}
