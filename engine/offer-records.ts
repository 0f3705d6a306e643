/**
 * Offers as the ladder holds them: 48 bytes each, in homes numbered from 1. Nothing is kept that follows from the rest: what
 * is neither reserved nor sold is available, or withdrawn once the offer is.
 */
import { RecordPages } from './memory/record-pages.ts'

/** Taken out of every match, by the registry's or the operator's word. */
export const SUSPENDED = 1
/** Its units have expired. */
export const EXPIRED = 2
export const WITHDRAWN = 4
/** It stands in the queue of its instrument. */
export const QUEUED = 8
/** All of them. */
export const FLAGS = 15
/** An instrument and the flags of an offer share a word. */
export const FLAG_BITS = 4

/** The fields of a record: doubles, and words behind them. */
export const OFFER = 0
export const SEQUENCE = 1
export const QUANTITY = 2
export const RESERVED = 3
export const SOLD = 4
export const DOUBLES = 6
export const LEVEL = 10
export const INSTRUMENT = 11
export const WORDS = 12

export class OfferRecords {
  readonly #pages = new RecordPages(DOUBLES)
  /** Home h is record h − 1 of these pages. */
  readonly doubles = this.#pages.doubles
  readonly words = this.#pages.words

  /** Makes room for so many homes. */
  reserve(homes: number): void {
    this.#pages.reserve(homes)
  }

  copy(from: number, to: number): void {
    this.#pages.copy(from - 1, to - 1)
  }

  /** Leaves no offer at a home, so that who guesses it there finds out. */
  clear(home: number): void {
    this.#pages.setDouble(home - 1, OFFER, 0)
  }

  offer(home: number): number {
    return this.#pages.double(home - 1, OFFER)
  }

  sequence(home: number): number {
    return this.#pages.double(home - 1, SEQUENCE)
  }

  /** Tonnes ever offered. */
  quantity(home: number): number {
    return this.#pages.double(home - 1, QUANTITY)
  }

  reserved(home: number): number {
    return this.#pages.double(home - 1, RESERVED)
  }

  sold(home: number): number {
    return this.#pages.double(home - 1, SOLD)
  }

  setTonnes(home: number, quantity: number, reserved: number, sold: number): void {
    this.#pages.setDouble(home - 1, QUANTITY, quantity)
    this.#pages.setDouble(home - 1, RESERVED, reserved)
    this.#pages.setDouble(home - 1, SOLD, sold)
  }

  level(home: number): number {
    return this.#pages.word(home - 1, LEVEL)
  }

  instrument(home: number): number {
    return this.#pages.word(home - 1, INSTRUMENT) >>> FLAG_BITS
  }

  flags(home: number): number {
    return this.#pages.word(home - 1, INSTRUMENT) & FLAGS
  }

  addFlag(home: number, flag: number): void {
    this.#pages.setWord(home - 1, INSTRUMENT, this.#pages.word(home - 1, INSTRUMENT) | flag)
  }

  removeFlag(home: number, flag: number): void {
    this.#pages.setWord(home - 1, INSTRUMENT, this.#pages.word(home - 1, INSTRUMENT) & ~flag)
  }

  /** Tonnes that are neither reserved nor sold: available, or withdrawn. */
  unspoken(home: number): number {
    return this.quantity(home) - this.reserved(home) - this.sold(home)
  }

  available(home: number): number {
    return (this.flags(home) & WITHDRAWN) === 0 ? this.unspoken(home) : 0
  }

  /** Tonnes that a query can take. */
  resting(home: number): number {
    return (this.flags(home) & ~QUEUED) === 0 ? this.unspoken(home) : 0
  }
}
