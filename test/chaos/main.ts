/**
 * `npm run chaos -- --faults N [--seed S] [--only WORD] [--list]`: N faults (default 20) on three real nodes under load, chosen by
 * the seed among those with that word in their name, now and then two at once; then every order must end, and all books must
 * agree. The exit code is 1 where an invariant is broken or an answer was no answer; logs are then kept.
 *
 * `npm run chaos -- --matrix [--only WORD] [--list]`: the crash matrix, or the cases with that word in their name. After each case
 * every order must have ended, and all books must agree.
 *
 * `--list` names what there is, and runs none.
 */

import { parseArgs } from 'node:util'
import { readNumbers } from '../simulation/arguments.ts'
import { faultsOf, runFaults } from './faults-main.ts'
import { casesOf, runMatrix } from './matrix-main.ts'

const { values: asked } = parseArgs({
  options: {
    matrix: { type: 'boolean' },
    list: { type: 'boolean' },
    only: { type: 'string', default: '' },
    faults: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
const { faults = 20, seed = 1 } = readNumbers(
  ['--faults', asked.faults, '--seed', asked.seed],
  ['faults', 'seed'],
)
const cases = asked.matrix ? casesOf(asked.only) : []
const names = asked.matrix ? cases.map(({ name }) => name) : faultsOf(asked.only)
if (names.length === 0) {
  console.error(`None has “${asked.only}” in its name; --list names them all.`)
  process.exit(1)
}
if (asked.list) {
  for (const name of names) console.log(name)
  process.exit()
}
const isGood = asked.matrix ? await runMatrix(cases) : await runFaults(names, { faults, seed })
process.exit(isGood ? 0 : 1)
