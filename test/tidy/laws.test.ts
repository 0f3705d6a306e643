import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { temporaryFolder } from '../support/own-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const RESTRICTED_IMPORT = 'lint/style/noRestrictedImports'
const RESTRICTED_GLOBAL = 'lint/style/noRestrictedGlobals'
const UNDECLARED = 'lint/correctness/noUndeclaredDependencies'

/** The other half of an import cycle. */
const CYCLE = "import { one } from './order.ts'\nexport const two = () => one\n"

/** A law, a file that breaks it, and the rule that must say so; undefined: nothing may be said. */
type Plant = readonly [law: string, file: string, source: string, rule: string | undefined]

const PLANTS: readonly Plant[] = [
  ...imports(
    'stripe',
    ['api/order/order.store.ts', 'api/payment/payment.routes.ts'],
    ['api/payment/payment.stripe.ts'],
  ),
  ...imports(
    'ioredis',
    ['engine/host/lease.postgres.ts', 'engine/host/host.ts'],
    ['engine/host/lease.redis.ts', 'engine/host/pulse.redis.ts'],
  ),
  ...imports(
    'koa',
    ['api/order/order.store.ts', 'api/payment/payment.stripe.ts'],
    ['api/order/order.routes.ts', 'api/http/server.ts', 'demo-site/server.ts'],
  ),
  ...imports('@koa/router', ['api/market/market.ts'], ['api/market/market.routes.ts']),
  ...imports('pg', ['engine/host/host.ts'], ['engine/host/lease.postgres.ts']),
  ...imports(
    'kysely',
    ['api/order/order.decide.ts', 'api/ledger/ledger.ts'],
    ['api/order/order.store.ts'],
  ),
  ...imports(
    'node:timers/promises',
    ['engine/host/host.ts', 'api/order/order.step.ts'],
    ['engine/host/clock.system.ts'],
  ),
  ...imports('node:fs', ['engine/book.ts'], ['api/pages/assets.ts']),
  ...globals('Date.now()', ['engine/book.ts', 'engine/host/host.ts', 'api/order/order.step.ts']),
  ...globals('Date.now()', ['api/order/order.decide.ts', 'api/ledger/ledger.ts']),
  ...globals('setTimeout(String, 1)', ['engine/book.ts', 'api/payment/payment-merge.ts']),
  ...globals('setInterval(String, 1)', ['engine/book.ts', 'engine/host/host.ts']),
  ...globals('process.pid', ['engine/book.ts']),
  ...globals("fetch('http://localhost')", ['engine/book.ts', 'api/order/order.advance.ts']),
  [
    'the engine knows no chance',
    'engine/book.ts',
    'export const chance = Math.random()\n',
    'lint/nursery/noJsRestrictedProperties',
  ],
  ['the engine knows no package', 'engine/book.ts', "import 'zod'\n", UNDECLARED],
  [
    'the widget knows no server',
    'widget/panel/panel.ts',
    "import '@offset-button/api'\n",
    UNDECLARED,
  ],
  ['the contract knows no server', 'api/contract/order.ts', "import 'koa'\n", UNDECLARED],
  [
    'files do not import each other',
    'api/order/order.ts',
    "import { two } from './other.ts'\nexport const one = () => two\n",
    'lint/suspicious/noImportCycles',
  ],
  [
    'there is no any',
    'api/order/order.ts',
    'export type Loose = any\n',
    'lint/suspicious/noExplicitAny',
  ],
  [
    'there is no enum',
    'api/order/order.ts',
    'export enum Side {\n  Buy,\n}\n',
    'lint/style/noEnum',
  ],
  [
    'there is no default export',
    'api/order/order.ts',
    'export default 1\n',
    'lint/style/noDefaultExport',
  ],
]

const laws = suite('laws')

for (const [index, [law, file, , rule]] of PLANTS.entries()) {
  laws(`${law} (${file})`, () => {
    const found = diagnostics().get(index) ?? []
    if (rule) assert.ok(found.includes(rule), `Biome says only: ${found.join(', ') || 'nothing'}`)
    else
      assert.equal(
        found.filter((category) => category !== 'format'),
        [],
      )
  })
}

laws.run()

function imports(name: string, refused: readonly string[], allowed: readonly string[]): Plant[] {
  const source = `import '${name}'\n`
  return [
    ...refused.map((file): Plant => [`${name} is not imported`, file, source, RESTRICTED_IMPORT]),
    ...allowed.map((file): Plant => [`${name} may be imported`, file, source, undefined]),
  ]
}

function globals(expression: string, files: readonly string[]): Plant[] {
  const source = `export const planted = ${expression}\n`
  return files.map((file): Plant => [`no ${expression}`, file, source, RESTRICTED_GLOBAL])
}

let known: ReadonlyMap<number, string[]> | undefined

/** What Biome says of each planted violation, by its index; it is asked once for all. */
function diagnostics(): ReadonlyMap<number, string[]> {
  known ??= lintAll()
  return known
}

/** A run of Biome for as many plants as have different files, then another for those that are left. */
function lintAll(): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>()
  let left = [...PLANTS.entries()]
  while (left.length > 0) {
    const batch = new Map<string, number>()
    for (const [index, [, file]] of left) if (!batch.has(file)) batch.set(file, index)
    for (const [file, categories] of lint([...batch.values()])) {
      const index = batch.get(file)
      if (index !== undefined) found.set(index, categories)
    }
    left = left.filter(([index, [, file]]) => batch.get(file) !== index)
  }
  return found
}

/** Lints a folder that holds the project's configuration and packages, and of its sources only the plants. */
function lint(indexes: readonly number[]): ReadonlyMap<string, string[]> {
  const folder = temporaryFolder()
  const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  for (const name of ['.', ...workspaces]) copyInto(folder, join(name, 'package.json'))
  const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration))
  for (const index of indexes) {
    const [, file = '', source = ''] = PLANTS[index] ?? []
    write(folder, file, source)
  }
  write(folder, 'api/order/other.ts', CYCLE)
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none'],
    { cwd: folder, encoding: 'utf8' },
  )
  return categoriesByFile(JSON.parse(stdout).diagnostics)
}

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string }
}

function categoriesByFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string[]> {
  const byFile = new Map<string, string[]>()
  for (const { category, location } of diagnostics) {
    byFile.set(location.path, [...(byFile.get(location.path) ?? []), category])
  }
  return byFile
}

function copyInto(folder: string, name: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  cpSync(join(ROOT, name), join(folder, name))
}

function write(folder: string, name: string, source: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), source)
}
