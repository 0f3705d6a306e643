import type { Clock } from './ports.ts'

/** What came of asking the world: an answer in time, or none that says anything. */
export type Answer<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  /** It threw, or gave nothing in time: whether it took effect is unknown. */
  | { readonly kind: 'unanswered'; readonly reason: unknown }

/** Asks once and waits so many milliseconds at most. An answer that comes later is passed over. Never throws. */
export async function answerWithin<Value>(
  clock: Clock,
  milliseconds: number,
  ask: () => Promise<Value>,
): Promise<Answer<Value>> {
  const over = new AbortController()
  const first = await Promise.race([answerOf(ask), clock.sleep(milliseconds, over.signal)])
  // With a reason of our own none is made, which costs more than all the rest here.
  over.abort(ANSWERED)
  return first ?? noAnswerIn(milliseconds)
}

const ANSWERED = 'answered'

async function answerOf<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { kind: 'answered', value: await ask() }
  } catch (reason) {
    return { kind: 'unanswered', reason }
  }
}

function noAnswerIn(milliseconds: number): Answer<never> {
  return { kind: 'unanswered', reason: new Error(`No answer within ${milliseconds} ms`) }
}
