/** What a book holds, and the one way in which an offer's tonnes and its place in every sum move together. */

import { BACK, Backlog, ENDED, NEW, TONNES, type What } from './backlog.ts'
import { isWhole } from './bounds.ts'
import type { OfferId } from './command.ts'
import { Instruments } from './instruments.ts'
import { Ladder } from './ladder.ts'
import { IdTable } from './memory/id-table.ts'
import { EXPIRED, OfferRecords, QUEUED, SUSPENDED, WITHDRAWN } from './offer-records.ts'
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
  readonly backlog = new Backlog()
  readonly queues = new Queues(this.ladder, this.homes, this.instruments, this.backlog)
  readonly views: Views
  readonly reservations = new Reservations()
  /** The last offer that ended stays readable, so that whoever stores the book sees its final state: at home 1 of these. */
  readonly #ended = new OfferRecords()
  #endedPrice = 0

  constructor(maxCachedFilters: number) {
    this.#ended.reserve(1)
    this.views = new Views(this.instruments, this.queues, this.backlog, maxCachedFilters)
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
    const added = resting - restingBefore
    const offers = restingBefore === 0 ? 1 : resting === 0 ? -1 : 0
    levels.rest(records.level(home), added, offers)
    this.restingTonnes += added
    let what: What = TONNES
    if (offers !== 0) {
      this.ladder.setResting(home, offers === 1)
      if (offers === 1 && (records.flags(home) & QUEUED) === 0) {
        records.addFlag(home, QUEUED)
        what = isNew ? NEW : BACK
      }
    }
    this.#note(what, home, added, offers)
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
    this.#ended.take(1, records, home)
    this.#endedPrice = this.ladder.price(home)
    if ((records.flags(home) & QUEUED) !== 0) this.#note(ENDED, home, 0, 0)
    this.ladder.remove(home)
  }

  /** Where an open offer is; 0 for anything else. */
  homeOf(offer: unknown): number {
    return isWhole(offer, 1) ? this.homes.get(offer) : 0
  }

  /** A copy of an open offer, or of the last that ended. */
  state(offer: OfferId): OfferState | undefined {
    const home = this.homeOf(offer)
    if (home !== 0) return this.stateAt(home)
    return this.#ended.offer(1) === offer
      ? this.#stateOf(this.#ended, 1, this.#endedPrice)
      : undefined
  }

  #note(what: What, home: number, tonnes: number, resting: -1 | 0 | 1): void {
    const { records } = this.ladder
    if (this.backlog.isFull()) this.queues.settle()
    const price = what === NEW ? this.ladder.price(home) : 0
    this.backlog.note(what, records.instrument(home), tonnes, resting, records.offer(home), price)
  }

  /** The offer at a home. */
  stateAt(home: number): OfferState {
    return this.#stateOf(this.ladder.records, home, this.ladder.price(home))
  }

  #stateOf(records: OfferRecords, home: number, priceMinor: number): OfferState {
    const [instrument, flags] = [records.instrument(home), records.flags(home)]
    const [unspoken, withdrawn] = [records.unspoken(home), (flags & WITHDRAWN) !== 0]
    return {
      offer: records.offer(home),
      seller: this.instruments.seller(instrument),
      attributes: this.instruments.attributes(instrument),
      priceMinor,
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
