/**
 * Looks for faults by chance: `npm run fuzz -- engine`. Runs seed after seed until it is told to stop (Ctrl-C), for as long as
 * `--seconds` says, or to the first seed that fails; `--seed` says where to begin. Ends with 1 when a seed failed.
 */
import { parseArgs } from 'node:util'
import { engineArea } from './engine/engine-area.ts'
import { type FuzzOptions, type FuzzResult, fuzz } from './fuzz.ts'

const AREAS: Readonly<Record<string, (options: FuzzOptions) => Promise<FuzzResult>>> = {
  engine: (options) => fuzz(engineArea(), options),
}
const USAGE = `npm run fuzz -- ${Object.keys(AREAS).join('|')} [--seed N] [--seconds S]`

const told = readArguments()
if (!told) {
  console.error(USAGE)
  process.exit(2)
}
const { run, seed, seconds } = told
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
console.log(`From seed ${seed} on …`)
const { failure } = await run({ seed, seconds, stop: stop.signal, print: console.log })
process.exitCode = failure ? 1 : 0

/** Undefined where they make no sense. */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string' }, seconds: { type: 'string' } },
    })
    const run = positionals.length === 1 ? AREAS[positionals[0] ?? ''] : undefined
    const seed = Number(values.seed ?? 1)
    const seconds = Number(values.seconds ?? Number.POSITIVE_INFINITY)
    const isSensible = run && Number.isSafeInteger(seed) && seed >= 0 && seconds >= 0
    return isSensible ? { run, seed, seconds } : undefined
  } catch {
    return undefined
  }
}
