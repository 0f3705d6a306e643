/** What a book holds, and the one way in which an offer's tonnes and its place in every sum move together. */
import { isWhole } from './bounds.ts'
import { Changes } from './changes.ts'
import type { OfferId } from './command.ts'
import { Instruments } from './instruments.ts'
import { Ladder } from './ladder.ts'
import { IdTable } from './memory/id-table.ts'
import { EXPIRED, QUEUED, SUSPENDED, WITHDRAWN } from './offer-records.ts'
import { Queues } from './queues.ts'
import { Reservations } from './reservations.ts'
import type { OfferState } from './state.ts'
import { Views } from './views.ts'

export class Contents {
  nextOffer = 1
  nextReservation = 1
  nextSequence = 1
  /** Available and reserved tonnes of all offers; kept a safe integer, so that every sum below it is one. */
  openTonnes = 0
  /** Tonnes that a query without limits could take. */
  restingTonnes = 0
  /** Where each open offer is. */
  readonly homes = new IdTable()
  readonly ladder = new Ladder(this.homes)
  readonly instruments = new Instruments()
  readonly queues = new Queues(this.ladder, this.homes)
  readonly changes = new Changes()
  readonly views: Views
  readonly reservations = new Reservations()
  /** The last offer that ended stays readable, so that whoever stores the book sees its final state. */
  #lastEnded: OfferState | undefined

  constructor(maxCachedFilters: number) {
    this.views = new Views(this.instruments, this.queues, this.changes, maxCachedFilters)
  }

  /** Places an offer behind all others at its price, and its tonnes in every sum. */
  place(
    offer: OfferId,
    priceMinor: number,
    sequence: number,
    instrument: number,
    flags: number,
    quantity: number,
    reserved: number,
    sold: number,
  ): number {
    const { records } = this.ladder
    const home = this.ladder.place(offer, priceMinor, sequence)
    records.setTonnes(home, quantity, reserved, sold)
    records.setInstrument(home, instrument, flags)
    this.moved(home, 0, true)
    return home
  }

  /**
   * Brings every sum in step with an offer of which so many tonnes rested before its record was changed. What comes to rest
   * stands in its queue: `isNew` where its sequence is the latest.
   */
  moved(home: number, restingBefore: number, isNew = false): void {
    const { records, levels } = this.ladder
    const resting = records.resting(home)
    if (resting === restingBefore) return
    const instrument = records.instrument(home)
    const added = resting - restingBefore
    const offers = restingBefore === 0 ? 1 : resting === 0 ? -1 : 0
    levels.rest(records.level(home), added, offers)
    this.instruments.rest(instrument, added, offers)
    this.restingTonnes += added
    this.changes.note(instrument)
    if (offers === 0) return
    this.ladder.setResting(home, offers === 1)
    if (offers === 1 && (records.flags(home) & QUEUED) === 0) {
      this.queues.add(instrument, home, isNew)
    }
  }

  /** Takes an offer out of its place, before its price, its sequence or its instrument changes; it is not to rest. */
  uproot(home: number): void {
    const { records } = this.ladder
    this.queues.remove(records.instrument(home), home)
    this.ladder.remove(home)
  }

  /** Drops an offer once nothing of it is available or reserved: it is exhausted or withdrawn for good. */
  closeIfEnded(home: number): void {
    const { records } = this.ladder
    if (records.reserved(home) > 0 || records.available(home) > 0) return
    this.#lastEnded = this.stateAt(home)
    const [instrument, flags] = [records.instrument(home), records.flags(home)]
    this.ladder.remove(home)
    if ((flags & QUEUED) !== 0) this.queues.end(instrument)
  }

  /** Where an open offer is; 0 for anything else. */
  homeOf(offer: unknown): number {
    return isWhole(offer, 1) ? this.homes.get(offer) : 0
  }

  /** A copy of an open offer, or of the last that ended. */
  state(offer: OfferId): OfferState | undefined {
    const home = this.homeOf(offer)
    if (home !== 0) return this.stateAt(home)
    return this.#lastEnded?.offer === offer ? this.#lastEnded : undefined
  }

  stateAt(home: number): OfferState {
    const { records } = this.ladder
    const [instrument, flags] = [records.instrument(home), records.flags(home)]
    const [unspoken, withdrawn] = [records.unspoken(home), (flags & WITHDRAWN) !== 0]
    return {
      offer: records.offer(home),
      seller: this.instruments.seller(instrument),
      attributes: this.instruments.attributes(instrument),
      priceMinor: this.ladder.price(home),
      sequence: records.sequence(home),
      quantityTonnes: records.quantity(home),
      reservedTonnes: records.reserved(home),
      soldTonnes: records.sold(home),
      withdrawnTonnes: withdrawn ? unspoken : 0,
      availableTonnes: withdrawn ? 0 : unspoken,
      suspended: (flags & SUSPENDED) !== 0,
      expired: (flags & EXPIRED) !== 0,
      withdrawn,
    }
  }
}
