/**
 * `npm run chaos -- --faults N [--seed S]`: N faults (default 20) on three real nodes under load, chosen by the seed; then every
 * order must end, and all books must agree. The exit code is 1 where an invariant is broken or an answer was no answer.
 *
 * `npm run chaos -- --matrix [--only WORD] [--list]`: the crash matrix, or the cases with that word in their name; `--list` names
 * them and runs none. After each case every order must have ended, and all books must agree.
 */

import { parseArgs } from 'node:util'
import { readNumbers } from '../simulation/arguments.ts'
import { Dice } from '../simulation/dice.ts'
import { FAULTS } from './faults.ts'
import { casesOf, runMatrix } from './matrix-main.ts'
import { startTown } from './town.ts'

const { values: asked } = parseArgs({
  strict: false,
  options: { matrix: { type: 'boolean' }, list: { type: 'boolean' }, only: { type: 'string' } },
})
if (asked.matrix) {
  const word = String(asked.only ?? '')
  const cases = casesOf(word)
  if (cases.length === 0) console.error(`No case has “${word}” in its name; --list names them all.`)
  if (asked.list) for (const { name } of cases) console.log(name)
  const isGood = cases.length > 0 && (asked.list || (await runMatrix(cases)))
  process.exit(isGood ? 0 : 1)
}

const { faults = 20, seed = 1 } = readNumbers(process.argv.slice(2), ['faults', 'seed'])
const dice = new Dice(seed)
const town = await startTown()
try {
  for (let count = 1; count <= faults; count++) {
    const name = dice.pick(Object.keys(FAULTS))
    await town.load.orders(3)
    const began = performance.now()
    await FAULTS[name]?.(town)
    await town.load.orders(1)
    console.log(
      `${count} of ${faults}: ${name}; ${town.load.promised.size} orders, the next one ${Math.round(performance.now() - began)} ms after it began`,
    )
  }
  await town.settle()
  if (town.load.failures.length > 0) throw new Error(town.load.failures.join('; '))
  const refusals = [...town.load.refusals].map(([code, times]) => `${times} ${code}`).join(', ')
  console.log(
    `${faults} faults, ${town.load.promised.size} orders promised and kept; refused for a while: ${refusals || 'none'}; no invariant is broken`,
  )
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await town.close()
}
process.exit()
