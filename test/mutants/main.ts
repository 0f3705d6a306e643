/**
 * Judges the tests: `npm run mutants -- engine` plants one bug after the other in a copy of the engine, and the engine's tests
 * have to fail for each; `npm run mutants -- market` does so with the market's one writer, the orders' steps and their Store.
 * More words choose among the bugs by their names. Ends with 1 when a bug went unnoticed, or could not be planted.
 */
import { join } from 'node:path'
import { endTestFiles } from '../support/test-file.ts'
import { ENGINE } from './engine/engine-area.ts'
import { MARKET } from './market/market-area.ts'
import type { MutantArea } from './mutant.ts'
import { runMutants } from './run.ts'

const AREAS: Readonly<Record<string, MutantArea>> = { engine: ENGINE, market: MARKET }

const [name = '', ...words] = process.argv.slice(2)
const area = AREAS[name]
if (!area) {
  console.error(`npm run mutants -- ${Object.keys(AREAS).join('|')} [words of the mutants' names]`)
  process.exit(2)
}
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    endTestFiles()
    process.exit(exitCode)
  })
}
const mutants = area.mutants.filter((mutant) => words.every((word) => mutant.name.includes(word)))
const root = join(import.meta.dirname, '../..')
const { passed } = await runMutants(root, { ...area, mutants }, console.log)
process.exitCode = passed ? 0 : 1
