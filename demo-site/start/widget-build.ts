import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type Child, startNode } from './child-process.ts'
import { StartFailure } from './start-failure.ts'

const ROOT = join(import.meta.dirname, '../..')
const CACHE = join(ROOT, 'node_modules/.cache/offset-button')
const BUILT = 'widget/dist/offset-button.js'
/** What the bundle is made of; the lock stands for Lit and Rollup. */
const SOURCES = ['widget', 'api/contract', 'package-lock.json', 'tsconfig.json']
const LEFT_OUT = new Set(['node_modules', 'dist', 'build'])

/**
 * Builds the widget's bundle unless the one there was made from the same sources; `say` hears when
 * it does. Throws a StartFailure with the builder's own words when the sources do not build.
 */
export async function buildWidget(
  options: {
    readonly say?: (line: string) => void
    readonly onStart?: (child: Child) => unknown
  } = {},
): Promise<void> {
  const stamp = join(CACHE, 'widget.hash')
  const hash = hashOfSources()
  const isSame = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash
  if (isSame && fs.existsSync(join(ROOT, BUILT))) return
  options.say?.('Building the widget …')
  // What `npm run bundle -w widget` does, without npm: the bundle alone, no declarations.
  const build = await startNode({
    name: 'The build of the widget',
    file: join(ROOT, 'node_modules/rollup/dist/bin/rollup'),
    args: ['-c', '--silent'],
    cwd: join(ROOT, 'widget'),
    logFile: join(CACHE, 'widget-build.log'),
  })
  options.onStart?.(build)
  const { code } = await build.exited
  if (code !== 0 || !fs.existsSync(join(ROOT, BUILT))) {
    throw new StartFailure(`The widget could not be built:\n${build.tail}`)
  }
  fs.writeFileSync(stamp, hash)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesIn(source))) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(join(ROOT, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** All files under a path of the project, in a fixed order. */
function filesIn(path: string): readonly string[] {
  if (!fs.statSync(join(ROOT, path)).isDirectory()) return [path]
  return fs
    .readdirSync(join(ROOT, path))
    .filter((name) => !LEFT_OUT.has(name))
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}
