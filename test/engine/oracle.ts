/**
 * A book as one would write it on paper, to judge the real one by: an array, filtered and sorted for each question. Nothing is
 * stored that can be derived: what is reserved, sold, available or withdrawn is summed from the reservations each time.
 */
import type {
  BookEvent,
  BookState,
  Command,
  Explanation,
  Filter,
  OfferState,
  PriceLevel,
  Query,
  Quote,
  Rejected,
  ReservationState,
  Standing,
} from '@offset-button/engine'
import { answer, quoteOf } from './oracle-answer.ts'
import { explanation, standing } from './oracle-explain.ts'
import {
  available,
  ended,
  type Held,
  heldState,
  offerState,
  type Posted,
  reserved,
  sold,
  takeable,
  total,
} from './oracle-offer.ts'
import {
  first,
  inside,
  invalidAttributes,
  invalidQuery,
  NUMBER_BOUND,
  onlyAttributes,
  PRICE_BOUND,
  QUANTITY_BOUND,
  SAFE,
  sameAttributes,
  validFilter,
  whole,
} from './oracle-rules.ts'

type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>

export class Oracle {
  /** Offers that have not ended, by id. */
  open: Posted[] = []
  /** Offers that have, in the order of their end. */
  readonly gone: Posted[] = []
  #held: Held[] = []
  #lastEnded: Held | undefined
  #offers: number
  #reservations: number
  #sequence: number
  readonly #maxFills: number

  /** `before`: so many offers, reservations and sequences were there before, and are gone. */
  constructor(maxFills: number, before = 0) {
    this.#maxFills = maxFills
    this.#offers = before
    this.#reservations = before
    this.#sequence = before
  }

  apply(command: Command): BookEvent | Rejected {
    const event = this.#apply(command)
    // No command ends more than one.
    const last = this.open.find(ended)
    if (last) {
      this.gone.push(last)
      this.open = this.open.filter((offer) => offer !== last)
    }
    return event
  }

  quote(query: Query): Quote | Rejected {
    return quoteOf(answer(this.open, query, this.#maxFills))
  }

  explain(query: Query): Explanation {
    return explanation(this.open, query, this.#maxFills)
  }

  /** As the journal explains it that began when so many offers had ended. */
  explainPast(query: Query, goneBefore: number): Explanation {
    return explanation(this.open, query, this.#maxFills, this.gone.slice(goneBefore))
  }

  /** Throws a TypeError on a malformed filter. */
  standing(offer: number, filter: Filter | undefined): Standing | undefined {
    if (!validFilter(filter)) throw new TypeError('The filter is malformed')
    return standing(this.open, offer, filter)
  }

  /** Throws a TypeError on a malformed filter. */
  depth(filter: Filter | undefined, maxLevels = Number.POSITIVE_INFINITY): PriceLevel[] {
    if (!validFilter(filter)) throw new TypeError('The filter is malformed')
    const shown = this.open.filter((offer) => takeable(offer) && inside(filter, offer.attributes))
    const prices = [...new Set(shown.map(({ price }) => price))].sort((one, other) => one - other)
    return prices.slice(0, maxLevels).map((priceMinor) => {
      const level = shown.filter(({ price }) => price === priceMinor)
      const quantityTonnes = total(level.map(available))
      return { priceMinor, quantityTonnes, offers: level.length }
    })
  }

  offer(id: number): OfferState | undefined {
    const found = this.open.find((offer) => offer.id === id) ?? this.gone.at(-1)
    return found?.id === id ? offerState(found) : undefined
  }

  reservation(id: number): ReservationState | undefined {
    const found = this.#held.find((one) => one.id === id) ?? this.#lastEnded
    return found?.id === id ? heldState(found) : undefined
  }

  state(): BookState {
    return {
      nextOffer: this.#offers + 1,
      nextReservation: this.#reservations + 1,
      nextSequence: this.#sequence + 1,
      offers: this.open.map(offerState),
      reservations: this.#held.map(heldState),
    }
  }

  #apply(command: Command): BookEvent | Rejected {
    switch (command.kind) {
      case 'PlaceOffer':
        return this.#place(command)
      case 'AmendOffer':
        return this.#amend(command)
      case 'WithdrawOffer':
      case 'SuspendOffer':
      case 'ResumeOffer':
      case 'ExpireOffer':
        return this.#change(command)
      case 'Reserve':
        return this.#reserve(command)
      default:
        return this.#endOrExtend(command)
    }
  }

  #place(command: CommandOf<'PlaceOffer'>): BookEvent | Rejected {
    const { quantityTonnes, priceMinor, seller, attributes } = command
    const refusal = first({
      InvalidQuantity: () =>
        !whole(quantityTonnes, 1, QUANTITY_BOUND) || this.#isFull(quantityTonnes),
      InvalidPrice: () => !whole(priceMinor, 1, PRICE_BOUND),
      InvalidSeller: () => !whole(seller, 0, NUMBER_BOUND),
      InvalidAttributes: () => invalidAttributes(attributes),
    })
    if (refusal) return refusal
    const offer: Posted = {
      id: ++this.#offers,
      seller,
      attributes: onlyAttributes(attributes),
      price: priceMinor,
      sequence: ++this.#sequence,
      quantity: quantityTonnes,
      suspended: false,
      expired: false,
      withdrawn: false,
      reservations: [],
    }
    this.open.push(offer)
    return { kind: 'OfferPlaced', offer: offer.id, sequence: offer.sequence }
  }

  #amend(command: CommandOf<'AmendOffer'>): BookEvent | Rejected {
    const { quantityTonnes: quantity, priceMinor: price, attributes } = command
    const offer = this.open.find(({ id }) => id === command.offer)
    const refusal = first({
      InvalidQuantity: () => quantity !== undefined && !whole(quantity, 1, QUANTITY_BOUND),
      InvalidPrice: () => price !== undefined && !whole(price, 1, PRICE_BOUND),
      InvalidAttributes: () => attributes !== undefined && invalidAttributes(attributes),
      UnknownOffer: () => !this.#wasPlaced(command.offer),
      OfferEnded: () => !offer || offer.withdrawn,
      BelowReservedAndSold: () =>
        offer !== undefined && quantity !== undefined && quantity < reserved(offer) + sold(offer),
    })
    if (refusal || !offer) return refusal as Rejected
    const more = (quantity ?? offer.quantity) - offer.quantity
    if (more > 0 && this.#isFull(more)) return { kind: 'Rejected', reason: 'InvalidQuantity' }
    const isMoved = price !== undefined && price !== offer.price
    const isOther = attributes !== undefined && !sameAttributes(attributes, offer.attributes)
    if (more > 0 || isMoved || isOther) offer.sequence = ++this.#sequence
    offer.quantity += more
    offer.price = price ?? offer.price
    if (attributes) offer.attributes = onlyAttributes(attributes)
    return { kind: 'OfferAmended', offer: offer.id, sequence: offer.sequence }
  }

  #change(
    command: CommandOf<'WithdrawOffer' | 'SuspendOffer' | 'ResumeOffer' | 'ExpireOffer'>,
  ): BookEvent | Rejected {
    const { kind } = command
    const offer = this.open.find(({ id }) => id === command.offer)
    const refusal = first({
      UnknownOffer: () => !this.#wasPlaced(command.offer),
      OfferEnded: () => !offer || offer.withdrawn,
      OfferAlreadySuspended: () => kind === 'SuspendOffer' && offer?.suspended === true,
      OfferNotSuspended: () => kind === 'ResumeOffer' && offer?.suspended === false,
      OfferAlreadyExpired: () => kind === 'ExpireOffer' && offer?.expired === true,
    })
    if (refusal || !offer) return refusal as Rejected
    const { id } = offer
    switch (kind) {
      case 'WithdrawOffer': {
        const withdrawnTonnes = available(offer)
        offer.withdrawn = true
        return { kind: 'OfferWithdrawn', offer: id, withdrawnTonnes }
      }
      case 'ExpireOffer':
        offer.expired = true
        return { kind: 'OfferExpired', offer: id }
      default:
        offer.suspended = kind === 'SuspendOffer'
        return { kind: offer.suspended ? 'OfferSuspended' : 'OfferResumed', offer: id }
    }
  }

  #reserve({ query, expiresAt }: CommandOf<'Reserve'>): BookEvent | Rejected {
    const refusal = invalidQuery(query) ?? first({ InvalidTime: () => !whole(expiresAt, 0, SAFE) })
    if (refusal) return refusal
    const found = answer(this.open, query, this.#maxFills)
    const quote = quoteOf(found)
    if (found.kind === 'Rejected' || 'kind' in quote) return found as Rejected
    const fills = found.taken.map(({ offer, tonnes }, index) => {
      const id = ++this.#reservations
      const held: Held = { id, offer, price: offer.price, tonnes, expiresAt, status: 'held' }
      this.#held.push(held)
      offer.reservations.push(held)
      return { reservation: id, ...(quote.fills[index] as Quote['fills'][number]) }
    })
    const { quantityTonnes, costMinor } = quote
    return { kind: 'Reserved', fills, quantityTonnes, costMinor }
  }

  #endOrExtend(command: Extract<Command, { readonly reservation: number }>): BookEvent | Rejected {
    const { kind, reservation } = command
    const held = this.#held.find(({ id }) => id === reservation)
    const time =
      kind === 'ExtendReservation'
        ? command.expiresAt
        : kind === 'ExpireReservation'
          ? command.now
          : 0
    const isEarly = held !== undefined && time < held.expiresAt
    const refusal = first({
      InvalidTime: () => !whole(time, 0, SAFE),
      UnknownReservation: () => !whole(reservation, 1, this.#reservations),
      ReservationEnded: () => !held,
      ReservationNotYetExpired: () => kind === 'ExpireReservation' && isEarly,
      ExpiryMovedBack: () => kind === 'ExtendReservation' && isEarly,
    })
    if (refusal || !held) return refusal as Rejected
    switch (kind) {
      case 'CommitReservation':
        this.#end(held, 'committed')
        return { kind: 'ReservationCommitted', reservation }
      case 'ReleaseReservation':
        this.#end(held, 'released')
        return { kind: 'ReservationReleased', reservation }
      case 'ExpireReservation':
        this.#end(held, 'expired')
        return { kind: 'ReservationExpired', reservation }
      case 'ExtendReservation':
        held.expiresAt = time
        return { kind: 'ReservationExtended', reservation }
    }
  }

  #end(held: Held, status: Exclude<Held['status'], 'held'>): void {
    const { offer } = held
    held.status = status
    this.#held = this.#held.filter((one) => one !== held)
    this.#lastEnded = held
    if (status !== 'committed') {
      offer.reservations = offer.reservations.filter((one) => one !== held)
    }
  }

  #wasPlaced(id: unknown): boolean {
    return whole(id, 1, this.#offers)
  }

  #isFull(more: number): boolean {
    const tonnes = this.open.map((offer) => BigInt(available(offer) + reserved(offer)))
    return tonnes.reduce((sum, one) => sum + one, BigInt(more)) > BigInt(SAFE)
  }
}
