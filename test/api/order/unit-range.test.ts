import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromRange, takeLowest, type UnitRange } from '../../../api/order/unit-range.ts'

const ranges = suite('ranges of units')

const units = (list: readonly UnitRange[]) =>
  list.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, n) => start + n))

/** Ranges that do not overlap, in any order: gaps and lengths, one after another. */
const disjoint = (most: number) =>
  fc
    .array(fc.record({ gap: fc.nat(4), length: fc.integer({ min: 1, max: 6 }) }), {
      maxLength: most,
    })
    .chain((steps) => {
      let next = 1
      const list = steps.map(({ gap, length }) => {
        const start = next + gap
        next = start + length
        return { start, end: next - 1 }
      })
      return fc.shuffledSubarray(list, { minLength: list.length })
    })

ranges('the lowest units that are not taken are given, exactly as many as asked for', () => {
  fc.assert(
    fc.property(disjoint(6), disjoint(6), fc.integer({ min: 1, max: 25 }), (blocks, taken, n) => {
      const gone = new Set(units(taken))
      const free = units(blocks)
        .filter((unit) => !gone.has(unit))
        .sort((one, other) => one - other)
      const found = takeLowest(blocks, taken, n)
      if (free.length < n) assert.is(found, null)
      else assert.equal(found && units(found), free.slice(0, n))
    }),
  )
})

ranges('what is given lies within one block each', () => {
  fc.assert(
    fc.property(disjoint(6), disjoint(6), fc.integer({ min: 1, max: 25 }), (blocks, taken, n) => {
      for (const { start, end } of takeLowest(blocks, taken, n) ?? []) {
        assert.ok(blocks.some((block) => block.start <= start && end <= block.end))
      }
    }),
  )
})

ranges('numbers of fifteen digits are as good as others', () => {
  const block = { start: 999_999_999_999_990, end: 999_999_999_999_999 }
  assert.equal(takeLowest([block], [{ start: block.start, end: block.start }], 9), [
    { start: block.start + 1, end: block.end },
  ])
})

ranges("Postgres's half-open ranges are read with both ends inside", () => {
  assert.equal(fromRange('[5,9)'), { start: 5, end: 8 })
  for (const text of ['empty', '(4,9)', '[5,9]', '[,9)', '[5,)', '']) {
    assert.throws(() => fromRange(text), /not a range/)
  }
})

ranges.run()
