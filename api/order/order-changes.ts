/** Who watches an order in this process, told when something about it was stored. */
export type OrderChanges = {
  announce(order: string): void
  listen(order: string, listener: () => void): () => void
}

/** Calls `look`, or once more when the call under way has ended: never two at once, and what comes in between is not missed. */
export function oneAtATime(look: () => Promise<void>): () => Promise<void> {
  let isWanted = false
  let running: Promise<void> | null = null
  const run = async () => {
    while (isWanted) {
      isWanted = false
      await look()
    }
  }
  return () => {
    isWanted = true
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
}

export function orderChanges(): OrderChanges {
  const listeners = new Map<string, Set<() => void>>()
  return {
    announce(order) {
      for (const listener of listeners.get(order) ?? []) listener()
    },
    listen(order, listener) {
      const ofOrder = listeners.get(order) ?? new Set()
      listeners.set(order, ofOrder.add(listener))
      return () => {
        ofOrder.delete(listener)
        if (ofOrder.size === 0) listeners.delete(order)
      }
    },
  }
}
