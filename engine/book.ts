import { isWhole } from './bounds.ts'
import type {
  BookEvent,
  Command,
  OfferId,
  Query,
  Quote,
  Rejected,
  ReservationId,
} from './command.ts'
import { type Contents, emptyContents, offerState, reservationState } from './contents.ts'
import { depthOf } from './depth.ts'
import type { Filter } from './filter.ts'
import { match } from './matching.ts'
import {
  amendOffer,
  placeOffer,
  resumeOffer,
  suspendOffer,
  withdrawOffer,
} from './offer-commands.ts'
import { readQuery } from './query.ts'
import { isRejected } from './rejection.ts'
import {
  commitReservation,
  expireReservation,
  extendReservation,
  releaseReservation,
  reserve,
} from './reservation-commands.ts'
import { contentsOf, stateOf } from './restore.ts'
import type { BookState, OfferState, PriceLevel, ReservationState } from './state.ts'

export type BookOptions = {
  /** The most fills that one order may have, 1 or more; default 1000. */
  readonly maxFills?: number
}

/**
 * One market's offers. Pure: the same commands give the same events and the same state.
 *
 * An offer ends when it is exhausted (all of it sold) or withdrawn, and nothing of it is reserved. The book forgets what
 * ended, so its memory follows what is open; a command on it is refused as OfferEnded or ReservationEnded for ever.
 */
export type Book = {
  /** Applies one command: an event, or a refusal that changed nothing. Throws a TypeError on a `kind` that is none. */
  apply(command: Command): BookEvent | Rejected
  /** What a Reserve with the same query would fill now; changes nothing. */
  quote(query: Query): Quote | Rejected
  /**
   * Price levels with something available, best price first. Suspended offers do not count. Throws a TypeError when the
   * filter is malformed or `maxLevels` (absent: all) is not a whole number of 1 or more.
   */
  depth(filter?: Filter, maxLevels?: number): readonly PriceLevel[]
  /** An open offer, or the one that ended last. */
  offer(offer: OfferId): OfferState | undefined
  /** A held reservation, or the one that ended last. */
  reservation(reservation: ReservationId): ReservationState | undefined
  /** Every offer and every reservation that can still change something. */
  state(): BookState
}

const DEFAULT_MAX_FILLS = 1000

/**
 * An empty book, or one that goes on where the book that gave `from` stopped. Throws when `maxFills` is not a whole number
 * of 1 or more, or when `from` breaks a rule that every book holds.
 */
export function createBook(options: BookOptions = {}, from?: BookState): Book {
  const maxFills = options.maxFills ?? DEFAULT_MAX_FILLS
  if (!isWhole(maxFills, 1)) throw new TypeError('maxFills must be a whole number of 1 or more')
  const contents = from ? contentsOf(from) : emptyContents()
  return {
    apply: (command) => applyTo(contents, command, maxFills),
    quote: (query) => quoteFrom(contents, query, maxFills),
    depth: (filter, maxLevels) => depthOf(contents.ladder, filter, maxLevels),
    offer: (offer) => offerState(contents, offer),
    reservation: (reservation) => reservationState(contents, reservation),
    state: () => stateOf(contents),
  }
}

function applyTo(contents: Contents, command: Command, maxFills: number): BookEvent | Rejected {
  switch (command.kind) {
    case 'PlaceOffer':
      return placeOffer(contents, command)
    case 'AmendOffer':
      return amendOffer(contents, command)
    case 'WithdrawOffer':
      return withdrawOffer(contents, command)
    case 'SuspendOffer':
      return suspendOffer(contents, command)
    case 'ResumeOffer':
      return resumeOffer(contents, command)
    case 'Reserve':
      return reserve(contents, command, maxFills)
    case 'CommitReservation':
      return commitReservation(contents, command)
    case 'ReleaseReservation':
      return releaseReservation(contents, command)
    case 'ExtendReservation':
      return extendReservation(contents, command)
    case 'ExpireReservation':
      return expireReservation(contents, command)
    default:
      command satisfies never
      throw new TypeError('The command has no kind that a book knows')
  }
}

function quoteFrom(contents: Contents, query: Query, maxFills: number): Quote | Rejected {
  const wanted = readQuery(query)
  if (isRejected(wanted)) return wanted
  const matched = match(contents.ladder, wanted, maxFills)
  if (isRejected(matched)) return matched
  return { ...matched, fills: matched.fills.map(({ from, ...fill }) => fill) }
}
