/**
 * A book as one would write it on paper, to judge the real one by. Nothing is stored that can be derived: what is reserved,
 * sold, available or withdrawn is summed from the reservations each time. Money is summed in bigints.
 */
import type {
  BookEvent,
  BookState,
  Command,
  Filter,
  PriceLevel,
  Query,
  Quote,
  Rejected,
} from '@offset-button/engine'
import {
  available,
  ended,
  type Held,
  heldState,
  offerState,
  type Posted,
  reserved,
  sold,
  total,
} from './oracle-offer.ts'
import {
  ATTRIBUTES,
  first,
  inside,
  invalidQuery,
  PRICE_BOUND,
  plain,
  QUANTITY_BOUND,
  SAFE,
  whole,
} from './oracle-rules.ts'

type Taken = { offer: Posted; tonnes: number }
type Answer = { taken: Taken[]; cost: bigint } | Rejected

export class Oracle {
  readonly offers: Posted[] = []
  readonly reservations: Held[] = []
  #sequence = 0
  readonly #maxFills: number

  constructor(maxFills: number) {
    this.#maxFills = maxFills
  }

  apply(command: Command): BookEvent | Rejected {
    switch (command.kind) {
      case 'PlaceOffer':
        return this.#place(command)
      case 'AmendOffer':
        return this.#amend(command)
      case 'WithdrawOffer':
      case 'SuspendOffer':
      case 'ResumeOffer':
        return this.#change(command)
      case 'Reserve':
        return this.#reserve(command)
      default:
        return this.#endOrExtend(command)
    }
  }

  quote(query: Query): Quote | Rejected {
    const answer = this.#answer(query)
    if ('kind' in answer) return answer
    return {
      fills: answer.taken.map(({ offer, tonnes }) => ({
        offer: offer.id,
        priceMinor: offer.price,
        quantityTonnes: tonnes,
      })),
      quantityTonnes: answer.taken.reduce((sum, { tonnes }) => sum + tonnes, 0),
      costMinor: answer.cost,
    }
  }

  depth(filter: Filter | undefined): PriceLevel[] {
    const shown = this.#resting().filter((offer) => inside(filter, offer.attributes))
    const prices = [...new Set(shown.map((offer) => offer.price))]
    return prices.map((priceMinor) => {
      const level = shown.filter((offer) => offer.price === priceMinor)
      const tonnes = level.map(available)
      return { priceMinor, quantityTonnes: total(tonnes), offers: level.length }
    })
  }

  state(): BookState {
    return {
      nextOffer: this.offers.length + 1,
      nextReservation: this.reservations.length + 1,
      nextSequence: this.#sequence + 1,
      offers: this.offers.filter((offer) => !ended(offer)).map(offerState),
      reservations: this.reservations.filter(({ status }) => status === 'held').map(heldState),
    }
  }

  #place(command: Extract<Command, { kind: 'PlaceOffer' }>): BookEvent | Rejected {
    const { quantityTonnes, priceMinor, seller, attributes } = command
    const refusal = first({
      InvalidQuantity: () =>
        !whole(quantityTonnes, 1, QUANTITY_BOUND) || this.#full(quantityTonnes),
      InvalidPrice: () => !whole(priceMinor, 1, PRICE_BOUND),
      InvalidSeller: () => !whole(seller, 0, SAFE),
      InvalidAttributes: () =>
        !plain(attributes) || ATTRIBUTES.some((name) => !whole(attributes[name], 0, SAFE)),
    })
    if (refusal) return refusal
    const offer: Posted = {
      id: this.offers.length + 1,
      seller,
      attributes,
      price: priceMinor,
      sequence: ++this.#sequence,
      quantity: quantityTonnes,
      suspended: false,
      withdrawn: false,
      reservations: [],
    }
    this.offers.push(offer)
    return { kind: 'OfferPlaced', offer: offer.id, sequence: offer.sequence }
  }

  #amend(command: Extract<Command, { kind: 'AmendOffer' }>): BookEvent | Rejected {
    const { quantityTonnes: quantity, priceMinor: price } = command
    const offer = this.#find(command.offer)
    const refusal = first({
      InvalidQuantity: () => quantity !== undefined && !whole(quantity, 1, QUANTITY_BOUND),
      InvalidPrice: () => price !== undefined && !whole(price, 1, PRICE_BOUND),
      UnknownOffer: () => offer === undefined,
      OfferEnded: () => offer !== undefined && (offer.withdrawn || ended(offer)),
      BelowReservedAndSold: () =>
        offer !== undefined && quantity !== undefined && quantity < reserved(offer) + sold(offer),
    })
    if (refusal || !offer) return refusal as Rejected
    const more = (quantity ?? offer.quantity) - offer.quantity
    if (more > 0 && this.#full(more)) return { kind: 'Rejected', reason: 'InvalidQuantity' }
    if (more > 0 || (price ?? offer.price) !== offer.price) offer.sequence = ++this.#sequence
    offer.quantity += more
    offer.price = price ?? offer.price
    return { kind: 'OfferAmended', offer: offer.id, sequence: offer.sequence }
  }

  #change(
    command: Extract<Command, { kind: 'WithdrawOffer' | 'SuspendOffer' | 'ResumeOffer' }>,
  ): BookEvent | Rejected {
    const offer = this.#find(command.offer)
    const refusal = first({
      UnknownOffer: () => offer === undefined,
      OfferEnded: () => offer !== undefined && (offer.withdrawn || ended(offer)),
      OfferAlreadySuspended: () => command.kind === 'SuspendOffer' && offer?.suspended === true,
      OfferNotSuspended: () => command.kind === 'ResumeOffer' && offer?.suspended === false,
    })
    if (refusal || !offer) return refusal as Rejected
    if (command.kind === 'WithdrawOffer') {
      const withdrawnTonnes = available(offer)
      offer.withdrawn = true
      return { kind: 'OfferWithdrawn', offer: offer.id, withdrawnTonnes }
    }
    offer.suspended = command.kind === 'SuspendOffer'
    return { kind: offer.suspended ? 'OfferSuspended' : 'OfferResumed', offer: offer.id }
  }

  #reserve(command: Extract<Command, { kind: 'Reserve' }>): BookEvent | Rejected {
    const { query, expiresAt } = command
    const refusal = invalidQuery(query)
    if (refusal) return refusal
    if (!whole(expiresAt, 0, SAFE)) return { kind: 'Rejected', reason: 'InvalidTime' }
    const answer = this.#answer(query)
    const quote = this.quote(query)
    if ('kind' in answer || 'kind' in quote) return answer as Rejected
    const fills = answer.taken.map(({ offer, tonnes }, index) => {
      const id = this.reservations.length + 1
      const { price } = offer
      const held: Held = { id, offer, price, tonnes, expiresAt, status: 'held' }
      this.reservations.push(held)
      offer.reservations.push(held)
      return { reservation: id, ...(quote.fills[index] as Quote['fills'][number]) }
    })
    const { quantityTonnes, costMinor } = quote
    return { kind: 'Reserved', fills, quantityTonnes, costMinor }
  }

  #endOrExtend(command: Extract<Command, { readonly reservation: number }>): BookEvent | Rejected {
    const { reservation } = command
    const held = this.reservations.find(({ id }) => id === reservation)
    const time =
      command.kind === 'ExtendReservation'
        ? command.expiresAt
        : command.kind === 'ExpireReservation'
          ? command.now
          : 0
    const refusal = first({
      InvalidTime: () => !whole(time, 0, SAFE),
      UnknownReservation: () => held === undefined,
      ReservationEnded: () => held?.status !== 'held',
      ReservationNotYetExpired: () =>
        command.kind === 'ExpireReservation' && held !== undefined && time < held.expiresAt,
      ExpiryMovedBack: () =>
        command.kind === 'ExtendReservation' && held !== undefined && time < held.expiresAt,
    })
    if (refusal || !held) return refusal as Rejected
    switch (command.kind) {
      case 'CommitReservation':
        held.status = 'committed'
        return { kind: 'ReservationCommitted', reservation }
      case 'ReleaseReservation':
        held.status = 'released'
        return { kind: 'ReservationReleased', reservation }
      case 'ExpireReservation':
        held.status = 'expired'
        return { kind: 'ReservationExpired', reservation }
      case 'ExtendReservation':
        held.expiresAt = time
        return { kind: 'ReservationExtended', reservation }
    }
  }

  #find(id: unknown): Posted | undefined {
    return this.offers.find((offer) => offer.id === id)
  }

  /** Offers that a query may take, best price first, then earliest. */
  #resting(): Posted[] {
    return this.offers
      .filter((offer) => !offer.suspended && available(offer) > 0)
      .sort((one, other) => one.price - other.price || one.sequence - other.sequence)
  }

  #full(more: number): boolean {
    const open = this.offers.map((offer) => BigInt(available(offer) + reserved(offer)))
    return open.reduce((sum, tonnes) => sum + tonnes, BigInt(more)) > BigInt(SAFE)
  }

  #answer(query: Query): Answer {
    const refusal = invalidQuery(query)
    if (refusal) return refusal
    const candidates = this.#resting().filter(
      (offer) =>
        offer.seller !== query.buyer &&
        inside(query.filter, offer.attributes) &&
        (query.maxPriceMinor === undefined || offer.price <= query.maxPriceMinor),
    )
    const findable = total(candidates.map(available))
    if (findable === 0) return { kind: 'Rejected', reason: 'NothingAvailable', availableTonnes: 0 }
    const all =
      query.budgetMinor === undefined ? byTonnes(candidates, query) : byMoney(candidates, query)
    const taken = query.allOrNone ? all : all.slice(0, this.#maxFills)
    const cost = costOf(taken)
    const limit = query.maxTotalMinor
    return (
      first(
        {
          NotEnoughAvailable: () => query.allOrNone && !satisfied(query, all, findable),
          TooManyFills: () => taken.length > this.#maxFills,
          TotalLimitExceeded: () => limit !== undefined && cost > BigInt(limit),
          BudgetTooSmall: () => taken.length === 0,
        },
        findable,
      ) ?? { taken, cost }
    )
  }
}

/** The shortest prefix that holds the quantity, its last offer cut to fit. */
function byTonnes(candidates: Posted[], query: Query): Taken[] {
  let left = query.quantityTonnes as number
  return candidates.flatMap((offer) => {
    const tonnes = Math.min(available(offer), left)
    left -= tonnes
    return tonnes > 0 ? [{ offer, tonnes }] : []
  })
}

/** As many whole tonnes of each as the rest of the money pays for, until it does not pay for all of one. */
function byMoney(candidates: Posted[], query: Query): Taken[] {
  const taken: Taken[] = []
  let left = BigInt(query.budgetMinor as number)
  for (const offer of candidates) {
    const payable = left / BigInt(offer.price)
    const tonnes = payable < BigInt(available(offer)) ? Number(payable) : available(offer)
    left -= BigInt(tonnes) * BigInt(offer.price)
    if (tonnes > 0) taken.push({ offer, tonnes })
    if (tonnes < available(offer)) break
  }
  return taken
}

function satisfied(query: Query, taken: Taken[], findable: number): boolean {
  const tonnes = total(taken.map((one) => one.tonnes))
  if (query.quantityTonnes !== undefined) return tonnes === query.quantityTonnes
  const last = taken.at(-1)
  if (tonnes < findable || !last) return true
  return BigInt(query.budgetMinor as number) - costOf(taken) < BigInt(last.offer.price)
}

function costOf(taken: Taken[]): bigint {
  return taken.reduce((sum, one) => sum + BigInt(one.offer.price) * BigInt(one.tonnes), 0n)
}
