/** Instruments: offers that are alike to every filter, by their attributes and their seller. */
import type { SellerId } from './command.ts'
import type { OfferAttributes } from './filter.ts'
import { Float64Pages } from './memory/pages.ts'
import { PAGE_MASK, PAGE_SHIFT, RecordPages } from './memory/record-pages.ts'
import { NOBODY, Postings } from './postings.ts'

/** The attributes that a filter lists values of, in the order in which an instrument keeps them. */
export const LISTED = ['project', 'host', 'scope', 'technology', 'methodology', 'unitType'] as const
/** The words behind them; instruments are found by these as well. */
export const VINTAGE = LISTED.length
export const SELLER = VINTAGE + 1
const IDENTITY_DOUBLES = 4
/** What rests of it: the tonnes and, in a word behind them, the offers. */
const TONNES = 0
const OFFERS = 2
/** Words that the queue of an instrument keeps: see there. */
export const QUEUE_WORDS = { root: 3, fresh: 4, freshCount: 5, first: 6 } as const
const LINE_DOUBLES = 4
/** Tables of instruments, by the highest bits of a hash. */
const TABLES = 64
const TABLE_SHIFT = 26
const EMPTY = new Int32Array(1)
const FIRST_TABLE = 16
/** Any number with many bits: what is mixed into 0 is but a multiple. */
const SEED = 0x243f6a88

/** Numbered from 0 and kept for good: there are as many as ways to be alike, not as offers. */
export class Instruments {
  /** What an instrument is: who places an offer looks at it. */
  readonly #identities = new RecordPages(IDENTITY_DOUBLES)
  /** What rests of it and where its queue is: half a line of a cache. */
  readonly lines = new RecordPages(LINE_DOUBLES)
  readonly #changes = new Float64Pages()
  readonly #attributes: (OfferAttributes | undefined)[] = []
  /** By listed attribute, vintage and seller. */
  readonly postings = new Postings(SELLER + 1)
  /** Every vintage that an instrument has. */
  readonly vintages: number[] = []
  /** Numbers plus 1 by hash, open addressing, each at most half full: one that doubles holds nothing up for long. */
  readonly #tables: Int32Array[] = new Array(TABLES).fill(EMPTY)
  readonly #counts = new Int32Array(TABLES)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The instrument of these attributes and this seller, all of which have been checked. */
  of(attributes: OfferAttributes, seller: SellerId): number {
    const hash = hashOf(attributes, seller)
    const table = this.#tables[hash >>> TABLE_SHIFT] as Int32Array
    const mask = table.length - 1
    let at = hash & mask
    for (;;) {
      const found = (table[at] as number) - 1
      if (found < 0) return this.#add(attributes, seller, hash)
      if (this.#is(found, attributes, seller)) return found
      at = (at + 1) & mask
    }
  }

  seller(instrument: number): SellerId {
    return this.#identities.word(instrument, SELLER)
  }

  vintage(instrument: number): number {
    return this.#identities.word(instrument, VINTAGE)
  }

  /** The value of the listed attribute with this index. */
  value(instrument: number, listed: number): number {
    return this.#identities.word(instrument, listed)
  }

  attributes(instrument: number): OfferAttributes {
    const known = this.#attributes[instrument]
    if (known) return known
    const value = (listed: number): number => this.value(instrument, listed)
    const attributes = Object.freeze({
      project: value(0),
      host: value(1),
      scope: value(2),
      technology: value(3),
      methodology: value(4),
      vintage: this.vintage(instrument),
      unitType: value(5),
    })
    this.#attributes[instrument] = attributes
    return attributes
  }

  /** Tonnes that a query can take. */
  tonnes(instrument: number): number {
    return this.lines.double(instrument, TONNES)
  }

  /** Offers that a query can take something of. */
  resting(instrument: number): number {
    return this.lines.word(instrument, OFFERS)
  }

  /** Notes that more or fewer rest, with the number of that change. */
  rest(instrument: number, tonnes: number, offers: number, change: number): void {
    const doubles = this.lines.doubles[instrument >>> PAGE_SHIFT] as Float64Array
    const words = this.lines.words[instrument >>> PAGE_SHIFT] as Int32Array
    const at = (instrument & PAGE_MASK) * LINE_DOUBLES
    doubles[at + TONNES] = (doubles[at + TONNES] as number) + tonnes
    words[at * 2 + OFFERS] = (words[at * 2 + OFFERS] as number) + offers
    this.#changes.set(instrument, change)
  }

  /** The number of the last change of what rests; 0 for none. */
  changed(instrument: number): number {
    return this.#changes.get(instrument)
  }

  #is(instrument: number, attributes: OfferAttributes, seller: SellerId): boolean {
    const page = this.#identities.words[instrument >>> PAGE_SHIFT] as Int32Array
    const at = (instrument & PAGE_MASK) * IDENTITY_DOUBLES * 2
    return (
      page[at] === attributes.project &&
      page[at + VINTAGE] === attributes.vintage &&
      page[at + SELLER] === seller &&
      page[at + 1] === attributes.host &&
      page[at + 2] === attributes.scope &&
      page[at + 3] === attributes.technology &&
      page[at + 4] === attributes.methodology &&
      page[at + 5] === attributes.unitType
    )
  }

  #add(attributes: OfferAttributes, seller: SellerId, hash: number): number {
    const instrument = this.#length++
    this.#identities.reserve(this.#length)
    this.lines.reserve(this.#length)
    this.#changes.reserve(this.#length)
    if (this.postings.first(VINTAGE, attributes.vintage) === NOBODY) {
      this.vintages.push(attributes.vintage)
    }
    for (const [index, name] of LISTED.entries()) this.#setWord(instrument, index, attributes[name])
    this.#setWord(instrument, VINTAGE, attributes.vintage)
    this.#setWord(instrument, SELLER, seller)
    this.#attributes.push(undefined)
    const which = hash >>> TABLE_SHIFT
    const count = (this.#counts[which] as number) + 1
    this.#counts[which] = count
    if (count * 2 > (this.#tables[which] as Int32Array).length) this.#enlarge(which)
    enter(this.#tables[which] as Int32Array, hash, instrument + 1)
    return instrument
  }

  #setWord(instrument: number, index: number, value: number): void {
    this.#identities.setWord(instrument, index, value)
    this.postings.add(index, value, instrument)
  }

  #enlarge(which: number): void {
    const before = this.#tables[which] as Int32Array
    const table = new Int32Array(Math.max(FIRST_TABLE, before.length * 2))
    for (const entry of before) if (entry !== 0) enter(table, this.#hashOf(entry - 1), entry)
    this.#tables[which] = table
  }

  /** The same as that of its attributes and its seller, without making an object of them. */
  #hashOf(instrument: number): number {
    const word = (index: number): number => this.#identities.word(instrument, index)
    return hashed(word(0), word(1), word(2), word(3), word(4), word(5), word(VINTAGE), word(SELLER))
  }
}

function enter(table: Int32Array, hash: number, entry: number): void {
  const mask = table.length - 1
  let at = hash & mask
  while (table[at] !== 0) at = (at + 1) & mask
  table[at] = entry
}

function hashOf(attributes: OfferAttributes, seller: SellerId): number {
  const { project, host, scope, technology, methodology, unitType, vintage } = attributes
  return hashed(project, host, scope, technology, methodology, unitType, vintage, seller)
}

function hashed(
  project: number,
  host: number,
  scope: number,
  technology: number,
  methodology: number,
  unitType: number,
  vintage: number,
  seller: number,
): number {
  let hash = mixed(SEED, project)
  hash = mixed(hash, seller)
  hash = mixed(hash, vintage)
  hash = mixed(hash, host)
  hash = mixed(hash, scope)
  hash = mixed(hash, technology)
  hash = mixed(hash, methodology)
  hash = mixed(hash, unitType)
  return hash ^ (hash >>> 15)
}

/** Each value by itself: numbers are given one after the other, so that sums and differences of them are often alike. */
function mixed(hash: number, value: number): number {
  return Math.imul(hash ^ (value | 0), 0x9e3779b1) ^ (hash >>> 16)
}
