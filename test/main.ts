/**
 * Runs the tests: `npm test`, or `npm test -- engine` for the files whose path holds a word.
 * One Postgres and one Redis serve the whole run, with data in a temporary folder. The last line is
 * `N passed, N failed`, and the exit code is 0 only when nothing failed.
 */
import { chmodSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, COMPILE_CACHE } from '@offset-button/demo-site/start/child-process'
import { removePostgresHome, startPostgres } from '@offset-button/demo-site/start/postgres'
import { sentenceOf } from '@offset-button/demo-site/start/start-failure'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import { temporaryFolder } from './support/own-server.ts'
import { ownRedis } from './support/redis.ts'
import { endTestFiles, runTestFile } from './support/test-file.ts'

const AT_ONCE = 2
const WITHIN_MS = 120_000
/**
 * All states in all languages, kills, whole purchases in a browser, and thousands of seeds take their time, after all others; the
 * longest first, so that none is left alone at the end.
 */
const LONG = [/\.axe\.test\.ts$/, /\.kills\.test\.ts$/, /(\.e2e|\/simulation)\.test\.ts$/]
const LONG_WITHIN_MS = 600_000

const totals = { passed: 0, failed: 0 }
/** What was started for the run, ended in reverse order. */
const opened: (() => unknown)[] = []

process.once('SIGINT', () => interrupt(130))
process.once('SIGTERM', () => interrupt(143))
try {
  const files = findFiles(process.argv.slice(2))
  if (files.length === 0) throw new Error('No test file has a path like that.')
  const env = await openServers()
  await runAll(files, env)
} catch (error) {
  totals.failed++
  console.log(sentenceOf(error))
} finally {
  await closeServers()
}
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed === 0 ? 0 : 1

/** The test files whose path holds one of the words, or all. */
function findFiles(words: readonly string[]): readonly string[] {
  const folder = join(import.meta.dirname, '..')
  return globSync('test/**/*.test.ts', { cwd: folder })
    .filter((file) => !file.includes('node_modules'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
    .map((file) => join(folder, file))
}

async function openServers(): Promise<Record<string, string>> {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  opened.push(() => removePostgresHome(folder))
  const [postgres, redisUrl] = await Promise.all([
    startPostgres({
      folder,
      logFile: join(folder, 'logs', 'postgres.log'),
      ownGroup: true,
      onStart: (child) => opened.push(() => child.stop()),
    }),
    openRedis(folder),
    buildWidget(),
  ])
  return {
    TEST_POSTGRES_URL: postgres.urlOf('postgres'),
    TEST_REDIS_URL: redisUrl,
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    // What a test leaves among the temporary files goes with the folder of the run.
    TMPDIR: folder,
  }
}

async function openRedis(folder: string): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL
  const onStart = (child: Child): unknown => opened.push(() => child.stop())
  const redis = await ownRedis(folder, { ownGroup: true, onStart })
  return redis.url
}

async function closeServers(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}

async function runAll(files: readonly string[], env: Record<string, string>): Promise<void> {
  await runQueue(
    files.filter((file) => !LONG.some((long) => long.test(file))),
    WITHIN_MS,
    env,
  )
  await runQueue(
    LONG.flatMap((long) => files.filter((file) => long.test(file))),
    LONG_WITHIN_MS,
    env,
  )
}

async function runQueue(
  files: readonly string[],
  withinMs: number,
  env: Record<string, string>,
): Promise<void> {
  const queue = [...files]
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let file = queue.shift(); file; file = queue.shift()) await runOne(file, withinMs, env)
  })
  await Promise.all(workers)
}

async function runOne(file: string, withinMs: number, env: Record<string, string>): Promise<void> {
  const result = await runTestFile(file, withinMs, env)
  totals.passed += result.passed
  totals.failed += result.failed
  const name = file.slice(join(import.meta.dirname, '/').length)
  const seconds = `${(result.milliseconds / 1000).toFixed(1)} s`
  const state = result.failed === 0 ? 'passed' : 'FAILED'
  const what = result.trouble ? `: ${result.trouble}` : ''
  console.log(`${state} ${name} (${result.passed} tests, ${seconds})${what}`)
  if (result.failed > 0) console.log(result.output.replaceAll(/^/gm, '    '))
}

/** Ends everything; a run that was broken off has not passed. */
async function interrupt(exitCode: number): Promise<void> {
  endTestFiles()
  await closeServers()
  console.log(`${totals.passed} passed, ${totals.failed + 1} failed`)
  process.exit(exitCode)
}
