/** Price-time matching inside a filter. Collects what a query takes; the offers stay as they are. */
import type { Changes } from './changes.ts'
import type { Query, RejectionReason } from './command.ts'
import type { Instruments } from './instruments.ts'
import { type Ladder, SLOTS } from './ladder.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import { wrongAmount, wrongLimit } from './query.ts'
import type { View, Views } from './views.ts'

/** How offers inside a filter are found: by walking the ladder, or by merging the queues of the filter's instruments. */
export type Plan = 'scan' | 'merge'

/** A filter with so few instruments is merged at once. */
const NARROW = 12
/** A scan gives up when it has passed over so many offers in vain. */
const FUTILE = 96
/** After a scan was given up, so many queries in the same view are merged at once. */
const SPARED = 16

/** What a book gives its matching to read. */
export type Market = {
  readonly ladder: Ladder
  readonly views: Views
  readonly instruments: Instruments
  readonly changes: Changes
  readonly restingTonnes: number
}

/** One match at a time: what it took stays here until the next. */
export class Matching {
  readonly #market: Market
  readonly #maxFills: number
  readonly #plan: Plan | undefined
  /** The fills, in the order of taking: homes of offers, tonnes and minor units a tonne. */
  readonly homes: number[] = []
  readonly tonnes: number[] = []
  readonly prices: number[] = []
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

  constructor(market: Market, maxFills: number, plan: Plan | undefined) {
    this.#market = market
    this.#maxFills = maxFills
    this.#plan = plan
  }

  /**
   * Takes a prefix of the offers that the query may take, best price first, then earliest; only the last may be partial. At
   * most `maxFills` fills: needing more refuses all-or-none and shortens the rest. All-or-none on a budget is complete when
   * what is left of the money does not pay for another tonne at the last price. Returns why it is refused, if it is.
   */
  match(query: Query): RejectionReason | undefined {
    this.#begin(undefined)
    const wrong = wrongAmount(query)
    if (wrong) return wrong
    const { filter, buyer } = query
    const everything = filter === undefined && buyer === undefined && this.#plan !== 'merge'
    const view = everything ? undefined : this.#market.views.find(filter, buyer)
    if (!everything && !view) return 'InvalidFilter'
    return wrongLimit(query) ?? this.#fill(query, view)
  }

  #fill(query: Query, view: View | undefined): RejectionReason | undefined {
    const wanted = query.quantityTonnes
    const hopeless = query.allOrNone && wanted !== undefined && wanted > this.#market.restingTonnes
    this.#begin(query)
    // What cannot be filled is refused at once: one offer tells whether there is any.
    if (hopeless) this.#mostFills = 1
    this.#walk(query, view, hopeless)
    if (this.quantityTonnes === 0 && !this.complete) return 'NothingAvailable'
    if (query.allOrNone && !this.complete) {
      return this.capped && !this.#isTooMuch(query, view) ? 'TooManyFills' : 'NotEnoughAvailable'
    }
    this.costMinor = this.#cost()
    if (query.maxTotalMinor !== undefined && this.costMinor > query.maxTotalMinor) {
      return 'TotalLimitExceeded'
    }
    return this.quantityTonnes === 0 ? 'BudgetTooSmall' : undefined
  }

  #begin(query: Query | undefined): void {
    this.fills = 0
    this.quantityTonnes = 0
    this.complete = false
    this.capped = false
    this.#mostFills = this.#maxFills
    this.#byBudget = query?.budgetMinor !== undefined
    this.#tonnesLeft = query?.quantityTonnes ?? Number.MAX_SAFE_INTEGER
    this.#minorLeft = query?.budgetMinor ?? 0
  }

  #walk(query: Query, view: View | undefined, hopeless: boolean): void {
    const limit = query.maxPriceMinor ?? Infinity
    if (!view) {
      this.#sweep(limit)
    } else if (this.#plan === 'scan') {
      this.#scan(limit, view, Infinity)
    } else {
      if (this.#plan !== 'merge' && this.#scanned(limit, view)) return
      this.#begin(query)
      if (hopeless) this.#mostFills = 1
      this.#merge(query, limit, view)
    }
  }

  /** Scans where that is likely to end soon; false where the queues have to be merged. */
  #scanned(limit: number, view: View): boolean {
    if (view.members.length <= NARROW) return false
    if (view.scansSpared > 0) {
      view.scansSpared--
      return false
    }
    if (this.#scan(limit, view, FUTILE)) return true
    view.scansSpared = SPARED
    return false
  }

  /** Every resting offer of the ladder. */
  #sweep(limit: number): void {
    const { ladder } = this.#market
    for (let leaf = ladder.firstResting(); leaf !== NONE; leaf = ladder.nextResting(leaf)) {
      for (let left = ladder.resting(leaf); left !== 0; left &= left - 1) {
        const home = leaf * SLOTS + lowestBit(left) + 1
        const price = ladder.price(home)
        if (price > limit || this.#take(home, price)) return
      }
    }
  }

  /** The resting offers of the ladder that are inside a view; false when it passed over more than so many. */
  #scan(limit: number, view: View, most: number): boolean {
    const { ladder } = this.#market
    const { records } = ladder
    let futile = 0
    for (let leaf = ladder.firstResting(); leaf !== NONE; leaf = ladder.nextResting(leaf)) {
      for (let left = ladder.resting(leaf); left !== 0; left &= left - 1) {
        const home = leaf * SLOTS + lowestBit(left) + 1
        if (!view.has(records.instrument(home))) {
          if (++futile > most) return false
          continue
        }
        const price = ladder.price(home)
        if (price > limit || this.#take(home, price)) return true
      }
    }
    return true
  }

  #merge(query: Query, limit: number, view: View): void {
    const { merge } = view
    merge.sync(this.#market.changes)
    const wanted = query.quantityTonnes
    if (query.allOrNone && wanted !== undefined && wanted > merge.tonnes) this.#mostFills = 1
    for (let home = merge.first(); home !== 0; home = merge.next()) {
      const price = this.#market.ladder.price(home)
      if (price > limit || this.#take(home, price)) return
    }
  }

  /** Takes of an offer what is still wanted; true when nothing more is. */
  #take(home: number, price: number): boolean {
    const available = this.#market.ladder.records.unspoken(home)
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
    this.homes[fill] = home
    this.tonnes[fill] = tonnes
    this.prices[fill] = price
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
  #isTooMuch(query: Query, view: View | undefined): boolean {
    if (query.quantityTonnes === undefined) return false
    const { views, restingTonnes } = this.#market
    return query.quantityTonnes > (view ? views.tonnes(view) : restingTonnes)
  }

  /** Exact: in numbers as long as they are safe, else in bigints; one product alone may reach 10^21. */
  #cost(): bigint {
    let cost = 0
    for (let fill = 0; fill < this.fills; fill++) {
      cost += (this.prices[fill] as number) * (this.tonnes[fill] as number)
    }
    if (cost <= Number.MAX_SAFE_INTEGER) return BigInt(cost)
    let exact = 0n
    for (let fill = 0; fill < this.fills; fill++) {
      exact += BigInt(this.prices[fill] as number) * BigInt(this.tonnes[fill] as number)
    }
    return exact
  }
}
