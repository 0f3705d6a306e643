import { createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment. Another program may take it before
 * the caller does, so use it at once.
 */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0, LOOPBACK)
  if (port === undefined) throw new Error('This machine gives no free TCP port on 127.0.0.1.')
  return port
}

/** True when a server of ours can listen on `port`, both on every address and on 127.0.0.1 alone. */
export async function isPortFree(port: number): Promise<boolean> {
  if ((await listenOnce(port, LOOPBACK)) === undefined) return false
  return (await listenOnce(port, undefined)) !== undefined
}

/** Listens and closes again; the port it had, or undefined when it was taken or forbidden. */
function listenOnce(port: number, host: string | undefined): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const had = typeof address === 'object' && address !== null ? address.port : undefined
      server.close(() => resolve(had))
    })
  })
}
