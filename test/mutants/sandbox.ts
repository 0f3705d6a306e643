import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { temporaryFolder } from '../support/own-server.ts'
import { runTestFile, type TestFileResult } from '../support/test-file.ts'
import { type Mutant, type MutantArea, planted } from './mutant.ts'

const LOADS_WITHIN_MS = 120_000

/** A copy of an area in a temporary folder, where its packages find each other and all others are the project's. */
export class Sandbox {
  readonly #folder = temporaryFolder()
  readonly #area: MutantArea

  constructor(root: string, area: MutantArea) {
    this.#area = area
    const omitted = area.omitted.map((folder) => join(root, folder))
    for (const folder of area.copied) {
      cpSync(join(root, folder), join(this.#folder, folder), {
        recursive: true,
        filter: (path) => !omitted.includes(path) && !path.endsWith('/node_modules'),
      })
    }
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }\n')
    this.#linkPackages(root)
  }

  /** The test files, relative to the folder. */
  testFiles(): string[] {
    return globSync([this.#area.tests].flat(), { cwd: this.#folder }).sort()
  }

  run(file: string, withinMs: number): Promise<TestFileResult> {
    return runTestFile(join(this.#folder, file), withinMs, {})
  }

  /** Plants a bug for as long as `act` takes. Undefined, and nothing done, when its text is not there exactly once. */
  async with<Result>(mutant: Mutant, act: () => Promise<Result>): Promise<Result | undefined> {
    const file = join(this.#folder, mutant.file)
    const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const changed = planted(source, mutant)
    if (changed === undefined) return undefined
    try {
      writeFileSync(file, changed)
      return await act()
    } finally {
      writeFileSync(file, source)
    }
  }

  /** Undefined when the area can be loaded; else what Node says. */
  async loadingError(): Promise<string | undefined> {
    const entry = pathToFileURL(join(this.#folder, this.#area.entry)).href
    const child = spawn(process.execPath, ['--import', entry, '--eval', ''], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LOADS_WITHIN_MS,
      killSignal: 'SIGKILL',
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const [code] = await once(child, 'close')
    return code === 0 ? undefined : said.trim() || 'it cannot be loaded'
  }

  #linkPackages(root: string): void {
    const modules = join(root, 'node_modules')
    const own = ownPackages(root)
    for (const name of [...installedPackages(modules), ...own.keys()]) {
      const link = join(this.#folder, 'node_modules', name)
      if (existsSync(link)) continue
      mkdirSync(dirname(link), { recursive: true })
      const folder = own.get(name)
      const copy = folder && join(this.#folder, folder)
      if (copy && existsSync(join(copy, 'package.json'))) symlinkSync(copy, link)
      else symlinkSync(folder ? join(root, folder) : realpathSync(join(modules, name)), link)
    }
  }
}

/** The folders of the project's packages, by name. */
function ownPackages(root: string): Map<string, string> {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return new Map(
    (workspaces as string[]).map((folder) => {
      const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      return [name as string, folder]
    }),
  )
}

function installedPackages(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((inner) => join(name, inner))
        : [name],
    )
}
