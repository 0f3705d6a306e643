/** Runs seed after seed of an area, and makes the first that fails as short as it can. */
import { setImmediate } from 'node:timers/promises'
import { type Shrinkable, shrink } from './shrink.ts'

/** What can be fuzzed: a seed gives a list of items, which passes or fails, and parts of a list can be tried again. */
export type FuzzArea<Item> = Shrinkable<Item> & {
  /** Runs the seed until it fails or is through. */
  readonly trial: (seed: number) => Trial<Item>
  /** The items as a text to paste into a test. */
  readonly text: (items: readonly Item[]) => string
}

type Trial<Item> = {
  readonly operations: number
  /** What was wrong, and the items up to there; undefined when nothing was. */
  readonly failure: { readonly sentence: string; readonly items: readonly Item[] } | undefined
}

export type FuzzOptions = {
  /** The first seed; the others follow. */
  readonly seed: number
  /** No seed begins later than so many seconds after the first; Infinity: until told to stop. */
  readonly seconds: number
  /** Aborted when it is to end after the seed that runs. */
  readonly stop: AbortSignal
  readonly print: (line: string) => void
}

export type FuzzResult = {
  readonly seeds: number
  readonly operations: number
  /** The seed that failed, and the items it came down to, as a text; undefined when none failed. */
  readonly failure:
    | { readonly seed: number; readonly items: number; readonly text: string }
    | undefined
}

/** At least one seed is run. Ends with the first that fails. */
export async function fuzz<Item>(area: FuzzArea<Item>, options: FuzzOptions): Promise<FuzzResult> {
  const { seed: first, seconds, stop, print } = options
  const began = performance.now()
  let operations = 0
  for (let seed = first; ; seed++) {
    const trial = area.trial(seed)
    operations += trial.operations
    const seeds = seed - first + 1
    if (trial.failure) {
      return { seeds, operations, failure: { seed, ...report(area, seed, trial.failure, print) } }
    }
    // Lets a signal through.
    await setImmediate()
    if (stop.aborted || performance.now() - began >= seconds * 1000) {
      print(`Seeds ${first} to ${seed}, ${operations} operations: nothing found.`)
      return { seeds, operations, failure: undefined }
    }
  }
}

function report<Item>(
  area: FuzzArea<Item>,
  seed: number,
  failure: NonNullable<Trial<Item>['failure']>,
  print: (line: string) => void,
): { items: number; text: string } {
  print(`Seed ${seed} failed: ${failure.sentence}`)
  print(`Making its ${failure.items.length} items fewer …`)
  const items = shrink(area, failure.items)
  const text = area.text(items)
  print(`${items.length} items fail: ${area.failing(items)?.sentence}`)
  print(text)
  return { items: items.length, text }
}
