import {
  containsSerialBlock,
  formatSerialBlock,
  intersectSerialBlocks,
  MAX_UNIT_NUMBER,
  parseSerialBlock,
  problemOf,
  type SerialBlock,
  type SerialBlockProblem,
  splitSerialBlock,
  subtractSerialBlock,
  totalUnitCount,
  unitCount,
} from '@offset-button/registry-bridge'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const it = suite('serial blocks')

/** A real issuance, as the field writes it. */
const START = 'BR-5-85316059-1-1-0-8'
const END = 'BR-5-85448545-1-1-0-8'

function block(start: string, end?: string): SerialBlock {
  const parsed = parseSerialBlock(start, end)
  if (parsed.kind === 'invalid') throw new Error(parsed.problem)
  return parsed.block
}

const anyBlock: fc.Arbitrary<SerialBlock> = fc
  .record({
    originatingParty: fc.stringMatching(/^[A-Z]{2}$/),
    unitType: fc.constantFrom(5 as const, 6 as const, 7 as const),
    start: fc.integer({ min: 1, max: MAX_UNIT_NUMBER }),
    length: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 ** 12 })),
    originalCommitmentPeriod: fc.constantFrom(1, 2),
    applicableCommitmentPeriod: fc.constantFrom(1, 2),
    lulucfActivity: fc.integer({ min: 0, max: 7 }),
    projectIdentifier: fc.integer({ min: 1, max: 99_999 }),
  })
  .map(({ length, ...parts }) => ({
    ...parts,
    end: Math.min(parts.start + length - 1, MAX_UNIT_NUMBER),
  }))

/** Two blocks of one series, near each other. */
const neighbours = fc
  .tuple(anyBlock, fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([one, shift, length]): [SerialBlock, SerialBlock] => {
    const small = { ...one, end: Math.min(one.start + 40, one.end) }
    const start = Math.min(Math.max(1, small.start + shift), MAX_UNIT_NUMBER)
    return [small, { ...small, start, end: Math.min(start + length - 1, MAX_UNIT_NUMBER) }]
  })

it('a real issuance is read part by part and counts its units', () => {
  const read = block(START, END)
  assert.equal(read, {
    originatingParty: 'BR',
    unitType: 5,
    start: 85_316_059,
    end: 85_448_545,
    originalCommitmentPeriod: 1,
    applicableCommitmentPeriod: 1,
    lulucfActivity: 0,
    projectIdentifier: 8,
  })
  assert.is(unitCount(read), 132_487)
})

it('the one-string form is read as the same block, and never printed', () => {
  const read = block('BR-5-85316059-85448545-1-1-0-8')
  assert.equal(read, block(START, END))
  assert.equal(formatSerialBlock(read), { start: START, end: END })
})

it('a unit number has up to fifteen digits', () => {
  const read = block('IN-6-999999999999998-1-2-7-12', 'IN-6-999999999999999-1-2-7-12')
  assert.is(read.end, MAX_UNIT_NUMBER)
  assert.is(unitCount(read), 2)
})

const INVALID: readonly [start: string, end: string | undefined, problem: SerialBlockProblem][] = [
  ['', '', 'parts_missing'],
  ['BR-5-1-1-1-0', 'BR-5-2-1-1-0', 'parts_missing'],
  ['BR-5-1-1-1-0-8', undefined, 'parts_missing'],
  ['BR-5-1-2-1-1-0-8', 'BR-5-1-2-1-1-0-8', 'parts_missing'],
  ['br-5-1-1-1-0-8', 'br-5-2-1-1-0-8', 'originating_party_invalid'],
  ['BRA-5-1-1-1-0-8', 'BRA-5-2-1-1-0-8', 'originating_party_invalid'],
  ['BR-1-1-1-1-0-8', 'BR-1-2-1-1-0-8', 'unit_type_invalid'],
  ['BR-05-1-1-1-0-8', 'BR-05-2-1-1-0-8', 'unit_type_invalid'],
  ['BR-5-0-1-1-0-8', 'BR-5-2-1-1-0-8', 'unit_number_invalid'],
  ['BR-5-01-1-1-0-8', 'BR-5-2-1-1-0-8', 'unit_number_invalid'],
  ['BR-5-1.5-1-1-0-8', 'BR-5-2-1-1-0-8', 'unit_number_invalid'],
  ['BR-5-1e3-1-1-0-8', 'BR-5-2-1-1-0-8', 'unit_number_invalid'],
  ['BR-5- 1-1-1-0-8', 'BR-5-2-1-1-0-8', 'unit_number_invalid'],
  ['BR-5-1-1-1-0-8', 'BR-5-1000000000000000-1-1-0-8', 'unit_number_invalid'],
  ['BR-5-1-0-1-0-8', 'BR-5-2-0-1-0-8', 'commitment_period_invalid'],
  ['BR-5-1-1-3-0-8', 'BR-5-2-1-3-0-8', 'commitment_period_invalid'],
  ['BR-5-1-1-1-8-8', 'BR-5-2-1-1-8-8', 'lulucf_activity_invalid'],
  ['BR-5-1-1-1-0-0008', 'BR-5-2-1-1-0-0008', 'project_identifier_invalid'],
  ['BR-5-1-1-1-0-0', 'BR-5-2-1-1-0-0', 'project_identifier_invalid'],
  ['BR-5-1-1-1-0-8', 'BR-5-2-1-1-0-9', 'ends_differ'],
  ['BR-5-1-1-1-0-8', 'IN-5-2-1-1-0-8', 'ends_differ'],
  ['BR-5-2-1-1-0-8', 'BR-5-1-1-1-0-8', 'end_before_start'],
]
for (const [start, end, problem] of INVALID)
  it(`"${start}" to "${end}" is refused as ${problem}`, () => {
    assert.equal(parseSerialBlock(start, end), { kind: 'invalid', problem })
  })

it('what is not a block is not printed', () => {
  const half = { ...block(START, END), start: 1.5 }
  assert.is(problemOf(half), 'unit_number_invalid')
  assert.throws(() => formatSerialBlock(half), /unit_number_invalid/)
})

it('reading what was printed gives the same block, in both forms', () => {
  fc.assert(
    fc.property(anyBlock, (one) => {
      const { start, end } = formatSerialBlock(one)
      assert.equal(block(start, end), one)
      const parts = start.split('-')
      parts.splice(3, 0, String(one.end))
      assert.equal(block(parts.join('-')), one)
    }),
  )
})

it('any text is either a block that prints as that text, or invalid', () => {
  const part = fc.constantFrom('BR', 'b', '5', '6', '0', '1', '2', '07', '-1', '1e2', '', '8', '99')
  fc.assert(
    fc.property(fc.array(part, { minLength: 6, maxLength: 8 }), (parts) => {
      const text = parts.join('-')
      const parsed = parseSerialBlock(text, text)
      if (parsed.kind === 'ok') assert.is(formatSerialBlock(parsed.block).start, text)
    }),
    { numRuns: 500 },
  )
})

it('splitting takes from the low end and loses no unit', () => {
  fc.assert(
    fc.property(anyBlock, fc.nat(), (one, seed) => {
      const quantity = 1 + (seed % unitCount(one))
      const { low, rest } = splitSerialBlock(one, quantity)
      assert.is(low.start, one.start)
      assert.is(unitCount(low), quantity)
      assert.is(unitCount(low) + (rest === null ? 0 : unitCount(rest)), unitCount(one))
      if (rest === null) assert.equal(low, one)
      else {
        assert.is(rest.start, low.end + 1)
        assert.is(rest.end, one.end)
        assert.is(intersectSerialBlocks(low, rest), null)
      }
    }),
  )
})

it('a split of nothing, of a fraction or of more than there is throws', () => {
  const ten = { ...block(START, END), start: 1, end: 10 }
  for (const quantity of [0, -1, 1.5, 11, Number.NaN])
    assert.throws(() => splitSerialBlock(ten, quantity), RangeError)
})

it('what is common and what is left make up the block again', () => {
  fc.assert(
    fc.property(neighbours, ([one, other]) => {
      const common = intersectSerialBlocks(one, other)
      const left = subtractSerialBlock(one, other)
      assert.is(totalUnitCount(left) + (common === null ? 0 : unitCount(common)), unitCount(one))
      for (const part of left) {
        assert.ok(containsSerialBlock(one, part))
        assert.is(intersectSerialBlocks(part, other), null)
      }
      assert.is(containsSerialBlock(other, one), left.length === 0)
      assert.equal(common, intersectSerialBlocks(other, one))
    }),
  )
})

it('blocks of different series have nothing in common, whatever their numbers', () => {
  const one = block(START, END)
  const other = { ...one, projectIdentifier: 9 }
  assert.is(intersectSerialBlocks(one, other), null)
  assert.not.ok(containsSerialBlock(one, other))
  assert.equal(subtractSerialBlock(one, other), [one])
})

it.run()
