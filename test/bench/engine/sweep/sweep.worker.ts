/** The least work that filling orders can be: quantities and prices in columns, and nothing else. */
import { Random } from '../../support/random.ts'
import { Stopwatch } from '../../support/stopwatch.ts'
import { answerWith } from '../../support/worker.ts'

export interface SweepRequest {
  readonly size: number
  readonly repetitions: number
}
/** Nanoseconds of an order of three fills, by repetition. */
export interface SweepAnswer {
  readonly inOrder: readonly number[]
  readonly scattered: readonly number[]
  /** What all orders cost, so that none of the work can be left out. */
  readonly costMinor: number
}

const FILLS = 3
const TONNES = 50

answerWith(({ size, repetitions }: SweepRequest): SweepAnswer => {
  const random = new Random(size)
  const inMemoryOrder = Int32Array.from({ length: size }, (_, at) => at)
  const placedAtRandom = random.permutation(size)
  const answer = { inOrder: [] as number[], scattered: [] as number[], costMinor: 0 }
  // The first repetition warms the code and is not counted.
  for (let at = 0; at <= repetitions; at++) {
    const inOrder = sweep(inMemoryOrder, random)
    const scattered = sweep(placedAtRandom, random)
    answer.costMinor += inOrder.costMinor + scattered.costMinor
    if (at === 0) continue
    answer.inOrder.push(inOrder.each)
    answer.scattered.push(scattered.each)
  }
  return answer
})

function sweep(order: Int32Array, random: Random): { each: number; costMinor: number } {
  const priceMinor = Int32Array.from(order, () => random.whole(500, 5500))
  const availableTonnes = new Int32Array(order.length).fill(TONNES)
  const clock = new Stopwatch(Number.POSITIVE_INFINITY)
  let costMinor = 0
  clock.run(0, Math.floor(order.length / FILLS), (from, to) => {
    for (let at = from; at < to; at++) {
      for (let fill = 0; fill < FILLS; fill++) {
        const record = order[at * FILLS + fill] as number
        costMinor += (availableTonnes[record] as number) * (priceMinor[record] as number)
        availableTonnes[record] = 0
      }
    }
  })
  return { each: clock.each, costMinor }
}
