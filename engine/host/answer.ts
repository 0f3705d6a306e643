import type { Clock } from './ports.ts'

/** What came of asking the world: an answer in time, or none that says anything. */
export type Answer<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  /** It threw, or gave nothing in time: whether it took effect is unknown. */
  | { readonly kind: 'unanswered'; readonly reason: unknown }

/** Asks once and waits so many milliseconds at most. An answer that comes later is passed over. Never throws. */
export function answerWithin<Value>(
  clock: Clock,
  milliseconds: number,
  ask: () => Promise<Value>,
): Promise<Answer<Value>> {
  return new Promise((resolve) => {
    const answer = answerOf(ask)
    const callOff = clock.after(milliseconds, () => resolve(noAnswerIn(milliseconds)))
    void answer.then((told) => {
      callOff()
      resolve(told)
    })
  })
}

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
