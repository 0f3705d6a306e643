import { isWhole } from './bounds.ts'
import type { Filter } from './filter.ts'
import type { Ladder } from './ladder.ts'
import { readFilter } from './matcher.ts'
import type { PriceLevel } from './state.ts'

/** The first levels with something available inside a filter. Throws a TypeError on a malformed filter or `maxLevels`. */
export function depthOf(ladder: Ladder, filter?: Filter, maxLevels?: number): PriceLevel[] {
  const matches = readFilter(filter)
  if (!matches) throw new TypeError('The filter is malformed')
  if (maxLevels !== undefined && !isWhole(maxLevels, 1)) {
    throw new TypeError('maxLevels must be a whole number of 1 or more')
  }
  const depth: PriceLevel[] = []
  for (const { priceMinor, quantityTonnes, queue } of ladder.levels) {
    if (depth.length === maxLevels) break
    if (filter === undefined) {
      depth.push({ priceMinor, quantityTonnes, offers: queue.length })
      continue
    }
    const inside = queue.filter((offer) => matches(offer.attributes))
    if (inside.length === 0) continue
    const tonnes = inside.reduce((sum, offer) => sum + offer.availableTonnes, 0)
    depth.push({ priceMinor, quantityTonnes: tonnes, offers: inside.length })
  }
  return depth
}
