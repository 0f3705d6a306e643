/** Unit numbers, both ends inclusive. */
export type UnitRange = { readonly start: number; readonly end: number }

/** Reads Postgres's canonical form of an int8range, `[5,9)`. */
export function fromRange(text: string): UnitRange {
  const [, start, end] = /^\[(\d+),(\d+)\)$/.exec(text) ?? []
  if (start === undefined || end === undefined) throw new Error(`not a range of units: ${text}`)
  return { start: Number(start), end: Number(end) - 1 }
}

/** The lowest `quantity` units of `blocks` that are not taken; null where there are fewer. */
export function takeLowest(
  blocks: readonly UnitRange[],
  taken: readonly UnitRange[],
  quantity: number,
): readonly UnitRange[] | null {
  const byStart = (one: UnitRange, other: UnitRange) => one.start - other.start
  const gone = [...taken].sort(byStart)
  const found: UnitRange[] = []
  let lacking = quantity
  for (const block of [...blocks].sort(byStart)) {
    let start = block.start
    for (const range of [...gone.filter((one) => one.start <= block.end), afterAll(block)]) {
      const end = Math.min(range.start - 1, start + lacking - 1)
      if (lacking > 0 && end >= start) {
        found.push({ start, end })
        lacking -= end - start + 1
      }
      start = Math.max(start, range.end + 1)
    }
  }
  return lacking === 0 ? found : null
}

const afterAll = (block: UnitRange): UnitRange => ({ start: block.end + 1, end: block.end + 1 })
