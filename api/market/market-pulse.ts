import type { Pulse } from '@offset-button/engine-host'

/** What comes within this time is told once, in milliseconds. */
const TOGETHER_MS = 250

/** Tells who watches a market how far its book has come: every node's watchers over the line, without one this node's own. */
export type MarketPulse = {
  /** The book of this node has come to a sequence. Of several in a row the last is told. */
  beat(sequence: number): void
  /** Calls back with each sequence that a node tells, this one's own included. The function returned ends it. */
  listen(listener: (sequence: number) => void): () => void
  close(): Promise<void>
}

/** While the line is away, too, only this node hears of its own book. */
export function marketPulse(line?: Pulse): MarketPulse {
  const listeners = new Set<(sequence: number) => void>()
  const tell = (sequence: number) => {
    for (const listener of listeners) listener(sequence)
  }
  line?.listen(tell)
  let latest = 0
  let timer: NodeJS.Timeout | undefined
  const send = async () => {
    timer = undefined
    const sequence = latest
    if (!(await line?.send(sequence))) tell(sequence)
  }
  return {
    beat(sequence) {
      latest = sequence
      timer ??= setTimeout(send, TOGETHER_MS)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      clearTimeout(timer)
      listeners.clear()
      await line?.close()
    },
  }
}
