import type {
  BookEvent,
  Command,
  OfferId,
  Query,
  Quote,
  Rejected,
  ReservationId,
} from './command.ts'
import type { Filter } from './filter.ts'
import type { BookState, OfferState, PriceLevel, ReservationState } from './state.ts'

export type BookOptions = {
  /** The most fills that one order may have; default 1000. */
  readonly maxFills?: number
}

/** One market's offers. Pure: the same commands give the same events and the same state. */
export type Book = {
  /** Applies one command: an event, or a refusal that changed nothing. */
  apply(command: Command): BookEvent | Rejected
  /** What a Reserve with the same query would fill now; changes nothing. */
  quote(query: Query): Quote | Rejected
  /** Price levels with something available, best price first. Suspended offers do not count. */
  depth(filter?: Filter, maxLevels?: number): readonly PriceLevel[]
  offer(offer: OfferId): OfferState | undefined
  reservation(reservation: ReservationId): ReservationState | undefined
  /** Every offer and every reservation that can still change something. */
  state(): BookState
}

export declare function createBook(options?: BookOptions, from?: BookState): Book
