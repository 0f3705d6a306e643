/** Stands between the API and an outside server, and stops one call at a chosen point. */
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** Where a call is met. `answered`: the outside has done its part, and the API has not heard of it. */
export type Point = 'arrived' | 'answered'

export type Trap = {
  /** `answer`: what the outside said, at the point where it has. */
  readonly matches: (call: {
    readonly method: string
    readonly path: string
    readonly answer: string
  }) => boolean
  /** Lets so many matching calls pass first; default 0. */
  readonly skip?: number
  /** Called once, at the point; the call goes on when it resolves, unless it resolves with 'cut'. */
  readonly at: Point
  readonly act: () => Promise<'cut' | 'go on'>
}

export type CallProxy = {
  readonly url: string
  /** Sets a trap; resolves when it has been sprung and its act is over. */
  trap(trap: Trap): Promise<void>
  /** Forgets the traps that were not sprung. */
  disarm(): void
  /** Ends what is connected, and refuses what comes. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function startCallProxy(outside: string): Promise<CallProxy> {
  const armed = new Set<Trap & { skip: number; sprung: () => void }>()
  let isCut = false
  const meet = async (
    point: Point,
    message: IncomingMessage,
    answer = '',
  ): Promise<'cut' | 'go on'> => {
    const call = { method: message.method ?? '', path: message.url ?? '', answer }
    for (const trap of armed) {
      if (trap.at !== point || !trap.matches(call)) continue
      if (trap.skip-- > 0) continue
      armed.delete(trap)
      const result = await trap.act()
      trap.sprung()
      return result
    }
    return 'go on'
  }
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming)
    if ((await meet('arrived', incoming)) === 'cut') return incoming.destroy()
    const target = new URL(incoming.url ?? '/', outside)
    const { host: _, connection: __, ...headers } = incoming.headers
    const forwarded = httpRequest(
      target,
      { method: incoming.method ?? 'GET', headers },
      async (answer) => {
        const content = await text(answer)
        if ((await meet('answered', incoming, content)) === 'cut') return incoming.destroy()
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        outgoing.end(content)
      },
    )
    forwarded.on('error', () => incoming.destroy())
    forwarded.end(body)
  })
  server.on('connection', (socket) => {
    if (isCut) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trap: (trap) =>
      new Promise((resolve) => {
        armed.add({ ...trap, skip: trap.skip ?? 0, sprung: resolve })
      }),
    disarm: () => armed.clear(),
    cut: () => {
      isCut = true
      server.closeAllConnections()
    },
    mend: () => {
      isCut = false
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
