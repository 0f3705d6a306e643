import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A link to a server that can be broken: `url` leads through it to the same place. */
export type BreakableLink = {
  readonly url: string
  /** Ends what is connected, and refuses what comes. */
  cut(): void
  /** Lets nothing through any more, while everything stays connected: what is connected now is dead for good. */
  hold(): void
  /** Keeps what is said to the server, for as long as it takes: `mend` sends it on. */
  delay(): void
  /** Lets connections made from now on through, and what was delayed. */
  mend(): void
  close(): Promise<void>
}

/** What passes is carried on as it comes, or by `carry`, which then has no part in `hold` and `delay`. */
export async function breakableLink(
  target: string,
  carry?: (near: Socket, far: Socket) => void,
): Promise<BreakableLink> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const dead = new WeakSet<Socket>()
  const delayed: (() => void)[] = []
  let state: 'open' | 'cut' | 'held' | 'delayed' = 'open'
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      if (!carry) {
        one.on('data', (data) => {
          if (state === 'held') dead.add(near).add(far)
          if (dead.has(one)) return
          if (state === 'delayed' && one === near) delayed.push(() => other.write(data))
          else other.write(data)
        })
      }
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    carry?.(near, far)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const end = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut: () => {
      state = 'cut'
      end()
    },
    hold: () => {
      state = 'held'
      for (const socket of sockets) dead.add(socket)
    },
    delay: () => {
      state = 'delayed'
    },
    mend: () => {
      state = 'open'
      for (const send of delayed.splice(0)) send()
    },
    close: () => {
      end()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
