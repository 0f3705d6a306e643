import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { temporaryFolder } from '../support/own-server.ts'
import { exampleIn } from './readme-example.ts'

const ROOT = join(import.meta.dirname, '../..')
const ENGINE = join(ROOT, 'engine')
const NAME = '@offset-button/engine'
const WITHIN_MS = 60_000

/** What somebody writes against the types; each expected error is one, or the compiler says so. */
const CONSUMER = `
import { type Book, type Command, createBook, isRejected, type RejectionReason } from '${NAME}'

const book: Book = createBook({ maxFills: 10 })
const quote = book.quote({ quantityTonnes: 1, allOrNone: true, filter: { project: [8] } })
export const reason: RejectionReason | undefined = isRejected(quote) ? quote.reason : undefined
export const cost: bigint = isRejected(quote) ? 0n : quote.costMinor
export const command: Command = { kind: 'WithdrawOffer', offer: 1 }
// @ts-expect-error a command needs a kind that a book knows
book.apply({ kind: 'CloseOffer', offer: 1 })
// @ts-expect-error a refused quote has no cost
export const unchecked = quote.costMinor
// @ts-expect-error a cost is no number
export const rounded: number = isRejected(quote) ? 0 : quote.costMinor
`

const build = temporaryFolder()
/** An empty folder, into which the package is installed. */
const project = temporaryFolder()
const installed = join(project, 'node_modules', NAME)

/** Without what the npm that may run the tests tells its own processes. */
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_cache: temporaryFolder(),
}

const published = suite('the published package')

// The others look at what this one installs; uvu says nothing of an error in before().
published('it installs without a network, and brings no other package', () => {
  const tarballs = temporaryFolder()
  npm(ROOT, 'run', 'build', '-w', NAME, '--', build)
  npm(tarballs, 'pack', build)
  const [tarball = ''] = globSync('*.tgz', { cwd: tarballs })
  npm(project, 'install', '--offline', '--prefix', project, join(tarballs, tarball))
  const { packages } = readJson(join(project, 'package-lock.json'))
  assert.equal(Object.keys(packages), ['', `node_modules/${NAME}`])
  const manifest = readJson(join(installed, 'package.json'))
  assert.is(manifest.version, readJson(join(ENGINE, 'package.json')).version)
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts']) {
    assert.is(manifest[kind], undefined, kind)
  }
})

published('it holds modules, their types, a README and the licence', () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(installed, join(entry.parentPath, entry.name)))
  const modules = files.filter((file) => file.endsWith('.js'))
  const declarations = modules.map((file) => file.replace(/\.js$/, '.d.ts'))
  const others = ['LICENSE', 'README.md', 'package.json']
  assert.equal(files.sort(), [...modules, ...declarations, ...others].sort())
  assert.ok(modules.includes('index.js'))
  const foreign = modules.filter(
    (file) => file.startsWith('host') || !existsSync(join(ENGINE, file.replace(/\.js$/, '.ts'))),
  )
  assert.equal(foreign, [])
})

published('its modules import only each other', () => {
  const imports = /^(?:import|export) (?:[^;'"]* from )?["'](.*?)["'];$/gm
  const imported = globSync('**/*.js', { cwd: installed }).flatMap((file) =>
    [...read(join(installed, file)).matchAll(imports)].map(([, specifier = '']) => specifier),
  )
  assert.ok(imported.includes('./book.js'))
  const foreign = imported.filter((specifier) => !/^\.\.?\/.*\.js$/.test(specifier))
  assert.equal(foreign, [])
})

published('the example in its README runs and prints what it says', () => {
  const { source, promised } = exampleIn(read(join(installed, 'README.md')))
  assert.is(promised.length, 2)
  writeFileSync(join(project, 'example.mjs'), source)
  assert.equal(run(project, process.execPath, ['example.mjs']).trimEnd().split('\n'), promised)
})

for (const [module, moduleResolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
]) {
  published(`its types hold for whoever resolves as ${moduleResolution}`, () => {
    const compilerOptions = { module, moduleResolution, strict: true, types: [], noEmit: true }
    const tsconfig = {
      compilerOptions: { ...compilerOptions, target: 'es2022' },
      files: ['own.mts'],
    }
    writeFileSync(join(project, 'own.mts'), CONSUMER)
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    assert.is(run(project, process.execPath, [tsc, '-p', project]), '')
  })
}

published.run()

/** Runs npm with a cache of its own, so that it finds no package that somebody installed before. */
function npm(cwd: string, ...args: readonly string[]): void {
  run(cwd, 'npm', args)
}

/** What the command prints. Throws with all of it when it fails. */
function run(cwd: string, command: string, args: readonly string[]): string {
  const options = { cwd, env: ENVIRONMENT, encoding: 'utf8', timeout: WITHIN_MS } as const
  const { status, stdout, stderr, error } = spawnSync(command, args, options)
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

function readJson(file: string): Record<string, unknown> & { packages: object } {
  return JSON.parse(read(file))
}
