import { oneAtATime } from '../turns.ts'

/** What many watch at once: looked at once for all of them, and told only when it differs. */
export type Feed = {
  /**
   * Tells what is known at once where something is, and again whenever it differs; null once it can no longer be looked at, and
   * nothing after that. The function returned ends it.
   */
  watch(topic: string, listener: (message: string | null) => void): () => void
  /** Looks at everything that is watched, now. */
  look(): void
}

type Options = {
  /** How often to look unasked, in milliseconds. */
  readonly everyMs: number
  /** What to tell of a topic now. Where it throws, all who watch the topic are told null. */
  readonly read: (topic: string) => Promise<string>
  readonly onError: (error: unknown) => void
}

type Topic = {
  readonly listeners: Set<(message: string | null) => void>
  readonly look: () => Promise<void>
  readonly timer: NodeJS.Timeout
  last: string | null
}

/** A feed without memory of topics that nobody watches. */
export function createFeed({ everyMs, onError, read }: Options): Feed {
  const topics = new Map<string, Topic>()

  const end = (name: string, topic: Topic) => {
    clearInterval(topic.timer)
    if (topics.get(name) === topic) topics.delete(name)
  }

  const open = (name: string): Topic => {
    const look = oneAtATime(async () => {
      try {
        const message = await read(name)
        if (message === topic.last) return
        topic.last = message
        for (const listener of topic.listeners) listener(message)
      } catch (error) {
        onError(error)
        end(name, topic)
        for (const listener of topic.listeners) listener(null)
      }
    })
    const timer = setInterval(look, everyMs)
    const topic: Topic = { listeners: new Set(), look, timer, last: null }
    topics.set(name, topic)
    void look()
    return topic
  }

  return {
    look() {
      for (const topic of topics.values()) void topic.look()
    },
    watch(name, listener) {
      const topic = topics.get(name) ?? open(name)
      topic.listeners.add(listener)
      if (topic.last !== null) listener(topic.last)
      return () => {
        topic.listeners.delete(listener)
        if (topic.listeners.size === 0) end(name, topic)
      }
    },
  }
}
