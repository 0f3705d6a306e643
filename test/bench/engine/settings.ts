/** How much is measured. */
export interface Settings {
  readonly isQuick: boolean
  /** Offers in a book, ascending. */
  readonly sizes: readonly number[]
  /** The size that the goals are about, compared with the small one. */
  readonly big: number
  readonly small: number
  readonly repetitions: number
  /** Commands of the churn. */
  readonly churn: number
  /** Of one phase of one repetition, where the work is slow. */
  readonly capMilliseconds: number
  /** The same for each of the many queries whose growth is looked at. */
  readonly growthCapMilliseconds: number
}

export const FULL: Settings = {
  isQuick: false,
  sizes: [10_000, 100_000, 1_000_000],
  big: 1_000_000,
  small: 10_000,
  repetitions: 5,
  churn: 10_000_000,
  capMilliseconds: 400,
  growthCapMilliseconds: 30,
}

/** While developing: the middle size alone, in less than a minute. Its numbers say nothing about the goals. */
export const QUICK: Settings = {
  isQuick: true,
  sizes: [100_000],
  big: 100_000,
  small: 10_000,
  repetitions: 3,
  churn: 1_000_000,
  capMilliseconds: 100,
  growthCapMilliseconds: 5,
}
/** Price levels that books are compared at. */
export const LEVELS = [1000, 10] as const
