import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { temporaryFolder } from '../support/own-server.ts'
import { ENGINE } from './engine/engine-area.ts'
import { MARKET } from './market/market-area.ts'
import { type Mutant, planted } from './mutant.ts'
import { runMutants } from './run.ts'

const ROOT = join(import.meta.dirname, '../..')

/** A project of one package and its test. */
const SUM = `export function sum(one: number, other: number): number {
  let sum = one
  for (let left = other; left > 0; left--) sum++
  return sum
}
`
const TEST = `import { sum } from '@example/sum'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('one and one is two', () => assert.is(sum(1, 1), 2))
test.run()
`
const inSum = (name: string, find: string, replace: string): Mutant => {
  return { name, file: 'sum/index.ts', find, replace }
}
const BUGS = {
  caught: inSum('caught', 'sum++', 'sum--'),
  hung: inSum('hung', 'left--', 'left++'),
  survived: inSum('survived', 'left > 0', 'left !== 0'),
  broken: inSum('broken', 'return sum\n}', 'return sum'),
  rotten: inSum('rotten', 'sum', 'sun'),
}

const mutants = suite('mutants')

mutants(
  "every mutant's text is in its file exactly once, and its name tells it from the others",
  () => {
    for (const { mutants } of [ENGINE, MARKET]) {
      const rotten = mutants.filter((mutant) => {
        return planted(readFileSync(join(ROOT, mutant.file), 'utf8'), mutant) === undefined
      })
      assert.equal(
        rotten.map(({ name }) => name),
        [],
      )
      assert.is(new Set(mutants.map(({ name }) => name)).size, mutants.length)
    }
  },
)

mutants('a bug is planted only where its text is there exactly once', () => {
  const mutant = { name: '', file: '', find: 'a + b', replace: 'a - b' }
  assert.is(planted('return a + b', mutant), 'return a - b')
  assert.is(planted('return a * b', mutant), undefined)
  assert.is(planted('return a + b || a + b', mutant), undefined)
})

mutants('each mutant has its fate, and only those that are noticed pass', async () => {
  const root = project()
  const good = await run(root, [BUGS.caught])
  assert.ok(good.passed, good.lines.join('\n'))
  const { fates, passed, lines } = await run(root, Object.values(BUGS))
  assert.not(passed)
  const kinds = Object.fromEntries([...fates].map(([name, { kind }]) => [name, kind]))
  assert.equal(kinds, {
    caught: 'caught',
    hung: 'hung',
    survived: 'survived',
    broken: 'broken',
    rotten: 'rotten',
  })
  assert.match(lines.join('\n'), /caught: caught; test\/sum\/sum\.test\.ts: .*"one and one is two"/)
  assert.match(lines.at(-1) ?? '', /^5 mutants: 2 caught, 1 of them by time-out; 1 survived/)
  // It was all done in copies.
  assert.is(readFileSync(join(root, 'sum/index.ts'), 'utf8'), SUM)
})

mutants('a mutant that names its judge is judged by no other', async () => {
  const root = project()
  const other = 'test/sum/other.test.ts'
  write(root, other, TEST.replace('sum(1, 1), 2', 'sum(0, 0), 0'))
  const { fates, lines } = await run(root, [{ ...BUGS.caught, judge: other }])
  assert.equal(fates.get('caught'), { kind: 'survived' })
  assert.match(lines[0] ?? '', /1 test files pass/)
  const absent = await run(root, [{ ...BUGS.caught, judge: 'test/sum/absent.test.ts' }])
  assert.not(absent.passed)
  assert.match(absent.lines.join('\n'), /There is no test test\/sum\/absent\.test\.ts/)
})

mutants('the simulation notices bugs of the market', async () => {
  const few = 'test/mutants/market/few-seeds.ts'
  const names = [
    'the next batch does not wait for the one in flight',
    'a leg is completed before the capture',
  ]
  const chosen = MARKET.mutants.filter(({ name }) => names.includes(name))
  assert.is(chosen.length, names.length)
  const area = { ...MARKET, tests: few, mutants: chosen.map((one) => ({ ...one, judge: few })) }
  const lines: string[] = []
  const { fates } = await runMutants(ROOT, area, (line) => lines.push(line))
  for (const name of names) assert.is(fates.get(name)?.kind, 'caught', lines.join('\n'))
})

mutants('tests that fail without a bug judge nothing', async () => {
  const root = project()
  write(root, 'test/sum/sum.test.ts', TEST.replace('2)', '3)'))
  const { fates, passed, lines } = await run(root, [BUGS.caught])
  assert.not(passed)
  assert.is(fates.size, 0)
  assert.match(lines.join('\n'), /sum\.test\.ts fails without any bug/)
})

mutants.run()

function project(): string {
  const root = temporaryFolder()
  write(root, 'package.json', '{ "type": "module", "workspaces": ["sum"] }')
  write(
    root,
    'sum/package.json',
    '{ "name": "@example/sum", "type": "module", "exports": "./index.ts" }',
  )
  write(root, 'sum/index.ts', SUM)
  write(root, 'test/sum/sum.test.ts', TEST)
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  return root
}

async function run(root: string, mutants: readonly Mutant[]) {
  const lines: string[] = []
  const area = {
    copied: ['sum', 'test/sum'],
    omitted: [],
    tests: 'test/sum/*.test.ts',
    entry: 'sum/index.ts',
    mutants,
  }
  const result = await runMutants(root, area, (line) => lines.push(line), 2_000)
  return { ...result, lines }
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
