import type {
  BookState,
  OfferId,
  OfferState,
  ReservationId,
  ReservationState,
} from '@offset-button/engine'
import type { Batch, CommitResult } from '@offset-button/engine-host'

export type StoredBatch<Write> = Batch<Write> & { readonly batchSeq: number }

/** One market's rows in the Store. Each call is one autocommitted statement: it happens at once or not at all. */
export class ModelStore<Write> {
  readonly offers = new Map<OfferId, OfferState>()
  readonly reservations = new Map<ReservationId, ReservationState>()
  /** Every batch ever committed, in order. */
  readonly journal: StoredBatch<Write>[] = []
  #epoch = 0
  #holder = ''

  epoch(): number {
    return this.#epoch
  }

  holder(): string {
    return this.#holder
  }

  mintEpoch(_market: string, holder: string): number {
    this.#holder = holder
    this.#epoch += 1
    return this.#epoch
  }

  readHolder(_market: string): { holder: string | null; epoch: number } {
    return { holder: this.#holder || null, epoch: this.#epoch }
  }

  readBook(_market: string): { batchSeq: number; book: BookState } {
    const offers = [...this.offers.values()]
    const book = {
      nextOffer: 1 + Math.max(0, ...this.offers.keys()),
      nextReservation: 1 + Math.max(0, ...this.reservations.keys()),
      nextSequence: 1 + Math.max(0, ...offers.map((offer) => offer.sequence)),
      offers: offers.filter((offer) => offer.availableTonnes + offer.reservedTonnes > 0),
      reservations: [...this.reservations.values()].filter(({ status }) => status === 'held'),
    }
    return structuredClone({ batchSeq: this.journal.length, book })
  }

  commitBatch(batch: Batch<Write>): CommitResult {
    if (this.#epoch !== batch.epoch) return { kind: 'fenced' }
    for (const offer of batch.offers) this.offers.set(offer.offer, offer)
    for (const held of batch.reservations) this.reservations.set(held.reservation, held)
    const batchSeq = this.journal.length + 1
    this.journal.push({ ...batch, batchSeq })
    return { kind: 'committed', batchSeq }
  }

  /** What was stored with the submissions, in the order of time. */
  writes(): readonly Write[] {
    return this.journal.flatMap((batch) => batch.writes.map(({ write }) => write))
  }
}
