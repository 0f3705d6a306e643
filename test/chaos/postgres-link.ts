/** A link to Postgres that reads what passes, so that one commit can be stopped at an exact point. */
import type { Socket } from 'node:net'
import { type BreakableLink, breakableLink } from '../engine/host/breakable-link.ts'

export type Statement = { readonly sql: string; readonly values: readonly (string | null)[] }

export type CommitTrap = {
  /** A statement that changes rows; its transaction, or the statement itself where it has none, is meant. */
  readonly matches: (statement: Statement) => boolean
  /** `arrived`: nothing of it is committed. `answered`: it is, and the client has not heard of it. */
  readonly at: 'arrived' | 'answered'
  /** Called once, at the point; with 'cut' the client loses its connection, and a commit that has arrived is lost. */
  readonly act: () => Promise<'cut' | 'go on'>
}

export type PostgresLink = Omit<BreakableLink, 'hold'> & {
  /** Sets a trap; resolves when it has been sprung and its act is over. */
  trap(trap: CommitTrap): Promise<void>
  /** Forgets the traps that were not sprung. */
  disarm(): void
}

type Armed = CommitTrap & { readonly sprung: () => void }

export async function postgresLink(target: string): Promise<PostgresLink> {
  const armed = new Set<Armed>()
  const link = await breakableLink(target, (near, far) => watchSession(near, far, armed))
  return {
    ...link,
    trap: (trap) =>
      new Promise((sprung) => {
        armed.add({ ...trap, sprung })
      }),
    disarm: () => armed.clear(),
  }
}

/**
 * One session of node-postgres, which waits for the answer to each request: a simple query, or the messages up to a Sync.
 * Bytes go on as they came, a request or an answer at a time.
 */
function watchSession(near: Socket, far: Socket, armed: Set<Armed>): void {
  let isInTransaction = false
  /** Traps whose statement is a part of the request that is under way, and of the transaction. */
  let asked: Armed[] = []
  const marked = new Set<Armed>()
  /** The trap at the answer of the request that is under way. */
  let awaited: Armed | undefined
  let isRefused = false
  /** What was parsed, by its name; what has none is under ''. */
  const prepared = new Map<string, string>()
  let sql = ''
  let values: Statement['values'] = []
  let request: Buffer[] = []
  let answer: Buffer[] = []

  const spring = async (trap: Armed, held: Buffer[], to: Socket) => {
    armed.delete(trap)
    const result = await trap.act()
    if (result === 'cut') near.destroy()
    else to.write(Buffer.concat(held))
    trap.sprung()
  }
  const send = () => {
    const held = request
    request = []
    isRefused = false
    const isCommit = /^\s*commit\b/i.test(sql)
    const statement = { sql, values }
    asked = isCommit ? [] : [...armed].filter((trap) => trap.matches(statement))
    const traps = isCommit ? [...marked] : isInTransaction ? [] : asked
    const arrived = traps.find((trap) => trap.at === 'arrived' && armed.has(trap))
    awaited = traps.find((trap) => trap.at === 'answered' && armed.has(trap))
    values = []
    if (arrived) void spring(arrived, held, far)
    else far.write(Buffer.concat(held))
  }
  near.on(
    'data',
    messages((type, message) => {
      if (type === 'P') {
        const [name = '', text = ''] = texts(message, 5, 2)
        prepared.set(name, text)
      }
      if (type === 'B') {
        sql = prepared.get(texts(message, 5, 2)[1] ?? '') ?? ''
        values = valuesOf(message)
      }
      if (type === 'Q') sql = texts(message, 5, 1)[0] ?? ''
      if (!REQUESTS.has(type)) return void far.write(message)
      request.push(message)
      if (type === 'S' || type === 'Q') send()
    }, true),
  )
  far.on(
    'data',
    messages((type, message) => {
      if (type === 'E') isRefused = true
      if (type === 'C' && isInTransaction && !/ 0$/.test(texts(message, 5, 1)[0] ?? '')) {
        for (const trap of asked) marked.add(trap)
      }
      if (!awaited) near.write(message)
      else answer.push(message)
      if (type !== 'Z') return
      isInTransaction = message[5] !== IDLE
      if (!isInTransaction) marked.clear()
      const [trap, held] = [awaited, answer]
      awaited = undefined
      answer = []
      if (trap && !isRefused) void spring(trap, held, near)
      else if (trap) near.write(Buffer.concat(held))
    }, false),
  )
}

/** Parse, Bind, Describe, Execute, Close, Flush, Sync and Query: the messages of a request. */
const REQUESTS = new Set(['P', 'B', 'D', 'E', 'C', 'H', 'S', 'Q'])
const IDLE = 'I'.charCodeAt(0)

/** Cuts a stream into messages. The first of a client has no type. */
function messages(onMessage: (type: string, message: Buffer) => void, isClient: boolean) {
  let rest: Buffer = Buffer.alloc(0)
  let isFirst = isClient
  return (data: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, data]) : data
    for (;;) {
      const head = isFirst ? 0 : 1
      if (rest.length < head + 4) return
      const length = head + rest.readUInt32BE(head)
      if (rest.length < length) return
      const message = rest.subarray(0, length)
      rest = rest.subarray(length)
      onMessage(isFirst ? '' : String.fromCharCode(message[0] ?? 0), message)
      isFirst = false
    }
  }
}

/** So many texts, each ended by a zero byte, from there on. */
function texts(message: Buffer, from: number, count: number): string[] {
  const found: string[] = []
  for (let start = from; found.length < count; ) {
    const end = message.indexOf(0, start)
    found.push(message.toString('utf8', start, end))
    start = end + 1
  }
  return found
}

function valuesOf(bind: Buffer): (string | null)[] {
  let at = bind.indexOf(0, 5) + 1
  at = bind.indexOf(0, at) + 1
  at += 2 + 2 * bind.readUInt16BE(at)
  const count = bind.readUInt16BE(at)
  at += 2
  return Array.from({ length: count }, () => {
    const length = bind.readInt32BE(at)
    at += 4
    if (length < 0) return null
    at += length
    return bind.toString('utf8', at - length, at)
  })
}
