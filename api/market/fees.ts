/** What is charged on top of the projects' prices: kept visible and separate. All amounts are minor units. */

export type FeeSchedule = {
  /** Of the projects' amount: 300 is 3 %. Rounded up to the cent. */
  readonly platformBasisPoints: number
  /** What the card processor takes of the total, so that the total still covers it. */
  readonly processingBasisPoints: number
  readonly processingFixedMinor: number
}

export type OrderAmounts = {
  readonly projectsMinor: number
  readonly platformFeeMinor: number
  readonly processingFeeMinor: number
  /** The sum of the three. */
  readonly totalMinor: number
}

/** Indicative: 3 % for the platform; 2.9 % + 30 cents is what Stripe lists for cards in the US. */
export const DEFAULT_FEES: FeeSchedule = {
  platformBasisPoints: 300,
  processingBasisPoints: 290,
  processingFixedMinor: 30,
}

/** The least that a card can be charged in USD with Stripe. */
const LEAST_CHARGE_MINOR = 50

/** The most that a card can be charged in USD with Stripe: eight digits. */
export const MOST_CHARGE_MINOR = 99_999_999

const WHOLE = 10_000n

const divideRoundingUp = (dividend: bigint, divisor: bigint) => (dividend + divisor - 1n) / divisor
const divideRoundingHalfUp = (dividend: bigint, divisor: bigint) =>
  (2n * dividend + divisor) / (2n * divisor)

/** A safe integer from an exact one; beyond 2^53 is a broken invariant, since orders are bounded. */
function toMinorUnits(exact: bigint): number {
  const minor = Number(exact)
  if (!Number.isSafeInteger(minor)) throw new Error(`not a safe amount: ${exact}`)
  return minor
}

/**
 * Amounts of an order whose fills cost so much. The processing fee is grossed up: it is its own share of the total,
 * to the nearest cent. Never falls when the cost grows.
 */
export function amountsOf(projects: bigint, fees: FeeSchedule): OrderAmounts {
  if (projects === 0n) {
    return { projectsMinor: 0, platformFeeMinor: 0, processingFeeMinor: 0, totalMinor: 0 }
  }
  const platform = divideRoundingUp(projects * BigInt(fees.platformBasisPoints), WHOLE)
  const total = divideRoundingHalfUp(
    (projects + platform + BigInt(fees.processingFixedMinor)) * WHOLE,
    WHOLE - BigInt(fees.processingBasisPoints),
  )
  return {
    projectsMinor: toMinorUnits(projects),
    platformFeeMinor: toMinorUnits(platform),
    processingFeeMinor: toMinorUnits(total - projects - platform),
    totalMinor: toMinorUnits(total),
  }
}

/** The most that fills may cost so that the total, fees included, stays within the budget; 0 where nothing does. */
export function projectsWithin(budgetMinor: number, fees: FeeSchedule): number {
  let affordable = 0
  let beyond = budgetMinor + 1
  while (beyond - affordable > 1) {
    const middle = Math.floor((affordable + beyond) / 2)
    if (amountsOf(BigInt(middle), fees).totalMinor <= budgetMinor) affordable = middle
    else beyond = middle
  }
  return affordable
}

/** True where the processing fee would be half of the projects' amount or more, or a card cannot be charged so little. */
export const isTooSmall = (amounts: OrderAmounts) =>
  amounts.totalMinor < LEAST_CHARGE_MINOR || 2 * amounts.processingFeeMinor >= amounts.projectsMinor
