/** Short ways to give a book commands, for tests of its rules. */
import type {
  Book,
  BookEvent,
  Command,
  OfferAttributes,
  Query,
  Quote,
  Rejected,
  RejectionReason,
  ReservedFill,
} from '@offset-button/engine'
import * as assert from 'uvu/assert'

export const ATTRIBUTES: OfferAttributes = {
  project: 1,
  host: 1,
  scope: 1,
  technology: 1,
  methodology: 1,
  vintage: 2014,
  unitType: 5,
}

/** An offer that says what the test is about, and is ordinary in all else. */
export type Posting = Partial<OfferAttributes> & { seller?: number }

export function place(
  book: Book,
  priceMinor: number,
  tonnes: number,
  posting: Posting = {},
): number {
  const { seller = 1, ...attributes } = posting
  const event = accepted(book, {
    kind: 'PlaceOffer',
    seller,
    attributes: { ...ATTRIBUTES, ...attributes },
    priceMinor,
    quantityTonnes: tonnes,
  })
  return (event as Extract<BookEvent, { kind: 'OfferPlaced' }>).offer
}

/** Reserves until time 1000. */
export function reserve(book: Book, query: Partial<Query>): readonly ReservedFill[] {
  const command = {
    kind: 'Reserve',
    query: { allOrNone: true, ...query },
    expiresAt: 1000,
  } as const
  return (accepted(book, command) as Extract<BookEvent, { kind: 'Reserved' }>).fills
}

export function quote(book: Book, query: Partial<Query>): Quote | Rejected {
  return book.quote({ allOrNone: true, ...query })
}

/** Offer and tonnes of each fill of a quote. */
export function taken(book: Book, query: Partial<Query>): [offer: number, tonnes: number][] {
  const answer = quote(book, query)
  if ('reason' in answer) throw new Error(`refused: ${answer.reason}`)
  return answer.fills.map(({ offer, quantityTonnes }) => [offer, quantityTonnes])
}

/** Why a quote is refused; undefined where it is not. */
export function reasonOf(book: Book, query: Partial<Query>): RejectionReason | undefined {
  const answer = quote(book, query)
  return 'reason' in answer ? answer.reason : undefined
}

export function accepted(book: Book, command: Command): BookEvent {
  const event = book.apply(command)
  if (event.kind === 'Rejected') throw new Error(`${command.kind} refused: ${event.reason}`)
  return event
}

/** Asserts the reason, and that the refusal left no trace. */
export function refused(book: Book, command: unknown, reason: RejectionReason): void {
  allRefused(book, [command], reason)
}

/** The same of many commands, one after the other. */
export function allRefused(
  book: Book,
  commands: readonly unknown[],
  reason: RejectionReason,
): void {
  const before = JSON.stringify(book.state())
  for (const command of commands) {
    const event = book.apply(command as Command)
    assert.is('reason' in event ? event.reason : event.kind, reason)
  }
  assert.is(JSON.stringify(book.state()), before, 'a refusal changes nothing')
}

export const release = (reservation: number): Command => ({
  kind: 'ReleaseReservation',
  reservation,
})
export const commit = (reservation: number): Command => ({
  kind: 'CommitReservation',
  reservation,
})
export const expire = (reservation: number, now: number): Command => ({
  kind: 'ExpireReservation',
  reservation,
  now,
})
export const withdraw = (offer: number): Command => ({ kind: 'WithdrawOffer', offer })
export const suspend = (offer: number): Command => ({ kind: 'SuspendOffer', offer })
export const resume = (offer: number): Command => ({ kind: 'ResumeOffer', offer })
export const expireUnits = (offer: number): Command => ({ kind: 'ExpireOffer', offer })
