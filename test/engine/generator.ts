/**
 * Seeded commands for a book: mostly sensible, now and then malformed. They end reservations twice, place huge values, bring
 * in projects that filters named before, and amend, suspend and withdraw what is reserved.
 */
import type {
  BookEvent,
  Command,
  Filter,
  OfferAttributes,
  Query,
  Rejected,
} from '@offset-button/engine'

/** Where one seed goes. */
export type Profile = {
  /** How many different prices there are. */
  readonly prices: number
  /** True for prices and quantities near their bounds. */
  readonly huge: boolean
  /** Of ten commands, about how many place offers. */
  readonly placing: number
  readonly maxFills: number
}

/** Milliseconds. Times are whole ticks, so that `now` is often exactly an expiry. */
const TICK = 10

const JUNK: readonly unknown[] = [
  '5',
  '01',
  '__proto__',
  '',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1.5,
  0,
  -1,
  null,
  true,
  2 ** 53,
  1_000_000_000_001,
  5n,
  [],
  {},
  [1, '2'],
  { project: ['1'] },
  { project: 1 },
  { colour: [1] },
  { vintage: { from: 2015, to: 2014 } },
  { vintage: 2015 },
  JSON.parse('{"__proto__": [1]}'),
]

/** A generator of 32-bit numbers by xorshift; the same seed gives the same numbers everywhere. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) || 1
    for (let round = 0; round < 8; round++) this.#next()
  }

  /** A whole number from `least` to `most`, both inclusive. */
  whole(least: number, most: number): number {
    const unit = (this.#next() * 2 ** 20 + (this.#next() >>> 12)) / 2 ** 52
    return least + Math.floor(unit * (most - least + 1))
  }

  chance(inHundred: number): boolean {
    return this.whole(1, 100) <= inHundred
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.whole(0, items.length - 1)] as Item
  }

  #next(): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return state >>> 0
  }
}

export class CommandGenerator {
  readonly #random: Random
  readonly #profile: Profile
  #offers = 0
  #held: number[] = []
  #ended: number[] = []
  #suspended: number[] = []
  #now = 1_000_000
  #projects = 2
  /** Filters used again and again, as a host would; some name projects that are not there yet. */
  readonly #filters: Filter[] = []

  constructor(seed: number, profile: Profile) {
    this.#random = new Random(seed)
    this.#profile = profile
  }

  next(): Command {
    const random = this.#random
    this.#now += TICK * random.whole(0, 1)
    const command = this.#sensible()
    return random.chance(6) ? this.#spoilt(command) : command
  }

  /** Learns which ids there are from what the book answered. */
  observe(event: BookEvent | Rejected): void {
    switch (event.kind) {
      case 'OfferPlaced':
        this.#offers = event.offer
        break
      case 'OfferSuspended':
        this.#suspended.push(event.offer)
        break
      case 'OfferResumed':
        this.#suspended = this.#suspended.filter((offer) => offer !== event.offer)
        break
      case 'Reserved':
        this.#held.push(...event.fills.map((fill) => fill.reservation))
        break
      case 'ReservationCommitted':
      case 'ReservationReleased':
      case 'ReservationExpired':
        this.#held = this.#held.filter((held) => held !== event.reservation)
        this.#ended.push(event.reservation)
        break
    }
  }

  query(): Query {
    const random = this.#random
    const amount = random.chance(70)
      ? { quantityTonnes: this.#quantity(3) }
      : { budgetMinor: random.chance(10) ? random.whole(1, 400) : this.#budget() }
    return {
      ...amount,
      allOrNone: random.chance(50),
      ...(random.chance(60) ? { filter: this.filter() } : {}),
      ...(random.chance(30) ? { maxPriceMinor: this.#price() } : {}),
      ...(random.chance(15) ? { maxTotalMinor: this.#budget() } : {}),
      ...(random.chance(25) ? { buyer: random.whole(0, 4) } : {}),
    }
  }

  filter(): Filter {
    const random = this.#random
    if (this.#filters.length < 12 || random.chance(5)) this.#filters.push(this.#newFilter())
    return random.pick(this.#filters)
  }

  #sensible(): Command {
    const random = this.#random
    const roll = random.whole(1, 100)
    if (this.#offers === 0 || roll <= this.#profile.placing * 10) return this.#place()
    const rest = random.whole(1, 100)
    if (rest <= 38) return this.#reserve()
    if (rest <= 72) return this.#end()
    if (rest <= 77) return this.#extend()
    if (rest <= 87) return this.#amend()
    const offer = this.#offer()
    if (rest <= 91) return { kind: 'WithdrawOffer', offer }
    if (rest <= 95) return { kind: 'SuspendOffer', offer }
    const resumable = this.#suspended.length > 0 && random.chance(85)
    return { kind: 'ResumeOffer', offer: resumable ? random.pick(this.#suspended) : offer }
  }

  #place(): Command {
    const random = this.#random
    if (random.chance(4)) this.#projects++
    return {
      kind: 'PlaceOffer',
      seller: random.whole(0, 4),
      attributes: this.#attributes(),
      priceMinor: this.#price(),
      quantityTonnes: this.#quantity(1),
    }
  }

  #amend(): Command {
    const random = this.#random
    return {
      kind: 'AmendOffer',
      offer: this.#offer(),
      ...(random.chance(70) ? { quantityTonnes: this.#quantity(1) } : {}),
      ...(random.chance(35) ? { priceMinor: this.#price() } : {}),
    }
  }

  #reserve(): Command {
    const expiresAt = this.#now + TICK * this.#random.whole(0, 12)
    return { kind: 'Reserve', query: this.query(), expiresAt }
  }

  #end(): Command {
    const random = this.#random
    const reservation = this.#reservation()
    const roll = random.whole(1, 10)
    if (roll <= 3) return { kind: 'CommitReservation', reservation }
    if (roll <= 7) return { kind: 'ReleaseReservation', reservation }
    return { kind: 'ExpireReservation', reservation, now: this.#now }
  }

  #extend(): Command {
    const expiresAt = this.#now + TICK * this.#random.whole(-6, 12)
    return { kind: 'ExtendReservation', reservation: this.#reservation(), expiresAt }
  }

  /** One value of a command, or of its query, replaced by one that is no good. */
  #spoilt(command: Command): Command {
    const random = this.#random
    const copy = structuredClone(command) as unknown as Record<string, unknown>
    const inner = copy.query ?? copy.attributes
    const target = inner && random.chance(70) ? (inner as Record<string, unknown>) : copy
    const names = Object.keys(target).filter((name) => name !== 'kind')
    const name = random.pick(target === copy.query ? [...names, 'filter', 'buyer'] : names)
    target[name] = random.pick(JUNK)
    return copy as unknown as Command
  }

  #attributes(): OfferAttributes {
    const random = this.#random
    return {
      project: random.whole(1, this.#projects),
      host: random.whole(0, 3),
      scope: random.whole(0, 3),
      technology: random.whole(0, 2),
      methodology: random.whole(0, 2),
      vintage: random.whole(2010, 2016),
      unitType: random.whole(5, 7),
    }
  }

  #newFilter(): Filter {
    const random = this.#random
    const some = (least: number, most: number): number[] =>
      Array.from({ length: random.whole(random.chance(10) ? 0 : 1, 3) }, () =>
        random.whole(least, most),
      )
    const from = random.whole(2009, 2016)
    return {
      ...(random.chance(50) ? { project: some(1, this.#projects + 2) } : {}),
      ...(random.chance(25) ? { host: some(0, 3) } : {}),
      ...(random.chance(25) ? { scope: some(0, 3) } : {}),
      ...(random.chance(10) ? { technology: some(0, 2) } : {}),
      ...(random.chance(10) ? { methodology: some(0, 2) } : {}),
      ...(random.chance(15) ? { unitType: some(5, 7) } : {}),
      ...(random.chance(25) ? { vintage: { from, to: from + random.whole(0, 4) } } : {}),
    }
  }

  #price(): number {
    const { prices, huge } = this.#profile
    const step = this.#random.whole(0, prices - 1)
    return huge ? 1_000_000_000 - step : 100 + step
  }

  #quantity(times: number): number {
    const { huge } = this.#profile
    return huge
      ? this.#random.whole(999_999_999_000, 1_000_000_000_000)
      : this.#random.whole(1, 60 * times)
  }

  #budget(): number {
    const { huge } = this.#profile
    return huge
      ? this.#random.whole(2 ** 52, Number.MAX_SAFE_INTEGER)
      : this.#random.whole(1, 30_000)
  }

  /** Mostly one of the latest offers; now and then one that is not there. */
  #offer(): number {
    const random = this.#random
    if (random.chance(2)) return this.#offers + random.whole(1, 3)
    return random.chance(50)
      ? random.whole(Math.max(1, this.#offers - 10), this.#offers)
      : random.whole(1, this.#offers)
  }

  /** Mostly a held one; often one that has ended already; now and then one that is not there. */
  #reservation(): number {
    const random = this.#random
    const roll = random.whole(1, 100)
    if (roll <= 20 && this.#ended.length > 0) return random.pick(this.#ended.slice(-8))
    if (roll <= 97 && this.#held.length > 0) return random.pick(this.#held)
    return random.whole(0, 1_000)
  }
}
