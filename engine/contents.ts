/** What a book holds, and the one way in which an offer's tonnes and its place in every sum move together. */

import { BACK, Backlog, NEW, TONNES, type What } from './backlog.ts'
import { isWhole } from './bounds.ts'
import type { OfferId } from './command.ts'
import { Fronts } from './fronts.ts'
import { Instruments } from './instruments.ts'
import { Ladder } from './ladder.ts'
import { IdTable } from './memory/id-table.ts'
import { PAGE_MASK, PAGE_SHIFT } from './memory/record-pages.ts'
import {
  DOUBLES,
  EXPIRED,
  FLAG_BITS,
  FLAGS,
  INSTRUMENT,
  LEVEL,
  OFFER,
  QUANTITY,
  QUEUED,
  RESERVED,
  SEQUENCE,
  SOLD,
  SUSPENDED,
  WITHDRAWN,
} from './offer-records.ts'
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
  readonly fronts = new Fronts(this.queues, this.instruments, this.ladder)
  readonly views: Views
  readonly reservations = new Reservations()
  /** The last offer that ended stays readable, so that whoever stores the book sees its final state. */
  readonly #ended = { offer: Number.NaN, sequence: 0, quantity: 0, sold: 0, word: 0, price: 0 }

  constructor(maxCachedFilters: number) {
    this.views = new Views(
      this.instruments,
      this.queues,
      this.fronts,
      this.backlog,
      maxCachedFilters,
    )
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
    const home = this.ladder.place(offer, priceMinor, sequence)
    const { doubles, words } = this.ladder.records
    const page = doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    page[at + QUANTITY] = quantity
    page[at + RESERVED] = reserved
    page[at + SOLD] = sold
    const rests = flags === 0 && quantity > reserved + sold
    const word = (instrument << FLAG_BITS) | flags | (rests ? QUEUED : 0)
    ;(words[(home - 1) >>> PAGE_SHIFT] as Int32Array)[at * 2 + INSTRUMENT] = word
    if (!rests) return home
    const tonnes = quantity - reserved - sold
    this.#rest(this.ladder.records.level(home), tonnes, 1)
    this.ladder.setResting(home, true)
    if (this.backlog.isFull()) this.queues.settle()
    this.backlog.note(NEW, instrument, tonnes, 1, offer, priceMinor, home)
    return home
  }

  /** Holds tonnes of an offer that rests with so many. */
  hold(home: number, tonnes: number, restingBefore: number): void {
    const { doubles, words } = this.ladder.records
    const page = doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    page[at + RESERVED] = (page[at + RESERVED] as number) + tonnes
    const own = words[(home - 1) >>> PAGE_SHIFT] as Int32Array
    const offers = tonnes === restingBefore ? -1 : 0
    this.#rest(own[at * 2 + LEVEL] as number, -tonnes, offers)
    if (offers !== 0) this.ladder.setResting(home, false)
    if (this.backlog.isFull()) this.queues.settle()
    const instrument = (own[at * 2 + INSTRUMENT] as number) >>> FLAG_BITS
    this.backlog.note(TONNES, instrument, -tonnes, offers, 0, 0, 0)
  }

  /** Sells tonnes that were reserved. */
  sell(home: number, tonnes: number): void {
    const page = this.ladder.records.doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    const reserved = (page[at + RESERVED] as number) - tonnes
    const sold = (page[at + SOLD] as number) + tonnes
    page[at + RESERVED] = reserved
    page[at + SOLD] = sold
    this.openTonnes -= tonnes
    if (reserved === 0) this.closeIfEnded(home)
  }

  /** Gives tonnes that were reserved back: they rest again, unless the offer may not. */
  giveBack(home: number, tonnes: number): void {
    const { doubles, words } = this.ladder.records
    const page = doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const own = words[(home - 1) >>> PAGE_SHIFT] as Int32Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    const reserved = (page[at + RESERVED] as number) - tonnes
    const word = own[at * 2 + INSTRUMENT] as number
    page[at + RESERVED] = reserved
    if ((word & ~QUEUED & FLAGS) !== 0) {
      if ((word & WITHDRAWN) !== 0) {
        this.openTonnes -= tonnes
        this.closeIfEnded(home)
      }
      return
    }
    const before = (page[at + QUANTITY] as number) - reserved - (page[at + SOLD] as number) - tonnes
    const offers = before === 0 ? 1 : 0
    this.#rest(own[at * 2 + LEVEL] as number, tonnes, offers)
    let what: What = TONNES
    if (offers !== 0) {
      this.ladder.setResting(home, true)
      if ((word & QUEUED) === 0) {
        own[at * 2 + INSTRUMENT] = word | QUEUED
        what = BACK
      }
    }
    if (this.backlog.isFull()) this.queues.settle()
    this.backlog.note(what, word >>> FLAG_BITS, tonnes, offers, page[at + OFFER] as number, 0, 0)
  }

  /** Takes back what rests of an offer, for good; tells how many tonnes that are. */
  withdraw(home: number): number {
    const { doubles, words } = this.ladder.records
    const page = doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const own = words[(home - 1) >>> PAGE_SHIFT] as Int32Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    const reserved = page[at + RESERVED] as number
    const unspoken = (page[at + QUANTITY] as number) - reserved - (page[at + SOLD] as number)
    const word = own[at * 2 + INSTRUMENT] as number
    own[at * 2 + INSTRUMENT] = word | WITHDRAWN
    this.openTonnes -= unspoken
    if ((word & ~QUEUED & FLAGS) === 0 && unspoken > 0) {
      this.#rest(own[at * 2 + LEVEL] as number, -unspoken, -1)
      this.ladder.setResting(home, false)
      if (this.backlog.isFull()) this.queues.settle()
      this.backlog.note(TONNES, word >>> FLAG_BITS, -unspoken, -1, 0, 0, 0)
    }
    if (reserved === 0) this.closeIfEnded(home)
    return unspoken
  }

  /**
   * Brings every sum in step with an offer of which so many tonnes rested before its record was changed. What comes to rest
   * again goes back into its queue.
   */
  moved(home: number, restingBefore: number): void {
    const { records } = this.ladder
    const resting = records.resting(home)
    if (resting === restingBefore) return
    const added = resting - restingBefore
    const offers = restingBefore === 0 ? 1 : resting === 0 ? -1 : 0
    this.#rest(records.level(home), added, offers)
    let what: What = TONNES
    if (offers !== 0) {
      this.ladder.setResting(home, offers === 1)
      if (offers === 1 && (records.flags(home) & QUEUED) === 0) {
        records.addFlag(home, QUEUED)
        what = BACK
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
    const { doubles, words } = this.ladder.records
    const page = doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const own = words[(home - 1) >>> PAGE_SHIFT] as Int32Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    const word = own[at * 2 + INSTRUMENT] as number
    const [quantity, reserved] = [page[at + QUANTITY] as number, page[at + RESERVED] as number]
    const sold = page[at + SOLD] as number
    if (reserved > 0 || ((word & WITHDRAWN) === 0 && quantity > sold)) return
    const ended = this.#ended
    ended.offer = page[at + OFFER] as number
    ended.sequence = page[at + SEQUENCE] as number
    ended.quantity = quantity
    ended.sold = sold
    ended.word = word
    ended.price = this.ladder.levels.prices.get(own[at * 2 + LEVEL] as number)
    if ((word & QUEUED) !== 0) this.queues.ended++
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
    const { sequence, quantity, sold, word, price } = this.#ended
    return this.#ended.offer === offer
      ? this.#state(this.#ended.offer, sequence, quantity, 0, sold, word, price)
      : undefined
  }

  /** The offer at a home. */
  stateAt(home: number): OfferState {
    const { records } = this.ladder
    return this.#state(
      records.offer(home),
      records.sequence(home),
      records.quantity(home),
      records.reserved(home),
      records.sold(home),
      (records.instrument(home) << FLAG_BITS) | records.flags(home),
      this.ladder.price(home),
    )
  }

  #state(
    offer: OfferId,
    sequence: number,
    quantityTonnes: number,
    reservedTonnes: number,
    soldTonnes: number,
    word: number,
    priceMinor: number,
  ): OfferState {
    const instrument = word >>> FLAG_BITS
    const withdrawn = (word & WITHDRAWN) !== 0
    const unspoken = quantityTonnes - reservedTonnes - soldTonnes
    return {
      offer,
      seller: this.instruments.seller(instrument),
      attributes: this.instruments.attributes(instrument),
      priceMinor,
      sequence,
      quantityTonnes,
      reservedTonnes,
      soldTonnes,
      withdrawnTonnes: withdrawn ? unspoken : 0,
      availableTonnes: withdrawn ? 0 : unspoken,
      suspended: (word & SUSPENDED) !== 0,
      expired: (word & EXPIRED) !== 0,
      withdrawn,
    }
  }

  #rest(level: number, tonnes: number, offers: number): void {
    const { levels } = this.ladder
    this.restingTonnes += tonnes
    levels.tonnes.set(level, levels.tonnes.get(level) + tonnes)
    levels.resting.set(level, levels.resting.get(level) + offers)
  }

  #note(what: What, home: number, tonnes: number, resting: -1 | 0 | 1): void {
    const { records } = this.ladder
    if (this.backlog.isFull()) this.queues.settle()
    this.backlog.note(what, records.instrument(home), tonnes, resting, records.offer(home), 0, 0)
  }
}
