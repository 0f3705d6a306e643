import { Agent, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { Peers } from '@offset-button/engine-host'

/** Asks other nodes at their `/healthz` what they are to the market. A node that says nothing within `timeoutMs` is silent. */
export function httpPeers(timeoutMs: number): Peers & { close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const fetchHealth = (holder: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const url = new URL('/healthz', holder)
      const isSecure = url.protocol === 'https:'
      const asked = (isSecure ? secureRequest : request)(
        url,
        { signal: AbortSignal.timeout(timeoutMs), ...(isSecure ? {} : { agent }) },
        (answer) => text(answer).then(resolve, reject),
      )
      asked.on('error', reject)
      asked.end()
    })
  return {
    async look(holder) {
      try {
        const { market } = JSON.parse(await fetchHealth(holder)) as { market?: string }
        return market === 'holding' || market === 'rebuilding' ? 'holding' : 'not holding'
      } catch (error) {
        // Nothing listens there: the process is gone. Whatever else went wrong says nothing.
        if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'gone'
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}
