/** Makes a queue for each key: work under one key is done one after another, in this process. */
export function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
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
