import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * So long a server that is going to end still takes what comes, in milliseconds. Whoever uses a kept connection hears by its
 * next answer that there is no other, and is not cut off between sending a request and its answer.
 */
const PARTING_MS = 500
const WITHIN_MS = 10_000

/**
 * Follows the requests of a server. `drain` resolves when every request has its answer, within ten seconds after it has parted
 * from its connections and takes no new one; streams of events do not count, since whoever reads one comes again elsewhere.
 */
export function followRequests(server: Server): { drain(): Promise<void> } {
  const connections = new Set<Socket>()
  const open = new Set<ServerResponse>()
  let isParting = false
  let onChange: () => void = () => undefined
  const isAtRest = () => [...open].every(isStream)
  const until = async (holds: () => boolean, withinMs: number) => {
    if (holds()) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      onChange = () => {
        if (!holds()) return
        clearTimeout(timer)
        resolve()
      }
    })
  }
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => {
      connections.delete(socket)
      onChange()
    })
  })
  server.on('request', (_request, response: ServerResponse) => {
    if (isParting) part(response)
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      onChange()
    })
  })
  return {
    async drain() {
      isParting = true
      for (const response of open) part(response)
      await until(() => connections.size === 0, PARTING_MS)
      server.close()
      server.closeIdleConnections()
      await until(isAtRest, WITHIN_MS)
      server.closeAllConnections()
    },
  }
}

function part(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
}

const isStream = (response: ServerResponse) =>
  String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream')
