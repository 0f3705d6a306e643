/**
 * `npm run chaos -- --faults N [--seed S]`: N faults (default 20) on three real nodes under load, chosen by the seed; then every
 * order must end, and all books must agree. The exit code is 1 where an invariant is broken or an answer was no answer.
 */

import { readNumbers } from '../simulation/arguments.ts'
import { Dice } from '../simulation/dice.ts'
import { FAULTS } from './faults.ts'
import { startTown } from './town.ts'

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
