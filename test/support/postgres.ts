import { randomBytes } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgresHome, startPostgres } from '@offset-button/demo-site/start/postgres'
import pg from 'pg'
import { endWithProcess, temporaryFolder } from './own-server.ts'

/** A database of a test's own. */
export interface TestDatabase {
  readonly name: string
  readonly url: string
  /** Ends whoever is still connected and drops it. */
  close(): Promise<void>
}

let own: Promise<string> | undefined

/**
 * The address of the `postgres` database of the tests' server. The test runner starts one server for
 * the whole run and names it in TEST_POSTGRES_URL; a test file that runs alone starts one for itself.
 */
function postgresUrl(): Promise<string> {
  const shared = process.env.TEST_POSTGRES_URL
  if (shared) return Promise.resolve(shared)
  own ??= startOwn()
  return own
}

/**
 * Makes an empty database, or a copy of a template that `templateDatabase` made. Close it at the end:
 * `const database = keep(await freshDatabase())` (clean-up.ts).
 */
export async function freshDatabase(options?: {
  readonly template?: string
}): Promise<TestDatabase> {
  const admin = await postgresUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  const template = options?.template ?? 'template1'
  await withClient(admin, async (client) => {
    await patiently(() => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`))
  })
  return { name, url: urlOf(admin, name), close: () => drop(admin, name) }
}

/**
 * Makes a template once a test run, however many files ask for it at the same time, and gives its
 * name for `freshDatabase`. `prepare` migrates the empty database behind the address it is given and
 * must close its connections.
 */
export async function templateDatabase(
  name: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> {
  const admin = await postgresUrl()
  const template = `template_${name}`
  await withClient(admin, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template])
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (found.rowCount !== 0) return
    // Under its final name only when it is whole, so a failed preparation leaves no half template.
    const part = `${template}_${randomBytes(4).toString('hex')}`
    await client.query(`CREATE DATABASE "${part}"`)
    try {
      await prepare(urlOf(admin, part))
      await patiently(() => client.query(`ALTER DATABASE "${part}" RENAME TO "${template}"`))
    } catch (error) {
      await client.query(`DROP DATABASE "${part}" WITH (FORCE)`)
      throw error
    }
  })
  return template
}

async function startOwn(): Promise<string> {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  const server = await startPostgres({ folder, logFile: join(folder, 'logs', 'postgres.log') })
  endWithProcess(server, () => removePostgresHome(folder))
  return server.urlOf('postgres')
}

function drop(admin: string, name: string): Promise<void> {
  return withClient(admin, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  })
}

function urlOf(admin: string, database: string): string {
  const url = new URL(admin)
  url.pathname = database
  return url.href
}

async function withClient(url: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

/** A session that has just ended may still count as connected for a moment (object in use, 55006). */
async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries === 40) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
