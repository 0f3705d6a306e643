import * as fs from 'node:fs'
import { hasEnded, isSameProcess, processIdentity } from './process-identity.ts'
import { StartFailure } from './start-failure.ts'

/** A process as the record knows it: an id alone may mean another process by now. */
interface Entry {
  readonly name: string
  readonly pid: number
  readonly identity: string
  /** What ends it in good order. */
  readonly signal: NodeJS.Signals
}

const LEFTOVER_ENDS_WITHIN_MS = 6000

/**
 * The note, in the data folder, of which processes run there: it keeps a second start out, and after
 * the launcher itself was killed the next start ends what was left running.
 */
export class RunRecord {
  readonly #file: string
  readonly #entries: Entry[]

  private constructor(file: string) {
    this.#file = file
    this.#entries = [entryOf('npm start', process.pid, 'SIGTERM')]
    fs.writeFileSync(file, JSON.stringify(this.#entries), { flag: 'wx', mode: 0o600 })
  }

  /**
   * Takes the folder for this process. Throws a StartFailure while another start runs in it; what a
   * killed one left behind is ended first, and `say` hears of it.
   */
  static async open(file: string, say: (line: string) => void): Promise<RunRecord> {
    const [launcher, ...children] = readEntries(file)
    if (launcher && isSameProcess(launcher.pid, launcher.identity)) {
      throw new StartFailure(
        `npm start already runs in this folder (process ${launcher.pid}): stop it there with Ctrl-C first.`,
      )
    }
    const left = children.filter((child) => isSameProcess(child.pid, child.identity))
    if (left.length > 0) say(`Ending what an earlier start left running (${left.length}) …`)
    for (const child of left.reverse()) await end(child)
    fs.rmSync(file, { force: true })
    try {
      return new RunRecord(file)
    } catch {
      throw new StartFailure('Another npm start began in this folder at the same moment.')
    }
  }

  /** Notes a process down, as soon as it was started. */
  add(name: string, pid: number, signal: NodeJS.Signals): void {
    this.#entries.push(entryOf(name, pid, signal))
    fs.writeFileSync(`${this.#file}.new`, JSON.stringify(this.#entries), { mode: 0o600 })
    fs.renameSync(`${this.#file}.new`, this.#file)
  }

  /** Gives the folder back, when everything has ended. */
  close(): void {
    fs.rmSync(this.#file, { force: true })
  }
}

function entryOf(name: string, pid: number, signal: NodeJS.Signals): Entry {
  return { name, pid, identity: processIdentity(pid) ?? 'ended', signal }
}

/** A record that was cut short says nothing. */
function readEntries(file: string): readonly Entry[] {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

async function end(entry: Entry): Promise<void> {
  for (const signal of [entry.signal, 'SIGKILL'] as const) {
    if (!isSameProcess(entry.pid, entry.identity)) return
    try {
      process.kill(entry.pid, signal)
    } catch {
      return
    }
    if (await hasEnded(entry.pid, entry.identity, LEFTOVER_ENDS_WITHIN_MS)) return
  }
}
