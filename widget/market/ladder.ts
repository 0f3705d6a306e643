import type { Market } from '@offset-button/contract'

/** One price of the ladder, with what a purchase would take of it. All are whole tonnes. */
export type Rung = {
  readonly priceMinor: number
  readonly tonnes: number
  /** At this price and cheaper. */
  readonly upTo: number
  /** Of this price, when so many are bought: from the front of the queue. */
  readonly taken: number
}

/** The levels of a depth, cheapest first, for a purchase of `bought` tonnes; 0 buys nothing. */
export function rungsOf(depth: Market['depth'], bought: number): readonly Rung[] {
  let before = 0
  return depth.map(({ price_minor: priceMinor, quantity_tonnes: tonnes }) => {
    const taken = Math.min(tonnes, Math.max(0, bought - before))
    before += tonnes
    return { priceMinor, tonnes, upTo: before, taken }
  })
}

/** A length of a bar in thousandths of the longest: at least one for anything above nothing. */
export const lengthOf = (tonnes: number, most: number): number =>
  tonnes === 0 ? 0 : Math.max(1, Math.round((1000 * tonnes) / Math.max(1, most)))
