/** Chooses nodes as a load balancer does: it asks each for its health, and sends nobody to one that says it is not there for them. */
import { setTimeout as wait } from 'node:timers/promises'

export type Health = { readonly ok: boolean; readonly market: string; readonly epoch: number }

export type Balancer = {
  /** Addresses of nodes that said last that they are there; all where none has. */
  healthy(): readonly string[]
  close(): Promise<void>
}

const LOOK_EVERY_MS = 150
const HEALTH_WITHIN_MS = 1_000

/** What a node says of itself; null where it says nothing within a second. */
export async function healthOf(url: string): Promise<Health | null> {
  const signal = AbortSignal.timeout(HEALTH_WITHIN_MS)
  try {
    const answer = await fetch(`${url}/healthz`, { signal })
    return (await answer.json()) as Health
  } catch {
    return null
  }
}

/** `nodes`: their addresses, which change. */
export function startBalancer(nodes: () => readonly string[]): Balancer {
  let healthy: readonly string[] = []
  let isOver = false
  const watch = async () => {
    for (; !isOver; await wait(LOOK_EVERY_MS)) {
      const all = nodes()
      const said = await Promise.all(all.map(healthOf))
      healthy = all.filter((_, index) => said[index]?.ok)
    }
  }
  const watching = watch()
  return {
    healthy: () => (healthy.length > 0 ? healthy : nodes()),
    close() {
      isOver = true
      return watching
    },
  }
}
