/** Makes one batch out of waiting submissions by applying them to the live book. */
import {
  type Book,
  type BookEvent,
  type Command,
  isRejected,
  type OfferId,
  type OfferState,
  type Rejected,
  type ReservationId,
  type ReservationState,
} from '@offset-button/engine'
import type { Batch, JournalEntry } from './ports.ts'
import type { Submission } from './submission.ts'
import type { Queued } from './submission-queue.ts'

export type BuiltBatch<Write> = {
  readonly contents: Omit<Batch<Write>, 'market' | 'epoch'>
  readonly applied: readonly {
    readonly queued: Queued<Write>
    readonly events: readonly BookEvent[]
    readonly position: number
  }[]
  readonly refused: readonly {
    readonly queued: Queued<Write>
    readonly rejected: Rejected
    readonly index: number
  }[]
  /** Not looked at, in their order. */
  readonly rest: readonly Queued<Write>[]
  /** True when the book holds a part of a submission that is not in the batch: it has to be made anew. */
  readonly spoilt: boolean
}

/**
 * Applies the submissions in their order. A submission that is refused, or at fault, after a part of it was applied is left
 * out, and ends the batch: the book is spoilt then, and the rest is for a book made anew.
 */
export function buildBatch<Write>(
  book: Book,
  waiting: readonly Queued<Write>[],
): BuiltBatch<Write> {
  const journal: JournalEntry[] = []
  const offers = new Map<OfferId, OfferState>()
  const reservations = new Map<ReservationId, ReservationState>()
  const writes: { position: number; write: Write }[] = []
  const applied: BuiltBatch<Write>['applied'][number][] = []
  const refused: BuiltBatch<Write>['refused'][number][] = []
  let looked = 0
  let spoilt = false
  while (looked < waiting.length && !spoilt) {
    const queued = waiting[looked++] as Queued<Write>
    const position = journal.length
    const attempt = attemptOn(book, queued.submission)
    if (attempt.kind === 'applied') {
      for (const { command, event } of attempt.steps) {
        journal.push({ position: journal.length, command, event })
      }
      for (const offer of attempt.offers) offers.set(offer.offer, offer)
      for (const held of attempt.reservations) reservations.set(held.reservation, held)
      if (attempt.write) writes.push({ position, write: attempt.write.value })
      applied.push({ queued, events: attempt.steps.map((step) => step.event), position })
    } else {
      spoilt = attempt.spoilt
      if (attempt.kind === 'refused') {
        refused.push({ queued, rejected: attempt.rejected, index: attempt.index })
      } else {
        queued.fail(attempt.error)
      }
    }
  }
  return {
    contents: {
      journal,
      offers: [...offers.values()],
      reservations: [...reservations.values()],
      writes,
    },
    applied,
    refused,
    rest: waiting.slice(looked),
    spoilt,
  }
}

type Step = { readonly command: Command; readonly event: BookEvent }

type Attempt<Write> =
  | {
      readonly kind: 'applied'
      readonly steps: readonly Step[]
      /** States after each command, the latest of an offer or a reservation last. */
      readonly offers: readonly OfferState[]
      readonly reservations: readonly ReservationState[]
      readonly write?: { readonly value: Write }
    }
  | {
      readonly kind: 'refused'
      readonly rejected: Rejected
      readonly index: number
      readonly spoilt: boolean
    }
  | { readonly kind: 'at fault'; readonly error: unknown; readonly spoilt: true }

function attemptOn<Write>(book: Book, submission: Submission<Write>): Attempt<Write> {
  try {
    return applyAll(book, submission)
  } catch (error) {
    return { kind: 'at fault', error, spoilt: true }
  }
}

function applyAll<Write>(book: Book, { commands, write }: Submission<Write>): Attempt<Write> {
  const steps: Step[] = []
  const offers: OfferState[] = []
  const reservations: ReservationState[] = []
  for (const index of orderOfAsking(book, commands)) {
    const command = commands[index] as Command
    const event = book.apply(command)
    if (isRejected(event)) {
      return { kind: 'refused', rejected: event, index, spoilt: steps.length > 0 }
    }
    steps.push({ command, event })
    const touched = touchedBy(book, event)
    offers.push(...touched.offers)
    reservations.push(...touched.reservations)
  }
  if (steps.length < commands.length) throw new Error('The book took a command it had to refuse')
  const events = steps.map((step) => step.event)
  const more = write ? { write: { value: write(events) } } : {}
  return { kind: 'applied', steps, offers, reservations, ...more }
}

/**
 * The commands' own order; but one that names a reservation not held is sure to be refused, so it is asked alone: a refusal
 * changes nothing, and the book is not spoilt by the others. So only a time out of bounds, or commands that get in each
 * other's way, cost a book made anew.
 */
function orderOfAsking(book: Book, commands: readonly Command[]): Iterable<number> {
  const sure = commands.findIndex(
    (command) => 'reservation' in command && !isHeld(book, command.reservation),
  )
  return sure > 0 ? [sure] : commands.keys()
}

function isHeld(book: Book, reservation: ReservationId): boolean {
  return book.reservation(reservation)?.status === 'held'
}

/** Read after each command: the book remembers an ended offer or reservation only until the next one ends. */
function touchedBy(
  book: Book,
  event: BookEvent,
): { readonly offers: OfferState[]; readonly reservations: ReservationState[] } {
  if ('offer' in event) return { offers: [offerOf(book, event.offer)], reservations: [] }
  const ids = 'fills' in event ? event.fills.map((fill) => fill.reservation) : [event.reservation]
  const reservations = ids.map((id) => reservationOf(book, id))
  const touched = new Set(reservations.map((reservation) => reservation.offer))
  return { offers: [...touched].map((offer) => offerOf(book, offer)), reservations }
}

function offerOf(book: Book, id: OfferId): OfferState {
  const offer = book.offer(id)
  if (!offer) throw new Error(`The book does not know offer ${id}, which it has just changed`)
  return offer
}

function reservationOf(book: Book, id: ReservationId): ReservationState {
  const reservation = book.reservation(id)
  if (!reservation) throw new Error(`The book does not know reservation ${id}, just changed`)
  return reservation
}
