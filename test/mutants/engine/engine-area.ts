import type { MutantArea } from '../mutant.ts'
import { MUTANTS } from './mutants.ts'
import { OFF_PATH_MUTANTS } from './off-path-mutants.ts'
import { RARE_MUTANTS } from './rare-mutants.ts'

/** The order book and its tests, without the host and without the package that is built of it. */
export const ENGINE: MutantArea = {
  copied: ['engine', 'test/engine'],
  omitted: ['engine/host', 'test/engine/host'],
  tests: 'test/engine/!(package).test.ts',
  entry: 'engine/index.ts',
  mutants: [...MUTANTS, ...RARE_MUTANTS, ...OFF_PATH_MUTANTS],
}
