import { isWhole } from './bounds.ts'
import type { Contents } from './contents.ts'
import type { Filter } from './filter.ts'
import { SLOTS } from './ladder.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import type { PriceLevel } from './state.ts'
import type { View } from './views.ts'

/** The first levels with something available inside a filter. Throws a TypeError on a malformed filter or `maxLevels`. */
export function depthOf(contents: Contents, filter?: Filter, maxLevels?: number): PriceLevel[] {
  const view = viewOf(contents, filter)
  if (maxLevels !== undefined && !isWhole(maxLevels, 1)) {
    throw new TypeError('maxLevels must be a whole number of 1 or more')
  }
  const most = maxLevels ?? Infinity
  return view ? inside(contents, view, most) : whole(contents, most)
}

/** The view of a filter; undefined for none. Throws a TypeError when it is malformed. */
export function viewOf(contents: Contents, filter: Filter | undefined): View | undefined {
  if (filter === undefined) return undefined
  const view = contents.views.find(filter, undefined)
  if (!view) throw new TypeError('The filter is malformed')
  return view
}

/** From level to level, whatever rests at each. */
function whole({ ladder }: Contents, most: number): PriceLevel[] {
  const { levels, records } = ladder
  const depth: PriceLevel[] = []
  const leaf = ladder.firstResting()
  let home = leaf === NONE ? 0 : leaf * SLOTS + lowestBit(ladder.resting(leaf)) + 1
  while (home !== 0 && depth.length < most) {
    const level = records.level(home)
    depth.push({
      priceMinor: levels.prices.get(level),
      quantityTonnes: levels.tonnes.get(level),
      offers: levels.resting.get(level),
    })
    home = ladder.firstRestingBehind(level)
  }
  return depth
}

/** Offer by offer. */
function inside({ ladder }: Contents, view: View, most: number): PriceLevel[] {
  const depth: { priceMinor: number; quantityTonnes: number; offers: number }[] = []
  for (let leaf = ladder.firstResting(); leaf !== NONE; leaf = ladder.nextResting(leaf)) {
    for (let left = ladder.resting(leaf); left !== 0; left &= left - 1) {
      const home = leaf * SLOTS + lowestBit(left) + 1
      if (!view.has(ladder.records.instrument(home))) continue
      const priceMinor = ladder.price(home)
      let level = depth.at(-1)
      if (level?.priceMinor !== priceMinor) {
        if (depth.length === most) return depth
        level = { priceMinor, quantityTonnes: 0, offers: 0 }
        depth.push(level)
      }
      level.quantityTonnes += ladder.records.unspoken(home)
      level.offers++
    }
  }
  return depth
}
