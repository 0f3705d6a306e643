/** Brings webhooks from the payment service to any node, as a load balancer does, and can do it badly. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

/** `never`, `late` and `last first` tell the sender that an event was taken; the latter two bring it when the manner changes. */
export type Manner = 'at once' | 'never' | 'twice' | 'late' | 'last first'

export type WebhookPost = {
  readonly url: string
  /** From now on; resolves when what was kept has been brought. */
  carry(manner: Manner): Promise<void>
  /** Resolves when so many more events have come; throws where they do not come within 60 s. */
  events(more: number): Promise<void>
  close(): Promise<void>
}

type Event = { readonly body: Uint8Array<ArrayBuffer>; readonly headers: Record<string, string> }

/** For so long it is tried to bring what was kept: a node may be on its way. */
const BRING_WITHIN_MS = 30_000

export async function startWebhookPost(
  path: string,
  nodes: () => readonly string[],
): Promise<WebhookPost> {
  let manner: Manner = 'at once'
  let count = 0
  let kept: Event[] = []
  /** The status of the first node that answers; null where none does. */
  const bring = async (event: Event, turn = count): Promise<number | null> => {
    const all = nodes()
    const first = turn % all.length
    for (const node of [...all.slice(first), ...all.slice(0, first)]) {
      const answer = await fetch(`${node}${path}`, {
        method: 'POST',
        ...event,
        signal: AbortSignal.timeout(5_000),
      }).catch(() => null)
      await answer?.body?.cancel()
      if (answer) return answer.status
    }
    return null
  }
  const bringKept = async (event: Event) => {
    for (const until = Date.now() + BRING_WITHIN_MS; Date.now() < until; await wait(100)) {
      const status = await bring(event)
      if (status !== null && status < 300) return
    }
  }
  const take = async (event: Event): Promise<number | null> => {
    if (manner === 'late' || manner === 'last first') kept.push(event)
    if (manner === 'twice') return (await Promise.all([bring(event), bring(event, count + 1)]))[0]
    return manner === 'at once' ? bring(event) : 200
  }
  const server = createServer(async (incoming, outgoing) => {
    const event = {
      body: new Uint8Array(await buffer(incoming)),
      headers: signed(incoming.headers),
    }
    count++
    const status = await take(event)
    if (status === null) incoming.destroy()
    else outgoing.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async carry(next) {
      const events = manner === 'last first' ? kept.reverse() : kept
      manner = next
      kept = []
      for (const event of events) await bringKept(event)
    },
    async events(more) {
      const goal = count + more
      for (const until = Date.now() + 60_000; count < goal; await wait(20)) {
        if (Date.now() > until) throw new Error('No webhooks come.')
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const signed = (headers: IncomingHttpHeaders) => ({
  'content-type': String(headers['content-type']),
  'stripe-signature': String(headers['stripe-signature']),
})
