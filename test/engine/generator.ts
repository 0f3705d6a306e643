/**
 * Seeded commands for a book, and questions between them: mostly sensible, now and then malformed. They end reservations
 * twice, place huge values, bring in projects that filters named before, and amend, suspend and withdraw what is reserved.
 */
import {
  type BookEvent,
  type Command,
  type Filter,
  MAX_NUMBER,
  MAX_PRICE_MINOR,
  MAX_QUANTITY_TONNES,
  type Query,
  type Rejected,
} from '@offset-button/engine'
import { AttributeGenerator } from './attribute-generator.ts'
import { JUNK, spoilt } from './junk.ts'
import type { Profile, Weights } from './profiles.ts'
import { Random } from './random.ts'
import type { Step } from './step.ts'

export { Random } from './random.ts'

/** Milliseconds. Times are whole ticks, so that `now` is often exactly an expiry. */
const TICK = 10
/** Of a hundred commands, how many are spoilt. */
const SPOILT = 6
/** For each offer of a tide, how many commands it takes to come in, and as many to go out. */
const TIDE_COMMANDS = 3
const WAVE_ORDERS = 60

const WEIGHTS: Weights = {
  reserve: 38,
  end: 34,
  extend: 5,
  amend: 10,
  withdraw: 4,
  suspend: 4,
  resume: 5,
  expire: 0,
}
const QUESTIONS = {
  Quote: 18,
  Explain: 8,
  Depth: 6,
  Standing: 6,
  Check: 2,
  ExplainPast: 1,
  Restore: 1,
}

export class CommandGenerator {
  readonly #random: Random
  readonly #profile: Profile
  readonly #attributes: AttributeGenerator
  readonly #weights: Weights
  readonly #openOffers: () => readonly number[]
  #offers: number
  #held: number[] = []
  readonly #ended: number[] = []
  #suspended: number[] = []
  #now = 1_000_000
  #steps = 0
  /** Orders still to come in this wave, and what is then to be released. */
  #wave = WAVE_ORDERS
  #releases: number[] = []

  /** `openOffers` lets it choose among those; without it, ids are guessed. */
  constructor(seed: number, profile: Profile, openOffers: () => readonly number[] = () => []) {
    this.#random = new Random(seed)
    this.#profile = profile
    this.#attributes = new AttributeGenerator(this.#random, profile)
    this.#offers = profile.before ?? 0
    this.#weights = { ...WEIGHTS, ...profile.weights }
    this.#openOffers = openOffers
  }

  /** A command, or now and then a question. */
  step(): Step {
    const random = this.#random
    return random.chance(this.#profile.asking ?? 22) ? this.#question() : this.next()
  }

  next(): Command {
    const random = this.#random
    this.#steps++
    this.#now += TICK * random.whole(0, 1)
    const command = this.#sensible()
    return random.chance(SPOILT) ? spoilt(random, command) : command
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
      ? { quantityTonnes: this.#quantity(random.chance(3) ? 300 : 3) }
      : { budgetMinor: random.chance(10) ? random.whole(1, 400) : this.#budget() }
    return {
      ...amount,
      allOrNone: random.chance(50),
      ...(random.chance(this.#profile.filtering ?? 60) ? { filter: this.filter() } : {}),
      ...(random.chance(30) ? { maxPriceMinor: this.#price() } : {}),
      ...(random.chance(15) ? { maxTotalMinor: this.#budget() } : {}),
      ...(random.chance(this.#profile.buying ?? 25) ? { buyer: this.#seller() } : {}),
    }
  }

  filter(): Filter {
    return this.#attributes.filter()
  }

  #question(): Step {
    const random = this.#random
    const kind = random.weighted(QUESTIONS)
    switch (kind) {
      case 'Depth':
        return {
          kind,
          ...this.#filterOrJunk(),
          ...(random.chance(30) ? { maxLevels: random.whole(1, 4) } : {}),
        }
      case 'Standing':
        return { kind, offer: this.#offer(), ...this.#filterOrJunk() }
      case 'Check':
        return { kind }
      case 'Restore':
        return { kind, book: random.whole(0, 3) }
      default:
        return { kind, query: this.query() }
    }
  }

  #filterOrJunk(): { filter?: Filter } {
    const random = this.#random
    if (random.chance(20)) return {}
    return { filter: random.chance(5) ? (random.pick(JUNK) as Filter) : this.filter() }
  }

  #sensible(): Command {
    const planned = this.#planned()
    if (planned) return planned
    const random = this.#random
    if (this.#offers === (this.#profile.before ?? 0) || random.chance(this.#placing()))
      return this.#place()
    switch (random.weighted(this.#weights)) {
      case 'reserve':
        return this.#reserve()
      case 'end':
        return this.#end()
      case 'extend':
        return this.#extend()
      case 'amend':
        return this.#amend()
      case 'withdraw':
        return { kind: 'WithdrawOffer', offer: this.#offer() }
      case 'suspend':
        return { kind: 'SuspendOffer', offer: this.#offer() }
      case 'expire':
        return { kind: 'ExpireOffer', offer: this.#offer() }
      case 'resume': {
        const resumable = this.#suspended.length > 0 && random.chance(85)
        return {
          kind: 'ResumeOffer',
          offer: resumable ? random.pick(this.#suspended) : this.#offer(),
        }
      }
    }
  }

  /** Of a hundred commands, how many place offers now. */
  #placing(): number {
    const { placing, live } = this.#profile
    if (live === undefined) return placing * 10
    const short = this.#liveNow(live) - this.#openOffers().length
    return short > live / 10 ? 75 : short > 0 ? 50 : 8
  }

  #liveNow(live: number): number {
    const isEbb = this.#profile.tide && Math.floor(this.#steps / (live * TIDE_COMMANDS)) % 2 === 1
    return isEbb ? 2 : live
  }

  /** What a wave has still to do, or a withdrawal where there are too many offers. */
  #planned(): Command | undefined {
    const { live, waves } = this.#profile
    const random = this.#random
    const open = this.#openOffers()
    if (live !== undefined && open.length > this.#liveNow(live) && random.chance(35)) {
      return { kind: 'WithdrawOffer', offer: random.pick(open) }
    }
    if (!waves || (live !== undefined && open.length < live / 2)) return undefined
    if (random.chance(15)) return undefined
    const reservation = this.#releases.pop()
    if (reservation !== undefined) return { kind: 'ReleaseReservation', reservation }
    if (this.#wave-- > 0) return this.#reserve()
    this.#wave = WAVE_ORDERS
    this.#releases = random.shuffled(this.#held)
    return undefined
  }

  #place(): Command {
    return {
      kind: 'PlaceOffer',
      seller: this.#seller(),
      attributes: this.#attributes.attributes(),
      priceMinor: this.#price(),
      quantityTonnes: this.#quantity(1),
    }
  }

  #amend(): Command {
    const random = this.#random
    const isOther = random.chance(this.#profile.reattributing ?? 0)
    return {
      kind: 'AmendOffer',
      offer: this.#offer(),
      ...(random.chance(70) ? { quantityTonnes: this.#quantity(1) } : {}),
      ...(random.chance(35) ? { priceMinor: this.#price() } : {}),
      ...(isOther ? { attributes: this.#attributes.attributes() } : {}),
    }
  }

  #reserve(): Command {
    const expiresAt = this.#now + TICK * this.#random.whole(0, 12)
    return { kind: 'Reserve', query: this.query(), expiresAt }
  }

  #end(): Command {
    const random = this.#random
    const reservation = this.#reservation(this.#profile.repeating ?? 20)
    const roll = random.whole(1, 10)
    if (roll <= 3) return { kind: 'CommitReservation', reservation }
    if (roll <= 7) return { kind: 'ReleaseReservation', reservation }
    return { kind: 'ExpireReservation', reservation, now: this.#now }
  }

  #extend(): Command {
    const expiresAt = this.#now + TICK * this.#random.whole(-6, 12)
    return { kind: 'ExtendReservation', reservation: this.#reservation(20), expiresAt }
  }

  #seller(): number {
    const number = this.#random.whole(0, (this.#profile.sellers ?? 5) - 1)
    return this.#profile.huge ? MAX_NUMBER - number : number
  }

  #price(): number {
    const { prices, huge, priceStep = 1 } = this.#profile
    const step = this.#random.whole(0, prices - 1)
    return huge ? MAX_PRICE_MINOR - step : 100 + step * priceStep
  }

  #quantity(times: number): number {
    return this.#profile.huge
      ? this.#random.whole(MAX_QUANTITY_TONNES - 1000, MAX_QUANTITY_TONNES)
      : this.#random.whole(1, 60 * times)
  }

  #budget(): number {
    return this.#profile.huge
      ? this.#random.whole(2 ** 52, Number.MAX_SAFE_INTEGER)
      : this.#random.whole(1, 300 * this.#price())
  }

  /** Mostly one that is open, or one of the latest; now and then one that is not there. */
  #offer(): number {
    const random = this.#random
    if (random.chance(2)) return this.#offers + random.whole(1, 3)
    const open = this.#openOffers()
    if (open.length > 0 && random.chance(75)) return random.pick(open)
    return random.chance(50)
      ? random.whole(Math.max(1, this.#offers - 10), this.#offers)
      : random.whole(1, this.#offers)
  }

  /** Mostly a held one; `repeating` of a hundred times one that has ended; now and then one that is not there. */
  #reservation(repeating: number): number {
    const random = this.#random
    const roll = random.whole(1, 100)
    if (roll <= repeating && this.#ended.length > 0) return random.pick(this.#ended.slice(-8))
    if (roll <= 97 && this.#held.length > 0) return random.pick(this.#held)
    return random.whole(0, 1_000)
  }
}
