import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What is said to the server, or what it answers. */
export type Way = 'there' | 'back'

/** A link to a server that can be broken: `url` leads through it to the same place. */
export type BreakableLink = {
  readonly url: string
  /** Ends what is connected, and refuses what comes. */
  cut(): void
  /** Resets what is connected; what comes is let through as before. */
  reset(): void
  /**
   * Lets nothing through any more, one way or both, while everything stays connected: that way, what is connected now is dead
   * for good.
   */
  hold(way?: Way): void
  /** Keeps what is said, and that somebody has gone, for as long as it takes: `mend` sends it on. `there` unless told. */
  delay(way?: Way): void
  /** Lets connections made from now on through, and what was delayed. */
  mend(): void
  /** Resets what is connected; what comes is led to another server. */
  leadTo(target: string): void
  close(): Promise<void>
}

/** What passes is carried on as it comes, or by `carry`, which then has no part in `hold` and `delay`. */
export async function breakableLink(
  target: string,
  carry?: (near: Socket, far: Socket) => void,
): Promise<BreakableLink> {
  let server = new URL(target)
  const sockets = new Map<Socket, Way>()
  const dead = new WeakSet<Socket>()
  const delayed: (() => void)[] = []
  const state: Record<Way, 'open' | 'held' | 'delayed'> = { there: 'open', back: 'open' }
  let isCut = false
  const listener = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(server.port), server.hostname)
    for (const [way, one, other] of [
      ['there', near, far],
      ['back', far, near],
    ] as const) {
      const pass = (act: () => void) => {
        if (state[way] === 'delayed') delayed.push(act)
        else act()
      }
      sockets.set(one, way)
      if (!carry) {
        one.on('data', (data) => {
          if (state[way] === 'held') dead.add(one)
          if (!dead.has(one)) pass(() => other.write(data))
        })
      }
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        pass(() => other.destroySoon())
      })
    }
    carry?.(near, far)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((listener.address() as AddressInfo).port)
  const end = (how: 'destroy' | 'resetAndDestroy') => {
    delayed.length = 0
    for (const socket of sockets.keys()) socket[how]()
  }
  return {
    url: url.href,
    cut: () => {
      isCut = true
      end('destroy')
    },
    reset: () => end('resetAndDestroy'),
    hold: (way) => {
      for (const one of way ? [way] : (['there', 'back'] as const)) state[one] = 'held'
      for (const [socket, its] of sockets) if (state[its] === 'held') dead.add(socket)
    },
    delay: (way = 'there') => {
      state[way] = 'delayed'
    },
    mend: () => {
      isCut = false
      state.there = 'open'
      state.back = 'open'
      for (const send of delayed.splice(0)) send()
    },
    leadTo: (to) => {
      server = new URL(to)
      end('resetAndDestroy')
    },
    close: () => {
      end('destroy')
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }
}
