/**
 * Builds the package that is published of the engine: `npm run build -w @offset-button/engine`. In the workspace its sources
 * are imported as they are; Node strips no types under node_modules, so whoever installs it needs modules and declarations.
 * It stands here because nothing in engine/ may touch files. An argument names another folder than engine/build; what is
 * in the folder goes first.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const ENGINE = join(ROOT, 'engine')
const OLDEST_NODE = '>=20'

const folder = resolve(process.argv[2] ?? join(ENGINE, 'build'))
rmSync(folder, { recursive: true, force: true })
if (isCompiledInto(folder)) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
  cpSync(join(ENGINE, 'README.md'), join(folder, 'README.md'))
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
} else {
  process.exitCode = 1
}

/** False when the sources have errors, which are printed. */
function isCompiledInto(outDir: string): boolean {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const project = join(ENGINE, 'tsconfig.build.json')
  const args = [tsc, '-p', project, '--outDir', outDir, '--noEmitOnError']
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
}

/** The package.json of what is published: that of the workspace, but for where the modules are. */
function manifest(): Record<string, unknown> {
  const { name, version, description, license, type } = JSON.parse(
    readFileSync(join(ENGINE, 'package.json'), 'utf8'),
  )
  return {
    name,
    version,
    description,
    license,
    type,
    sideEffects: false,
    engines: { node: OLDEST_NODE },
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: ['**/*.js', '**/*.d.ts'],
    publishConfig: { access: 'public' },
  }
}
