/** As many as one call asks for at once. */
const MOST = 200

/**
 * Asks together what is asked at the same time: a question goes at once where no call is under way, and else with what came
 * meanwhile, 200 at most; of several with one key the first goes, the others wait for a later call. `askAll` answers each in
 * its place; where it fails, all of that call fail.
 */
export function gathered<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  keyOf: (question: Question) => unknown = (question) => question,
): (question: Question) => Promise<Answer> {
  type Waiting = {
    readonly question: Question
    readonly resolve: (answer: Answer) => void
    readonly reject: (reason: unknown) => void
  }
  let waiting: Waiting[] = []
  let isAsking = false

  const takeNext = (): readonly Waiting[] => {
    const next = new Map<unknown, Waiting>()
    const later: Waiting[] = []
    for (const one of waiting) {
      const key = keyOf(one.question)
      if (next.size === MOST || next.has(key)) later.push(one)
      else next.set(key, one)
    }
    waiting = later
    return [...next.values()]
  }
  const askWaiting = async () => {
    isAsking = true
    while (waiting.length > 0) {
      const next = takeNext()
      try {
        const answers = await askAll(next.map(({ question }) => question))
        next.forEach(({ resolve }, index) => {
          resolve(answers[index] as Answer)
        })
      } catch (reason) {
        for (const { reject } of next) reject(reason)
      }
    }
    isAsking = false
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!isAsking) void askWaiting()
    })
}
