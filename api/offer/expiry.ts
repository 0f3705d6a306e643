import type { UnitAttributes } from '@offset-button/registry-bridge'

/** The end of the second commitment period. */
const SECOND_PERIOD_END_MS = Date.UTC(2021, 0, 1)

/**
 * True where units are known to have expired: a tCER issued in the first commitment period expires at the end of the
 * second. When an lCER expires depends on its project's crediting period, which no source here states, and after the
 * second period none followed in which a tCER of it could expire; of these the registry is the only judge.
 */
export const haveExpired = (
  units: Pick<UnitAttributes, 'unitType' | 'originalCommitmentPeriod'>,
  now: number,
) => units.unitType === 6 && units.originalCommitmentPeriod === 1 && now >= SECOND_PERIOD_END_MS
