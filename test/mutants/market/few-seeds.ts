/** For the tests of the mutants themselves: enough for a bug that shows in every market. */
import { judgeBySeeds } from './judge-by-seeds.ts'

judgeBySeeds(20)
