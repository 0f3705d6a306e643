/** What repeated measurements of one thing come to. */
export interface Summary {
  readonly median: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  readonly least: number
  readonly most: number
  /** How many measurements there were. */
  readonly repetitions: number
}

/** Throws a RangeError where there is nothing to summarise. */
export function summarise(values: readonly number[]): Summary {
  const sorted = Float64Array.from(values).sort()
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    repetitions: sorted.length,
  }
}

/**
 * The value below which the given share (0 … 1) of ascending values lies, between two neighbours where it falls between them.
 * Throws a RangeError when there are none.
 */
export function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1)
  const below = ascending[Math.floor(place)]
  const above = ascending[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new RangeError('There are no values')
  return below + (above - below) * (place - Math.floor(place))
}
