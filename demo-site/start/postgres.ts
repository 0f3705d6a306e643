import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type Child, describeExit, startChild } from './child-process.ts'
import { freePort } from './free-port.ts'
import { postgresBinaries } from './postgres.binaries.ts'
import { choosePostgresHome, giveTo, type PostgresHome } from './postgres.home.ts'
import { commandLine, hasEnded, processIdentity } from './process-identity.ts'
import { StartFailure } from './start-failure.ts'

export { removePostgresHome } from './postgres.home.ts'

/** A Postgres that our databases may be made in. */
export interface Postgres {
  /** For example "18.4". */
  readonly version: string
  readonly host: string
  readonly port: number
  /** The server process, when it is a child of this one. */
  readonly child: Child | undefined
  /** A folder outside the project that had to be used, if one had to be. */
  readonly elsewhere: string | undefined
  /** The address of a database of this name. */
  urlOf(database: string): string
  /** Makes a database unless it is there already, and gives its address. */
  database(name: string): Promise<string>
  /** Stops the server if it is ours. */
  stop(): Promise<void>
}

/** What an embedded Postgres needs to know. */
export interface EmbeddedPostgresOptions {
  /** The data is kept in `postgres` in this folder, with its password beside it. */
  readonly folder: string
  readonly logFile: string
  /** Free unless given; give the old one to bring a server back where its clients look for it. */
  readonly port?: number
  /** See ChildOptions. */
  readonly ownGroup?: boolean
  /** Hears of every process, initdb and the server, as soon as it was started. */
  readonly onStart?: (child: Child) => unknown
}

const HOST = '127.0.0.1'
const USER = 'offset_button'
const READY_WITHIN_MS = 60_000

/**
 * Starts the Postgres that comes with the installed packages, as a direct child, and resolves when
 * it answers. The data is made on the first start. A server that an earlier, killed start left
 * behind is ended first.
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<Postgres> {
  fs.mkdirSync(options.folder, { recursive: true })
  const home = choosePostgresHome(options.folder, postgresBinaries())
  const password = keepPassword(options.folder, home)
  await endLeftover(home)
  if (!fs.existsSync(home.data)) await initialise(options, home, password)
  const port = options.port ?? (await freePort())
  const urlOf = (database: string): string =>
    `postgres://${USER}:${password}@${HOST}:${port}/${encodeURIComponent(database)}`
  const { child, version } = await startServer(options, home, port, urlOf('postgres'))
  return {
    version,
    host: HOST,
    port,
    child,
    elsewhere: home.elsewhere,
    urlOf,
    database: (name) => createDatabase(urlOf('postgres'), urlOf(name), name),
    stop: () => child.stop(),
  }
}

/**
 * Uses a Postgres that somebody else runs. `database('offset_button')` is the database the address
 * names (unless it names none, or `postgres`); others are made beside it.
 */
export async function usePostgres(address: string): Promise<Postgres> {
  const given = new URL(address)
  const named = decodeURIComponent(given.pathname.slice(1))
  const own = named === 'postgres' || named === '' ? 'offset_button' : named
  const urlOf = (database: string): string => {
    const url = new URL(given)
    url.pathname = encodeURIComponent(database === 'offset_button' ? own : database)
    return url.href
  }
  const version = await query(address, 'SHOW server_version', 'server_version')
  return {
    version: version.split(' ')[0] ?? version,
    host: given.hostname,
    port: Number(given.port || 5432),
    child: undefined,
    elsewhere: undefined,
    urlOf,
    database: (name) => createDatabase(address, urlOf(name), name === 'offset_button' ? own : name),
    stop: async () => undefined,
  }
}

/** The password is random, made once, and kept where only this user reads it. */
function keepPassword(folder: string, home: PostgresHome): string {
  const file = join(folder, 'postgres.password')
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim()
  if (fs.existsSync(home.data)) {
    throw new StartFailure(`${file} is gone, and the database opens to nobody without it.`)
  }
  const password = randomBytes(24).toString('hex')
  fs.writeFileSync(file, password, { mode: 0o600 })
  return password
}

/**
 * Ends a server that still runs on this data. Where the lock names a process that is not that server
 * (the number was given anew, or the dead server was never collected), it is made to name us, whom
 * Postgres knows to be no server; the rest of it lets Postgres look for sessions that still run.
 */
async function endLeftover(home: PostgresHome): Promise<void> {
  const lock = join(home.data, 'postmaster.pid')
  if (!fs.existsSync(lock)) return
  const [first, ...rest] = fs.readFileSync(lock, 'utf8').split('\n')
  const pid = Number(first)
  const identity = processIdentity(pid)
  const command = commandLine(pid)
  if (identity === undefined || !(command.includes('postgres') && command.includes(home.data))) {
    fs.writeFileSync(lock, [process.pid, ...rest].join('\n'))
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await hasEnded(pid, identity, 5000)) return
  }
}

/** Makes the data beside its place and moves it there whole, so a start that was cut short leaves none. */
async function initialise(
  options: EmbeddedPostgresOptions,
  home: PostgresHome,
  password: string,
): Promise<void> {
  const part = `${home.data}.new`
  const passwordFile = join(part, 'password')
  fs.rmSync(part, { recursive: true, force: true })
  fs.mkdirSync(join(part, 'data'), { recursive: true, mode: 0o700 })
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(home.user, part)
  const initdb = await startChild({
    name: 'initdb',
    command: join(home.binaries, 'bin', 'initdb'),
    args: [
      `--pgdata=${join(part, 'data')}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    cwd: '/',
    env: { LC_ALL: 'C' },
    user: home.user,
    ownGroup: options.ownGroup ?? false,
    logFile: join(dirname(options.logFile), 'initdb.log'),
  })
  options.onStart?.(initdb)
  const { code } = await initdb.exited
  if (code !== 0) throw new StartFailure(describeExit(initdb))
  fs.renameSync(join(part, 'data'), home.data)
  fs.rmSync(part, { recursive: true })
}

/**
 * Starts the server until it answers. Sessions of a server that was killed take a moment to notice;
 * Postgres refuses to start beside them, so it is asked again for a while.
 */
async function startServer(
  options: EmbeddedPostgresOptions,
  home: PostgresHome,
  port: number,
  url: string,
): Promise<{ child: Child; version: string }> {
  for (let tries = 1; ; tries++) {
    const child = await spawnServer(options, home, port)
    options.onStart?.(child)
    try {
      return { child, version: await untilItAnswers(child, url) }
    } catch (error) {
      if (tries === 40 || !child.tail.includes('shared memory block')) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function spawnServer(
  options: EmbeddedPostgresOptions,
  home: PostgresHome,
  port: number,
): Promise<Child> {
  const settings = {
    listen_addresses: HOST,
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    fsync: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  return startChild({
    name: 'Postgres',
    command: join(home.binaries, 'bin', 'postgres'),
    args: [
      ...['-D', home.data, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: '/',
    env: { LC_ALL: 'C' },
    user: home.user,
    logFile: options.logFile,
    ownGroup: options.ownGroup ?? false,
    // SIGINT ends sessions and writes everything down; SIGQUIT leaves that to the next start.
    stopSignals: [
      ['SIGINT', 5000],
      ['SIGQUIT', 2000],
    ],
  })
}

/** Asks until the server answers, and gives its version; it may have to replay its log after a crash. */
async function untilItAnswers(child: Child, url: string): Promise<string> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 30) {
    if (child.exit) throw new StartFailure(describeExit(child))
    try {
      return await query(url, 'SHOW server_version', 'server_version')
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
  await child.stop()
  throw new StartFailure(
    `Postgres did not answer within ${READY_WITHIN_MS / 1000} s.\n${child.tail}`,
  )
}

async function createDatabase(admin: string, url: string, name: string): Promise<string> {
  const client = new pg.Client(admin)
  try {
    await client.connect()
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
    return url
  } catch (error) {
    const who = decodeURIComponent(new URL(admin).username)
    throw new StartFailure(
      `The database ${name} is missing and the user ${who} could not make it (${messageOf(error)}): create it, or give the user CREATEDB.`,
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** One question over a connection of its own. */
async function query(url: string, sql: string, column: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query(sql)
    return String(rows[0][column])
  } catch (error) {
    const { host } = new URL(url)
    throw new StartFailure(`Postgres at ${host} does not answer: ${messageOf(error)}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
