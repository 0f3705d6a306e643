/** The results of a run as a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join, relative } from 'node:path'

/** What the numbers of a run depend on beside the code. */
export interface Circumstances {
  readonly node: string
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  /** The day of the run, in UTC. */
  readonly day: string
  readonly seconds: number
}

const FOLDER = join(import.meta.dirname, '..', 'results')

/** For a run that took so many seconds. */
export function circumstances(seconds: number, now: Date): Circumstances {
  return {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    day: now.toISOString().slice(0, 10),
    seconds: Math.round(seconds),
  }
}

/** Writes `<name>.json` into the folder of results, numbers to four digits, and returns its path from where we are. */
export function writeResults(name: string, results: object): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${name}.json`)
  writeFileSync(file, `${JSON.stringify(results, rounded, 2)}\n`)
  return relative(process.cwd(), file)
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value
}
