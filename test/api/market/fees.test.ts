import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  amountsOf,
  DEFAULT_FEES,
  type FeeSchedule,
  isTooSmall,
  projectsWithin,
} from '../../../api/market/fees.ts'

const fees = suite('fees')

const schedule: fc.Arbitrary<FeeSchedule> = fc.record({
  platformBasisPoints: fc.integer({ min: 0, max: 5_000 }),
  processingBasisPoints: fc.integer({ min: 0, max: 5_000 }),
  processingFixedMinor: fc.integer({ min: 0, max: 1_000 }),
})
/** Up to the most that a million tonnes at the highest price cost. */
const cost = fc.bigInt({ min: 1n, max: 1_000_000n * 1_000_000_000n })
const budget = fc.integer({ min: 1, max: 100_000_000_000 })

fees('the total is the sum of its parts, and no part is negative', () => {
  fc.assert(
    fc.property(cost, schedule, (projects, with_) => {
      const amounts = amountsOf(projects, with_)
      const { projectsMinor, platformFeeMinor, processingFeeMinor, totalMinor } = amounts
      assert.is(totalMinor, projectsMinor + platformFeeMinor + processingFeeMinor)
      assert.is(BigInt(projectsMinor), projects)
      assert.ok(platformFeeMinor >= 0 && processingFeeMinor >= 0)
    }),
  )
})

fees('the platform fee is its share, rounded up by less than a cent', () => {
  fc.assert(
    fc.property(cost, schedule, (projects, with_) => {
      const exact = projects * BigInt(with_.platformBasisPoints)
      const over = BigInt(amountsOf(projects, with_).platformFeeMinor) * 10_000n - exact
      assert.ok(over >= 0n && over < 10_000n)
    }),
  )
})

fees('the processing fee is what the processor takes of the total, to the nearest cent', () => {
  fc.assert(
    fc.property(cost, schedule, (projects, with_) => {
      const { processingFeeMinor, totalMinor } = amountsOf(projects, with_)
      const taken =
        BigInt(totalMinor) * BigInt(with_.processingBasisPoints) +
        BigInt(with_.processingFixedMinor) * 10_000n
      const off = BigInt(processingFeeMinor) * 10_000n - taken
      assert.ok(2n * (off < 0n ? -off : off) <= 10_000n, `off by ${off} hundredths of a hundredth`)
    }),
  )
})

fees('nothing gets cheaper by costing more', () => {
  fc.assert(
    fc.property(cost, cost, schedule, (one, other, with_) => {
      const [low, high] = one < other ? [one, other] : [other, one]
      const less = amountsOf(low, with_)
      const more = amountsOf(high, with_)
      assert.ok(less.platformFeeMinor <= more.platformFeeMinor)
      assert.ok(less.totalMinor <= more.totalMinor)
    }),
  )
})

fees('a budget pays for all that it can, and for nothing more', () => {
  fc.assert(
    fc.property(budget, schedule, (most, with_) => {
      const affordable = projectsWithin(most, with_)
      const total = (projects: number) => amountsOf(BigInt(projects), with_).totalMinor
      assert.ok(affordable >= 0)
      assert.ok(total(affordable) <= most, `${total(affordable)} of ${most}`)
      assert.ok(total(affordable + 1) > most, `one cent more still fits into ${most}`)
    }),
  )
})

fees('the total of an order is a budget for just that order', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 90_000_000_000n }), (projects) => {
      const { totalMinor } = amountsOf(projects, DEFAULT_FEES)
      assert.ok(BigInt(projectsWithin(totalMinor, DEFAULT_FEES)) >= projects)
    }),
  )
})

fees('once large enough, an order stays so as it grows', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10_000n }),
      fc.bigInt({ min: 0n, max: 10n ** 14n }),
      (small, more) => {
        fc.pre(!isTooSmall(amountsOf(small, DEFAULT_FEES)))
        assert.not.ok(isTooSmall(amountsOf(small + more, DEFAULT_FEES)))
      },
    ),
  )
})

fees('nothing costs nothing', () => {
  assert.equal(amountsOf(0n, DEFAULT_FEES), {
    projectsMinor: 0,
    platformFeeMinor: 0,
    processingFeeMinor: 0,
    totalMinor: 0,
  })
})

// 3 % and 2.9 % + 30 cents: 3169.60 + 95.088 up to 95.09, and (3264.69 + 0.30) / 0.971 = 3362.50.
fees('the golden sweep costs 3,169.60 and with fees 3,362.50', () => {
  assert.equal(amountsOf(316_960n, DEFAULT_FEES), {
    projectsMinor: 316_960,
    platformFeeMinor: 9_509,
    processingFeeMinor: 9_781,
    totalMinor: 336_250,
  })
})

fees.run()
