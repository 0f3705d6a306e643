import type { Server, ServerResponse } from 'node:http'

const WITHIN_MS = 10_000

/**
 * Follows the requests of a server. `drain` takes no new connection and resolves when every request has its answer, within
 * ten seconds; streams of events do not count, since whoever reads one comes again elsewhere.
 */
export function followRequests(server: Server): { drain(): Promise<void> } {
  const open = new Set<ServerResponse>()
  let onRest: () => void = () => undefined
  const isAtRest = () => [...open].every(isStream)
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      if (isAtRest()) onRest()
    })
  })
  return {
    async drain() {
      server.close()
      server.closeIdleConnections()
      if (!isAtRest()) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, WITHIN_MS)
          onRest = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      server.closeAllConnections()
    },
  }
}

const isStream = (response: ServerResponse) =>
  String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream')
