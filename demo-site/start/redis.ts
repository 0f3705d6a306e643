import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { type Child, describeExit, startChild } from './child-process.ts'
import { freePort } from './free-port.ts'
import { unpackedRedis } from './redis.package.ts'
import { StartFailure } from './start-failure.ts'

/** A Redis (or Valkey) that holds leases; it keeps nothing over a restart. */
export interface Redis {
  readonly url: string
  /** For example "7.0.15"; undefined for a server that somebody else runs. */
  readonly version: string | undefined
  readonly port: number
  /** The server process, when it is a child of this one. */
  readonly child: Child | undefined
  /** Stops the server if it is ours. */
  stop(): Promise<void>
}

/** What a Redis of our own needs to know. */
export interface RedisOptions {
  /** Its working folder; made if missing. */
  readonly folder: string
  /** Where the distribution's package is unpacked if it must be; kept for later starts. */
  readonly packageFolder: string
  readonly logFile: string
  /** Free unless given; give the old one to bring a server back where its clients look for it. */
  readonly port?: number
  /** Random unless given; as for the port. */
  readonly password?: string
  /** See ChildOptions. */
  readonly ownGroup?: boolean
  /** Hears of the server as soon as it was started. */
  readonly onStart?: (child: Child) => unknown
  /** Hears what takes its time. */
  readonly say?: (line: string) => void
}

/** How Debian and most others name the package that brings the server. */
export const REDIS_PACKAGE = 'redis-server'

const PROGRAMS = ['redis-server', 'valkey-server']
const READY_WITHIN_MS = 15_000
/** Tests take a database of the server each. */
const DATABASES = 4096

/**
 * Starts a Redis as a child and resolves when it answers: `redis-server` or `valkey-server` on the
 * PATH, else the distribution's package unpacked. Undefined when neither can be had.
 */
export async function startRedis(options: RedisOptions): Promise<Redis | undefined> {
  const server = await findServer(options)
  if (!server) return undefined
  fs.mkdirSync(options.folder, { recursive: true })
  const port = options.port ?? (await freePort())
  const password = options.password ?? randomBytes(24).toString('hex')
  const child = await startChild({
    name: 'Redis',
    command: server.program,
    args: ['-'],
    input: configuration(options.folder, port, password),
    env: server.libraryPath ? { LD_LIBRARY_PATH: server.libraryPath } : {},
    logFile: options.logFile,
    ownGroup: options.ownGroup ?? false,
  })
  options.onStart?.(child)
  await untilItAnswers(child, port)
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    version: versionOf(server),
    port,
    child,
    stop: () => child.stop(),
  }
}

/** Uses a Redis that somebody else runs. */
export function useRedis(address: string): Redis {
  return {
    url: address,
    version: undefined,
    port: Number(new URL(address).port || 6379),
    child: undefined,
    stop: async () => undefined,
  }
}

interface Server {
  readonly program: string
  readonly libraryPath?: string
}

async function findServer(options: RedisOptions): Promise<Server | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name)))
  const program = onPath.find((file) => isExecutable(file))
  if (program) return { program }
  return unpackedRedis(options.packageFolder, options.say ?? (() => undefined))
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Read from standard input, so that the password stands in no list of processes. */
function configuration(folder: string, port: number, password: string): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    `databases ${DATABASES}`,
    'daemonize no',
    'save ""',
    'appendonly no',
    '',
  ].join('\n')
}

function versionOf(server: Server): string | undefined {
  const env = { ...process.env, LD_LIBRARY_PATH: server.libraryPath }
  const { stdout } = spawnSync(server.program, ['--version'], { env, encoding: 'utf8' })
  return /v=(\S+)/.exec(stdout)?.[1]
}

async function untilItAnswers(child: Child, port: number): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 20) {
    if (child.exit) throw new StartFailure(describeExit(child))
    if (await listens(port)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await child.stop()
  throw new StartFailure(`Redis did not answer within ${READY_WITHIN_MS / 1000} s.\n${child.tail}`)
}

/** True when something accepts connections on this port of 127.0.0.1. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
