import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, renameSync, type WriteStream } from 'node:fs'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { StartFailure } from './start-failure.ts'

/** What to start and how to end it. */
export interface ChildOptions {
  /** The name people read in messages, for example "API". */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Added to the environment of this process; a value of undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Everything the child prints is kept here; the file of the run before becomes `<file>.previous`. */
  readonly logFile: string
  /** The user to run as; only root can choose one. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** Written to the child's standard input, which is closed after it. */
  readonly input?: string
  /**
   * A process group of its own: Ctrl-C in the terminal then does not reach it, and whoever started
   * it decides when it ends.
   */
  readonly ownGroup?: boolean
  /** The signals that end it, each given some milliseconds before the next; SIGKILL comes last of all. */
  readonly stopSignals?: readonly StopSignal[]
}

/** A signal and how long, in milliseconds, the process may take to end by it. */
export type StopSignal = readonly [signal: NodeJS.Signals, withinMs: number]

/** How a process ended: its exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const TAIL_LINES = 25
/** What Node has compiled once it need not compile again: a process of ours then starts in half the time. */
export const COMPILE_CACHE = join(
  import.meta.dirname,
  '../../node_modules/.cache/offset-button/compiled',
)
const DEFAULT_STOP: readonly StopSignal[] = [['SIGTERM', 4000]]

/** A process that this one started, keeps the output of, and can end. Make one with `startChild` or `startNode`. */
export class Child {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Resolves when the process has ended, however it ended, and its log is written. */
  readonly exited: Promise<Exit>
  readonly stopSignals: readonly StopSignal[]
  #exit: Exit | undefined
  #stopping: Promise<void> | undefined
  readonly #process: ChildProcess
  readonly #tail: string[] = []
  readonly #stdout: string[] = []
  readonly #waiting = new Set<(lines: readonly string[]) => void>()

  constructor(options: ChildOptions, child: ChildProcess, pid: number, log: WriteStream) {
    this.name = options.name
    this.pid = pid
    this.logFile = options.logFile
    this.stopSignals = options.stopSignals ?? DEFAULT_STOP
    this.#process = child
    this.#keep(child.stdout, log, this.#stdout)
    this.#keep(child.stderr, log, undefined)
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        // The last lines may still be in the pipes; a grandchild may hold them open for ever.
        const done = (): void => {
          if (this.#exit) return
          const exit = { code, signal }
          this.#exit = exit
          for (const look of [...this.#waiting]) look([])
          log.end(() => resolve(exit))
        }
        child.once('close', done)
        setTimeout(done, 300).unref()
      })
    })
  }

  /** How it ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit
  }

  /** True once `stop` or `kill` was called: its end is then no surprise. */
  get isStopping(): boolean {
    return this.#stopping !== undefined
  }

  /** The last lines it printed, at most 25. */
  get tail(): string {
    return this.#tail.join('\n')
  }

  /**
   * Waits for a line on its standard output that matches, from its start on, and gives the match.
   * Throws a StartFailure with the log's end when the process ends first or `withinMs` pass.
   */
  waitForLine(pattern: RegExp, withinMs: number): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        this.#waiting.delete(look)
        act()
      }
      const look = (lines: readonly string[]): void => {
        const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null)
        if (match) settle(() => resolve(match))
        else if (this.#exit) settle(() => reject(new StartFailure(describeExit(this))))
      }
      const timer = setTimeout(() => {
        const sentence = `${this.name} was not ready after ${Math.round(withinMs / 1000)} s`
        settle(() => reject(new StartFailure(withTail(this, sentence))))
      }, withinMs)
      this.#waiting.add(look)
      look(this.#stdout)
    })
  }

  /** Asks it to end, insists, and resolves when it has ended. May be called more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  /** Sends one signal and resolves when the process has ended: `kill('SIGKILL')` is a crash. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#stopping ??= this.exited.then(() => undefined)
    this.#process.kill(signal)
    await this.exited
  }

  /** Sends a signal without waiting: SIGSTOP and SIGCONT, for instance. */
  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal)
  }

  /** Lets this program end although the child still runs. */
  unref(): void {
    this.#process.unref()
    for (const pipe of [this.#process.stdout, this.#process.stderr])
      (pipe as Socket | null)?.unref()
  }

  async #stop(): Promise<void> {
    for (const [signal, withinMs] of this.stopSignals) {
      if (this.#exit) return
      this.#process.kill(signal)
      if (await settlesWithin(this.exited, withinMs)) return
    }
    if (!this.#exit) this.#process.kill('SIGKILL')
    await this.exited
  }

  #keep(from: NodeJS.ReadableStream | null, log: WriteStream, stdout: string[] | undefined): void {
    if (!from) return
    createInterface({ input: from }).on('line', (line) => {
      log.write(`${line}\n`)
      keepLast(this.#tail, line)
      if (!stdout) return
      keepLast(stdout, line)
      for (const look of [...this.#waiting]) look([line])
    })
  }
}

/** Starts a process. Throws a StartFailure when the program cannot be run at all. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openLog(options.logFile)
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: options.ownGroup ?? false,
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
  })
  if (child.pid === undefined) {
    const error = await new Promise<Error>((resolve) => child.once('error', resolve))
    throw new StartFailure(`${options.name} could not be started: ${error.message}.`)
  }
  // One that ends before it has read all tells more by its exit than by a broken pipe.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(options.input)
  return new Child(options, child, child.pid, log)
}

/** Like `startChild`, for a TypeScript or JavaScript file of ours, run by the Node that runs this program. */
export function startNode(
  options: Omit<ChildOptions, 'command' | 'args'> & {
    readonly file: string
    readonly args?: readonly string[]
  },
): Promise<Child> {
  const { file, args = [], env, ...rest } = options
  return startChild({
    ...rest,
    command: process.execPath,
    args: [file, ...args],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  })
}

/** One sentence on how a process ended, followed by the end of its log. */
export function describeExit(child: Child): string {
  const { code, signal } = child.exit ?? { code: null, signal: null }
  return withTail(child, `${child.name} ended by itself (${signal ?? `exit code ${code}`})`)
}

function withTail(child: Child, sentence: string): string {
  const tail = child.tail.replaceAll(/^/gm, '    ')
  return `${sentence}. The end of its log, ${child.logFile}:\n${child.tail ? tail : '    (it is empty)'}`
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (existsSync(file)) renameSync(file, `${file}.previous`)
  return createWriteStream(file, { mode: 0o600 })
}

function keepLast(lines: string[], line: string): void {
  lines.push(line)
  if (lines.length > TAIL_LINES) lines.shift()
}

/** True when the promise settles within so many milliseconds. */
async function settlesWithin(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs)
  })
  const settled = promise.then(() => true)
  const result = await Promise.race([settled, late])
  clearTimeout(timer)
  return result
}
