/** The results of a run as a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join, relative } from 'node:path'

/** What the numbers of a run depend on beside the code. */
export interface Circumstances {
  readonly node: string
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  /** How many processes wanted to run when it began; on a machine that does nothing else, about none. */
  readonly loadBefore: number
  /** The day on which it began, in UTC. */
  readonly day: string
}

const FOLDER = join(import.meta.dirname, '..', 'results')

/** To be asked before anything is measured. */
export function circumstances(now: Date): Circumstances {
  return {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0] ?? Number.NaN,
    day: now.toISOString().slice(0, 10),
  }
}

/** A warning where the machine has so much else to do that times mean little; else nothing. */
export function unrest({ loadBefore, cores }: Circumstances): string | undefined {
  if (loadBefore < cores / 4) return undefined
  return `The machine is busy (load ${loadBefore.toFixed(1)} on ${cores} cores): what is measured now says little.`
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
