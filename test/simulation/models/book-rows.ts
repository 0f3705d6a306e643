/** The Store's rows of one market as Postgres keeps them: the book's part. A call happens at once or not at all. */
import type {
  BookState,
  OfferId,
  OfferState,
  ReservationId,
  ReservationState,
} from '@offset-button/engine'
import type { Batch, CommitResult } from '@offset-button/engine-host'
import type { MarketWrite, NewOrder, OfferWrite } from '../../../api/market/market.write.ts'

export type OfferRow = Omit<OfferWrite, 'kind'> & {
  readonly state: OfferState
  readonly suspendedCodes: readonly number[]
}

export type ReservationRow = Omit<ReservationState, 'status'> & {
  readonly order: string
  readonly leg: number
  readonly state: ReservationState['status']
  readonly replaced: boolean
}

export type StoredBatch = Batch<MarketWrite> & { readonly batchSeq: number }

/** A constraint of the database that a statement would break: it changes nothing. */
export class ConstraintBroken extends Error {}

/** The rows of orders that are made in the same commit as the book's. */
export type OrdersOfBatch = {
  /** Throws ConstraintBroken where the rows could not be made. Changes nothing. */
  check(batch: Batch<MarketWrite>): void
  insertOrder(order: NewOrder, place: { batchSeq: number; position: number }): void
  /** Makes the legs of new fills, and gives each fill its leg. */
  insertFills(order: string, firstLeg: number, fills: readonly ReservationRow[]): void
}

export class BookRows {
  readonly offers = new Map<OfferId, OfferRow>()
  readonly reservations = new Map<ReservationId, ReservationRow>()
  /** Every batch ever committed, in order. */
  readonly journal: StoredBatch[] = []
  epoch = 0
  holder: string | null = null
  /** Told of each reservation that goes back to its offer, before it does. */
  onReturn: (reservation: ReservationRow) => void = () => undefined
  /** Ends of reservations, as the journal tells them. */
  readonly ends = new Map<ReservationId, number>()
  #nextOffer = 1
  #nextReservation = 1
  #nextSequence = 1

  mintEpoch(holder: string): number {
    this.holder = holder
    this.epoch += 1
    return this.epoch
  }

  readHolder(): { holder: string | null; epoch: number } {
    return { holder: this.holder, epoch: this.epoch }
  }

  readBook(): { batchSeq: number; book: BookState } {
    const book: BookState = {
      nextOffer: this.#nextOffer,
      nextReservation: this.#nextReservation,
      nextSequence: this.#nextSequence,
      offers: [...this.offers.values()]
        .map((row) => row.state)
        .filter((state) => state.quantityTonnes > state.soldTonnes + state.withdrawnTonnes)
        .sort((one, other) => one.sequence - other.sequence),
      reservations: [...this.reservations.values()]
        .filter((row) => row.state === 'held')
        .map(({ reservation, offer, priceMinor, quantityTonnes, expiresAt }) => ({
          reservation,
          offer,
          priceMinor,
          quantityTonnes,
          expiresAt,
          status: 'held' as const,
        })),
    }
    return { batchSeq: this.journal.length, book }
  }

  commitBatch(batch: Batch<MarketWrite>, orders: OrdersOfBatch): CommitResult {
    if (batch.epoch !== this.epoch) return { kind: 'fenced' }
    this.#check(batch)
    orders.check(batch)
    const batchSeq = this.journal.length + 1
    for (const { position, write } of batch.writes) {
      if (write.kind === 'offer') this.#insertOffer(batch, position, write)
    }
    for (const state of batch.offers) {
      const row = this.offers.get(state.offer)
      if (row) this.offers.set(state.offer, { ...row, state: { ...row.state, ...state } })
      this.#nextOffer = Math.max(this.#nextOffer, state.offer + 1)
      this.#nextSequence = Math.max(this.#nextSequence, state.sequence + 1)
    }
    for (const { position, write } of batch.writes) {
      if (write.kind === 'offer') continue
      const order = write.kind === 'order' ? write.order.id : write.order
      const firstLeg = write.kind === 'order' ? 1 : write.firstLeg
      if (write.kind === 'order') orders.insertOrder(write.order, { batchSeq, position })
      const fills = write.reservations.map((id) => this.#insertReservation(batch, order, id))
      orders.insertFills(order, firstLeg, fills)
      if (write.kind === 'replacement') this.#update(write.replaced, { replaced: true })
    }
    for (const { reservation, status, expiresAt } of batch.reservations) {
      this.#update(reservation, { state: status, expiresAt })
      this.#nextReservation = Math.max(this.#nextReservation, reservation + 1)
    }
    for (const { event } of batch.journal) {
      if ('reservation' in event && event.kind !== 'ReservationExtended') {
        const row = this.reservations.get(event.reservation)
        if (row && event.kind !== 'ReservationCommitted') this.onReturn(row)
        this.ends.set(event.reservation, 1 + (this.ends.get(event.reservation) ?? 0))
      }
    }
    this.journal.push({ ...batch, batchSeq })
    return { kind: 'committed', batchSeq }
  }

  setLeg(reservation: ReservationId, leg: number): void {
    this.#update(reservation, { leg })
  }

  setReplaced(reservation: ReservationId): void {
    this.#update(reservation, { replaced: true })
  }

  #check({ offers, writes, journal }: Batch<MarketWrite>): void {
    const placed = new Set<string>()
    const known = new Set(this.offers.keys())
    for (const { position, write } of writes) {
      if (write.kind !== 'offer') continue
      const event = journal[position]?.event
      if (event?.kind === 'OfferPlaced') known.add(event.offer)
      if (event?.kind === 'OfferPlaced' && this.offers.has(event.offer)) {
        throw new ConstraintBroken('offer_pkey')
      }
      const isThere = [...this.offers.values()].some((row) => row.earmark === write.earmark)
      if (isThere || placed.has(write.earmark)) throw new ConstraintBroken('offer_earmark_key')
      placed.add(write.earmark)
    }
    const sequences = new Map<number, OfferId>()
    for (const [offer, row] of this.offers) sequences.set(row.state.sequence, offer)
    for (const one of offers) sequences.delete(this.offers.get(one.offer)?.state.sequence ?? 0)
    for (const one of offers) {
      const { reservedTonnes, soldTonnes, withdrawnTonnes, quantityTonnes } = one
      if (
        Math.min(reservedTonnes, soldTonnes, withdrawnTonnes) < 0 ||
        reservedTonnes + soldTonnes + withdrawnTonnes > quantityTonnes
      ) {
        throw new ConstraintBroken('offer_check')
      }
      if (!known.has(one.offer)) throw new ConstraintBroken('an offer that is not there')
      if (sequences.has(one.sequence)) throw new ConstraintBroken('offer_market_sequence_key')
      sequences.set(one.sequence, one.offer)
    }
    for (const { write } of writes) {
      if (write.kind === 'offer') continue
      const twice = write.reservations.find((id) => this.reservations.has(id))
      if (twice !== undefined) throw new ConstraintBroken('reservation_pkey')
    }
  }

  #insertOffer(batch: Batch<MarketWrite>, position: number, write: OfferWrite): void {
    const event = batch.journal[position]?.event
    if (event?.kind !== 'OfferPlaced') throw new Error('an offer write without its event')
    const state = batch.offers.find((one) => one.offer === event.offer)
    if (!state) throw new Error(`batch lacks offer ${event.offer}`)
    const { kind: _, ...rest } = write
    this.offers.set(event.offer, { ...rest, state, suspendedCodes: [] })
  }

  #insertReservation(
    { reservations }: Batch<MarketWrite>,
    order: string,
    id: ReservationId,
  ): ReservationRow {
    const state = reservations.find((one) => one.reservation === id)
    if (!state) throw new Error(`batch lacks reservation ${id}`)
    const { status, ...rest } = state
    const row: ReservationRow = { ...rest, order, leg: 0, state: 'held', replaced: false }
    this.reservations.set(id, row)
    return row
  }

  #update(reservation: ReservationId, change: Partial<ReservationRow>): void {
    const row = this.reservations.get(reservation)
    if (row) this.reservations.set(reservation, { ...row, ...change })
  }
}
