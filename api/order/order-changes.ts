/** Who watches an order in this process, told when something about it was stored. */
export type OrderChanges = {
  announce(order: string): void
  listen(order: string, listener: () => void): () => void
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
