/** Price-time matching inside a filter. Collects what a query takes; the offers stay as they are. */
import type { Backlog } from './backlog.ts'
import type { Query, RejectionReason } from './command.ts'
import { Few } from './few.ts'
import type { Fronts } from './fronts.ts'
import type { Instruments } from './instruments.ts'
import { type Ladder, SLOTS } from './ladder.ts'
import { PAGE_MASK, PAGE_SHIFT } from './memory/record-pages.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import type { Merge } from './merge.ts'
import { DOUBLES, LEVEL, OFFER, QUANTITY, RESERVED, SOLD } from './offer-records.ts'
import { type Parts, partsOf, wrongAmount, wrongLimit } from './query.ts'
import type { Queues } from './queues.ts'
import { SmallViews } from './small-views.ts'
import { type Inside, View, type Views } from './views.ts'

/** How offers inside a filter are found: by walking the ladder, or by merging the queues of the filter's instruments. */
export type Plan = 'scan' | 'merge'

/** A view with so few instruments is merged at once. */
const NARROW = 12
/** A scan gives up when it has passed over so many offers in vain, besides what a merge would cost. */
const FUTILE = 96
/** After a scan was given up, so many queries in the same view are merged at once. */
const SPARED = 16

/** What a book gives its matching to read. */
export type Market = {
  readonly ladder: Ladder
  readonly queues: Queues
  readonly fronts: Fronts
  readonly views: Views
  readonly instruments: Instruments
  readonly backlog: Backlog
  readonly restingTonnes: number
}

/** No filter, and no buyer whose offers are passed over. */
const EVERYTHING = 'everything'

/** One match at a time: what it took stays here until the next. */
export class Matching {
  readonly #market: Market
  readonly #maxFills: number
  readonly #plan: Plan | undefined
  readonly #few: Few
  /** The fills, in the order of taking: offers, tonnes and minor units a tonne. */
  readonly offers: number[] = []
  readonly tonnes: number[] = []
  readonly prices: number[] = []
  /** Where each offer is. A guess, to be checked. */
  readonly homes: number[] = []
  /** What each offer had available. */
  readonly available: number[] = []
  /** How many of them count. */
  fills = 0
  quantityTonnes = 0
  costMinor = 0n
  /** True where the query got all it asked for. */
  complete = false
  /** True where more could have been taken if more fills were allowed. */
  capped = false
  #tonnesLeft = 0
  #minorLeft = 0
  #byBudget = false
  #mostFills = 0
  /** What the last scan passed over. */
  #futile = 0

  constructor(market: Market, maxFills: number, plan: Plan | undefined) {
    this.#market = market
    this.#maxFills = maxFills
    this.#plan = plan
    this.#few = new Few(market.fronts)
  }

  /**
   * Takes a prefix of the offers that the query may take, best price first, then earliest; only the last may be partial. At
   * most `maxFills` fills: needing more refuses all-or-none and shortens the rest. All-or-none on a budget is complete when
   * what is left of the money does not pay for another tonne at the last price. Returns why it is refused, if it is.
   */
  match(asked: Query): RejectionReason | undefined {
    const query = partsOf(asked)
    const wrong = wrongAmount(query)
    if (wrong) return wrong
    const { filter, buyer } = query
    const { views } = this.#market
    const everything = filter === undefined && buyer === undefined && this.#plan !== 'merge'
    const inside = everything
      ? EVERYTHING
      : this.#plan
        ? views.find(filter, buyer)
        : views.select(filter, buyer)
    if (!inside) return 'InvalidFilter'
    return wrongLimit(query) ?? this.#fill(query, inside)
  }

  #fill(query: Parts, inside: Inside | typeof EVERYTHING): RejectionReason | undefined {
    const wanted = query.quantityTonnes
    const hopeless = query.allOrNone && wanted !== undefined && wanted > this.#market.restingTonnes
    this.#begin(query, hopeless)
    const limit = query.maxPriceMinor ?? Infinity
    if (inside === EVERYTHING) this.#sweep(limit)
    else if (inside instanceof View) this.#look(query, limit, inside, hopeless)
    else this.#lookAtFew(query, limit, inside)
    if (this.quantityTonnes === 0 && !this.complete) return 'NothingAvailable'
    if (query.allOrNone && !this.complete) {
      return this.capped && !this.#isTooMuch(query, inside) ? 'TooManyFills' : 'NotEnoughAvailable'
    }
    this.costMinor = this.#cost()
    if (query.maxTotalMinor !== undefined && this.costMinor > query.maxTotalMinor) {
      return 'TotalLimitExceeded'
    }
    return this.quantityTonnes === 0 ? 'BudgetTooSmall' : undefined
  }

  /** What cannot be filled is refused at once: when it is hopeless, one offer tells whether there is any. */
  #begin(query: Parts, hopeless: boolean): void {
    this.fills = 0
    this.quantityTonnes = 0
    this.complete = false
    this.capped = false
    this.#mostFills = hopeless ? 1 : this.#maxFills
    this.#byBudget = query.budgetMinor !== undefined
    this.#tonnesLeft = query.quantityTonnes ?? Number.MAX_SAFE_INTEGER
    this.#minorLeft = query.budgetMinor ?? 0
  }

  #look(query: Parts, limit: number, view: View, hopeless: boolean): void {
    if (this.#plan === 'scan') {
      this.#scan(limit, view, Infinity)
      return
    }
    if (view.wasTooLittle && this.#isTooMuchAtAll(query, limit, view)) return
    if (this.#plan !== 'merge' && this.#scanned(limit, view)) return
    if (view.merged === 0 && this.#isTooMuchAtAll(query, limit, view)) return
    const merge = this.#market.views.merge(view)
    view.wasTooLittle = isMore(query, merge.tonnes)
    this.#begin(query, hopeless || view.wasTooLittle)
    this.#takeFrom(merge, limit)
  }

  #takeFrom(source: Few | Merge, limit: number): void {
    for (let isOne = source.first(); isOne; isOne = source.next()) {
      const { offer, home, price, available } = source
      if (price > limit || this.#take(offer, home, price, available)) return
    }
  }

  /** Whether adding up what rests tells, without a scan or a merge, that an order wants all of more than there is. */
  #isTooMuchAtAll(query: Parts, limit: number, view: View): boolean {
    if (!query.allOrNone || limit !== Infinity) return false
    const tonnes = this.#market.views.tonnes(view)
    view.wasTooLittle = isMore(query, tonnes)
    if (!view.wasTooLittle) return false
    this.#begin(query, true)
    this.quantityTonnes = tonnes
    return true
  }

  #lookAtFew(query: Parts, limit: number, few: SmallViews | readonly number[]): void {
    this.#market.queues.settle()
    if (query.allOrNone && isMore(query, this.#tonnesOf(few))) this.#begin(query, true)
    if (few instanceof SmallViews) {
      few.catchUp()
      this.#few.beginIn(few)
    } else this.#few.begin(few)
    this.#takeFrom(this.#few, limit)
  }

  #tonnesOf(few: SmallViews | readonly number[]): number {
    this.#market.queues.settle()
    if (few instanceof SmallViews) {
      few.catchUp()
      return few.tonnes
    }
    let tonnes = 0
    for (const member of few) tonnes += this.#market.instruments.tonnes(member)
    return tonnes
  }

  /** Scans where that is likely to end soon; false where the queues have to be merged. */
  #scanned(limit: number, view: View): boolean {
    if (view.merged > 0 && view.merged <= NARROW) return false
    if (view.scansSpared > 0 && view.lag(this.#market.backlog) <= FUTILE * 32) {
      view.scansSpared--
      return false
    }
    // Scans in vain are put up with until together they cost what a merge would.
    const lag = view.lag(this.#market.backlog)
    const scanned = this.#scan(limit, view, FUTILE + Math.max(0, lag - view.futile))
    view.futile = scanned ? view.futile + this.#futile : 0
    if (!scanned) view.scansSpared = SPARED
    return scanned
  }

  /** Every resting offer of the ladder. */
  #sweep(limit: number): void {
    const { ladder } = this.#market
    const { records, levels } = ladder
    for (let leaf = ladder.firstResting(); leaf !== NONE; leaf = ladder.nextResting(leaf)) {
      const first = leaf * SLOTS
      const doubles = records.doubles[first >>> PAGE_SHIFT] as Float64Array
      const words = records.words[first >>> PAGE_SHIFT] as Int32Array
      for (let left = ladder.resting(leaf); left !== 0; left &= left - 1) {
        const slot = 31 - Math.clz32(left & -left)
        const at = ((first + slot) & PAGE_MASK) * DOUBLES
        const price = levels.prices.get(words[at * 2 + LEVEL] as number)
        const available =
          (doubles[at + QUANTITY] as number) -
          (doubles[at + RESERVED] as number) -
          (doubles[at + SOLD] as number)
        if (price > limit) return
        const offer = doubles[at + OFFER] as number
        if (this.#take(offer, first + slot + 1, price, available)) return
      }
    }
  }

  /** The resting offers of the ladder that are inside a view; false when it passed over more than so many. */
  #scan(limit: number, view: View, most: number): boolean {
    const { ladder } = this.#market
    const { records } = ladder
    this.#futile = 0
    for (let leaf = ladder.firstResting(); leaf !== NONE; leaf = ladder.nextResting(leaf)) {
      for (let left = ladder.resting(leaf); left !== 0; left &= left - 1) {
        const home = leaf * SLOTS + lowestBit(left) + 1
        if (!view.has(records.instrument(home))) {
          if (++this.#futile > most) return false
          continue
        }
        const price = ladder.price(home)
        if (price > limit) return true
        if (this.#take(records.offer(home), home, price, records.unspoken(home))) return true
      }
    }
    return true
  }

  /** Takes of an offer what is still wanted; true when nothing more is. */
  #take(offer: number, home: number, price: number, available: number): boolean {
    let tonnes = available < this.#tonnesLeft ? available : this.#tonnesLeft
    if (this.#byBudget) {
      // Exact: a quotient of safe integers never rounds up to the next whole number.
      const payable = Math.floor(this.#minorLeft / price)
      if (payable < tonnes) tonnes = payable
      if (tonnes === 0) {
        this.complete = true
        return true
      }
    }
    const fill = this.fills
    if (fill === this.#mostFills) {
      this.capped = true
      return true
    }
    this.offers[fill] = offer
    this.homes[fill] = home
    this.tonnes[fill] = tonnes
    this.prices[fill] = price
    this.available[fill] = available
    this.fills = fill + 1
    this.quantityTonnes += tonnes
    this.#tonnesLeft -= tonnes
    if (this.#byBudget) {
      this.#minorLeft -= tonnes * price
      this.complete = this.#minorLeft < price
    } else {
      this.complete = this.#tonnesLeft === 0
    }
    return this.complete
  }

  /** Whether all that rests inside the filter, at any price, is less than an order by tonnes wants. */
  #isTooMuch(query: Parts, inside: Inside | typeof EVERYTHING): boolean {
    const { views, restingTonnes } = this.#market
    if (inside === EVERYTHING) return isMore(query, restingTonnes)
    if (!(inside instanceof View)) return isMore(query, this.#tonnesOf(inside))
    inside.wasTooLittle = isMore(query, views.tonnes(inside))
    return inside.wasTooLittle
  }

  /** Exact: in numbers as long as they are safe, else in bigints; one product alone may reach 10^21. */
  #cost(): bigint {
    let cost = 0
    for (let fill = 0; fill < this.fills; fill++) {
      cost += (this.prices[fill] as number) * (this.tonnes[fill] as number)
    }
    if (cost <= Number.MAX_SAFE_INTEGER) return wholeOf(cost)
    let exact = 0n
    for (let fill = 0; fill < this.fills; fill++) {
      exact += BigInt(this.prices[fill] as number) * BigInt(this.tonnes[fill] as number)
    }
    return exact
  }
}

const WORD = new BigUint64Array(1)
const HALVES = new Uint32Array(WORD.buffer)
WORD[0] = 1n
const LOW = HALVES[0] === 1 ? 0 : 1

/** A safe integer as a bigint; by way of its two halves, which is several times as fast as asking for it. */
function wholeOf(number: number): bigint {
  HALVES[LOW] = number % 2 ** 32
  HALVES[1 - LOW] = Math.floor(number / 2 ** 32)
  return WORD[0] as bigint
}

/** Whether an order by tonnes wants all of more than there is. */
function isMore(query: Parts, tonnes: number): boolean {
  return query.allOrNone && query.quantityTonnes !== undefined && query.quantityTonnes > tonnes
}
