/**
 * `npm run simulate -- --seeds N [--seed S]`: N seeds from S on (default 2,000 from 1), on a process a core. `--seed S` alone runs
 * that seed and prints all that happened in it. A seed that fails is printed and kept; the exit code is then 1.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { readNumbers } from './arguments.ts'
import { keepSeed } from './kept-seeds.ts'
import { emptyTally, type Tally } from './seeds.ts'
import { simulate } from './simulation.ts'

const PROCESSES = availableParallelism()
const CHUNK = 100
const SAY_EVERY_MS = 10_000

type Answer = Omit<Tally, 'seen'> & { readonly first: number; readonly seen: [string, number][] }

try {
  const { seeds, seed } = readNumbers(process.argv.slice(2), ['seeds', 'seed'])
  if (seed !== undefined && seeds === undefined) await showSeed(seed)
  else await runMany(seed ?? 1, seeds ?? 2_000)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function showSeed(seed: number): Promise<void> {
  const { lines, hash, violations, faults } = await simulate(seed, true)
  for (const line of lines) console.log(line)
  console.log(`seed ${seed}: ${faults} faults, hash ${hash}`)
  tell(seed, violations)
}

async function runMany(first: number, count: number): Promise<void> {
  const began = performance.now()
  const end = first + count
  const answers: Answer[] = []
  const total = emptyTally()
  let next = first
  let saidAt = began
  const give = (child: ChildProcess) => {
    if (next >= end) return child.disconnect()
    child.send({ first: next, count: Math.min(CHUNK, end - next) })
    next += CHUNK
  }
  const workers = Array.from({ length: PROCESSES }, () => {
    const child = fork(join(import.meta.dirname, 'worker.ts'))
    child.on('message', (answer: Answer) => {
      answers.push(answer)
      add(total, answer)
      const now = performance.now()
      if (now - saidAt > SAY_EVERY_MS) {
        saidAt = now
        console.log(`${total.seeds} of ${count} seeds, ${seconds(now - began)}`)
      }
      give(child)
    })
    give(child)
    return new Promise<number | null>((resolve) => child.once('exit', resolve))
  })
  const codes = await Promise.all(workers)
  answers.sort((one, other) => one.first - other.first)
  for (const { hash } of answers) total.hash = (Math.imul(total.hash, 31) + hash) >>> 0
  if (total.seeds !== count || codes.some((code) => code !== 0)) {
    throw new Error(`A process ended early: ${total.seeds} of ${count} seeds were run.`)
  }
  for (const [kind, times] of [...total.seen].sort()) console.log(`  ${kind}: in ${times} seeds`)
  console.log(
    `${count} seeds from ${first}: ${total.faults} faults, ${total.failed.length} failed, hash ${total.hash.toString(16)}, ${seconds(performance.now() - began)}`,
  )
}

function add(total: Tally, answer: Answer): void {
  total.seeds += answer.seeds
  total.faults += answer.faults
  for (const [kind, times] of answer.seen) total.seen.set(kind, times + (total.seen.get(kind) ?? 0))
  for (const failed of answer.failed) {
    total.failed.push(failed)
    tell(failed.seed, failed.violations)
  }
}

function tell(seed: number, violations: Tally['failed'][0]['violations']): void {
  if (violations.length === 0) return
  process.exitCode = 1
  for (const { invariant, rule } of violations) console.log(`seed ${seed}: ${invariant}. ${rule}`)
  keepSeed(seed, violations.map(({ invariant }) => invariant).join(' '))
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
