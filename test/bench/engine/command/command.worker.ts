/** The same rounds of commands on two books in turn. */
import { Random } from '../../support/random.ts'
import { answerWith } from '../../support/worker.ts'
import { offersOf, openBook, type Shape } from '../growth/shape.ts'
import { makeInstruments } from '../workload/instruments.ts'
import { type Busy, PLACED_A_ROUND, type RoundTimes, round } from './round.ts'

export interface CommandRequest {
  readonly books: readonly { readonly shape: Shape; readonly size: number }[]
  readonly rounds: number
}
/** By round, what each command took in each of the books. */
export type CommandAnswer = readonly (readonly RoundTimes[])[]

answerWith(({ books, rounds }: CommandRequest): CommandAnswer => {
  const random = new Random(1)
  const busy = books.map(({ shape, size }) => opened(shape, size, (rounds + 1) * PLACED_A_ROUND))
  // The first round warms the code and is not counted.
  const times = Array.from({ length: rounds + 1 }, () => busy.map((one) => round(one, random)))
  return times.slice(1)
})

/** A book of so many offers, to which as many more are placed later. */
function opened(shape: Shape, size: number, more: number): Busy {
  const instruments = makeInstruments(shape.instruments, new Random(shape.instruments))
  const offers = offersOf(shape, size + more, instruments)
  const ids = new Int32Array(offers.count)
  return {
    book: openBook(shape, { ...offers, count: size }, ids),
    offers,
    ids,
    tonnes: Int32Array.from(offers.quantityTonnes),
    live: Array.from({ length: size }, (_, at) => at),
    placed: size,
  }
}
