/** Seeds that have failed once, in a file beside this one: they are run again by every `npm test`. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const KEPT_SEEDS = join(import.meta.dirname, 'kept-seeds.txt')

/** One number a line; what follows it is for people. */
export function keptSeeds(): number[] {
  if (!existsSync(KEPT_SEEDS)) return []
  const lines = readFileSync(KEPT_SEEDS, 'utf8').split('\n')
  return [...new Set(lines.map((line) => Number.parseInt(line, 10)).filter(Number.isFinite))]
}

export function keepSeed(seed: number, why: string): void {
  if (!keptSeeds().includes(seed)) appendFileSync(KEPT_SEEDS, `${seed} ${why}\n`)
}
