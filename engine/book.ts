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
import { Contents } from './contents.ts'
import { depthOf } from './depth.ts'
import { explain, standingOf } from './explain.ts'
import type { Explanation, Standing } from './explanation.ts'
import type { Filter } from './filter.ts'
import { hashOf } from './hash.ts'
import { Matching, type Plan } from './matching.ts'
import {
  amendOffer,
  expireOffer,
  placeOffer,
  resumeOffer,
  suspendOffer,
  withdrawOffer,
} from './offer-commands.ts'
import { answerOf } from './quote.ts'
import {
  commitReservation,
  expireReservation,
  extendReservation,
  releaseReservation,
  reserve,
} from './reservation-commands.ts'
import { copyOf, restore, stateOf } from './restore.ts'
import type { BookState, OfferState, PriceLevel, ReservationState, StoredState } from './state.ts'
import { verify } from './verify.ts'

export type BookOptions = {
  /** The most fills that one order may have, 1 or more; default 1000. */
  readonly maxFills?: number
  /**
   * How many filters are kept prepared, 1 or more, default 512; and up to 32 times as many that let in a few instruments only.
   * Changes no answer.
   */
  readonly maxCachedFilters?: number
  /** Forces how offers inside a filter are found; absent, the book chooses for each query. Changes no answer. */
  readonly plan?: Plan
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
   * filter is malformed or `maxLevels` (absent: all) is not a whole number of 1 or more. Inside a filter it looks at every
   * offer up to the last level shown.
   */
  depth(filter?: Filter, maxLevels?: number): readonly PriceLevel[]
  /**
   * What a query takes, and what it passes over; of offers that ended only those that it is given. Looks at every offer up to
   * the last that is taken. Throws a TypeError when one of `ended` is malformed, or has not ended.
   */
  explain(query: Query, ended?: readonly OfferState[]): Explanation
  /**
   * What a query with this filter takes before it comes to an offer that has not ended; undefined for any other. Looks at
   * every such offer. Throws a TypeError when the filter is malformed.
   */
  standing(offer: OfferId, filter?: Filter): Standing | undefined
  /** An open offer, or the one that ended last. */
  offer(offer: OfferId): OfferState | undefined
  /** A held reservation, or the one that ended last. */
  reservation(reservation: ReservationId): ReservationState | undefined
  /** Every offer and every reservation that can still change something. */
  state(): BookState
  /** Another book with the same options and the same state: quicker than one from `state()`. */
  copy(): Book
  /** 16 hexadecimal digits that are equal for equal states. Looks at everything. */
  hash(): string
  /** Throws an Error that names a sum or an index which disagrees with the offers. Looks at everything. */
  verify(): void
}

const DEFAULT_MAX_FILLS = 1000
const DEFAULT_MAX_CACHED_FILTERS = 512

/**
 * An empty book, or one that goes on where the book that gave `from` stopped. Throws when an option is out of bounds, or when
 * `from` breaks a rule that every book holds.
 */
export function createBook(options: BookOptions = {}, from?: StoredState): Book {
  const {
    maxFills = DEFAULT_MAX_FILLS,
    maxCachedFilters = DEFAULT_MAX_CACHED_FILTERS,
    plan,
  } = options
  if (!isWhole(maxFills, 1)) throw new TypeError('maxFills must be a whole number of 1 or more')
  if (!isWhole(maxCachedFilters, 1)) {
    throw new TypeError('maxCachedFilters must be a whole number of 1 or more')
  }
  if (plan !== undefined && plan !== 'scan' && plan !== 'merge') {
    throw new TypeError("plan must be 'scan' or 'merge'")
  }
  const contents = new Contents(maxCachedFilters)
  if (from) restore(contents, from)
  return bookOf(contents, { maxFills, maxCachedFilters, plan })
}

type Settings = {
  readonly maxFills: number
  readonly maxCachedFilters: number
  readonly plan: Plan | undefined
}

function bookOf(contents: Contents, settings: Settings): Book {
  const matching = new Matching(contents, settings.maxFills, settings.plan)
  return {
    apply: (command) => applyTo(contents, matching, command),
    quote: (query) => answerOf(matching, query),
    depth: (filter, maxLevels) => depthOf(contents, filter, maxLevels),
    explain: (query, ended) => explain(contents, matching, query, ended),
    standing: (offer, filter) => standingOf(contents, offer, filter),
    offer: (offer) => contents.state(offer),
    reservation: (reservation) => contents.reservations.state(reservation),
    state: () => stateOf(contents),
    copy: () => bookOf(copyOf(contents, settings.maxCachedFilters), settings),
    hash: () => hashOf(stateOf(contents)),
    verify: () => verify(contents),
  }
}

function applyTo(contents: Contents, matching: Matching, command: Command): BookEvent | Rejected {
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
    case 'ExpireOffer':
      return expireOffer(contents, command)
    case 'Reserve':
      return reserve(contents, matching, command)
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
