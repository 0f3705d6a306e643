/** Plants the bugs of an area one at a time, and sees which of them its tests notice. */
import type { TestFileResult } from '../support/test-file.ts'
import type { Mutant, MutantArea } from './mutant.ts'
import { Sandbox } from './sandbox.ts'

/** How a mutant fared. Only `caught` and `hung` are as they should be. */
export type Fate =
  | { readonly kind: 'caught' | 'hung'; readonly by: string }
  | { readonly kind: 'survived' }
  /** It cannot be loaded, so that whatever fails says nothing. */
  | { readonly kind: 'broken'; readonly error: string }
  /** Its text is not there exactly once. */
  | { readonly kind: 'rotten' }

export type MutantsResult = {
  /** By name. */
  readonly fates: ReadonlyMap<string, Fate>
  /** True when the tests pass without a bug, and notice every one. */
  readonly passed: boolean
}

const AT_ONCE = 2
const BASELINE_WITHIN_MS = 300_000
/** A file may take so many times as long with a bug in it as without, and so much more. */
const SLOWER = 5
const PATIENCE_MS = 15_000

/** Prints a line for each mutant as it is decided. `root` is the project's folder. */
export async function runMutants(
  root: string,
  area: MutantArea,
  print: (line: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<MutantsResult> {
  const sandboxes = Array.from({ length: AT_ONCE }, () => new Sandbox(root, area))
  const fates = new Map<string, Fate>()
  const files = await baseline(sandboxes, area.mutants, print)
  if (!files) return { fates, passed: false }
  await shareOut(sandboxes, area.mutants, async (sandbox, mutant) => {
    const began = performance.now()
    const fate = (await sandbox.with(mutant, () => fateIn(sandbox, mutant, files, patienceMs))) ?? {
      kind: 'rotten',
    }
    fates.set(mutant.name, fate)
    print(`${said(fate, mutant)} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  })
  const count = (kind: Fate['kind']): number =>
    [...fates.values()].filter((fate) => fate.kind === kind).length
  const noticed = count('caught') + count('hung')
  print(
    `${fates.size} mutants: ${noticed} caught, ${count('hung')} of them by time-out; ` +
      `${count('survived')} survived, ${count('broken')} broken, ${count('rotten')} rotten`,
  )
  return { fates, passed: noticed === area.mutants.length && noticed === fates.size }
}

/** The test files that are needed and how long each takes without a bug, the quickest first; undefined when they fail. */
async function baseline(
  sandboxes: readonly Sandbox[],
  mutants: readonly Mutant[],
  print: (line: string) => void,
): Promise<ReadonlyMap<string, number> | undefined> {
  const isNeeded = (file: string) => mutants.some(({ judge }) => !judge || judge === file)
  const all = sandboxes[0]?.testFiles() ?? []
  const names = all.filter(isNeeded)
  const times: [string, number][] = []
  const absent = mutants.filter(({ judge }) => judge && !all.includes(judge))
  const failures = absent.map(({ name, judge }) => `There is no test ${judge}, for: ${name}`)
  await shareOut(sandboxes, names, async (sandbox, file) => {
    const { failed, milliseconds, output } = await sandbox.run(file, BASELINE_WITHIN_MS)
    times.push([file, milliseconds])
    if (failed > 0) failures.push(`${file} fails without any bug:\n${output}`)
  })
  if (names.length === 0) failures.push('There are no tests.')
  for (const failure of failures) print(failure)
  if (failures.length > 0) return undefined
  print(`Without a bug, ${names.length} test files pass.`)
  return new Map(times.sort(([, one], [, other]) => one - other))
}

async function fateIn(
  sandbox: Sandbox,
  { judge }: Mutant,
  files: ReadonlyMap<string, number>,
  patienceMs: number,
): Promise<Fate> {
  const error = await sandbox.loadingError()
  if (error !== undefined) return { kind: 'broken', error }
  for (const [file, milliseconds] of files) {
    if (judge && judge !== file) continue
    const result = await sandbox.run(file, milliseconds * SLOWER + patienceMs)
    if (result.failed === 0) continue
    const hung = result.trouble?.startsWith('it was still running') ?? false
    return { kind: hung ? 'hung' : 'caught', by: noticedBy(file, result) }
  }
  return { kind: 'survived' }
}

/** The file, the first of its tests that failed, and the first line of why. */
function noticedBy(file: string, { output, trouble }: TestFileResult): string {
  const [, test, why] = /^ *FAIL +(.*)\n *(.*)$/m.exec(output) ?? []
  return `${file}: ${test ? `${test}: ${why}` : (trouble ?? 'it failed')}`
}

function said(fate: Fate, { name, file, find }: Mutant): string {
  switch (fate.kind) {
    case 'caught':
      return `caught: ${name}; ${fate.by}`
    case 'hung':
      return `caught by time-out: ${name}; ${fate.by}`
    case 'survived':
      return `SURVIVED: ${name}; ${file}`
    case 'broken':
      return `BROKEN: ${name}; ${file} cannot be loaded: ${fate.error}`
    case 'rotten':
      return `ROTTEN: ${name}; ${file} does not hold this exactly once: ${find}`
  }
}

/** Lets each of the sandboxes do one thing after the other until all are done. */
async function shareOut<Item>(
  sandboxes: readonly Sandbox[],
  items: readonly Item[],
  act: (sandbox: Sandbox, item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  await Promise.all(
    sandboxes.map(async (sandbox) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        await act(sandbox, item)
      }
    }),
  )
}
