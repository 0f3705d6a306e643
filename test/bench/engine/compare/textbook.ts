import { TextbookBook } from '../textbook-book.ts'
import type { Plan } from '../workload/plan.ts'
import type { Competitor } from './competitor.ts'

/** An empty textbook book, with an offer's place in the plan as its id. */
export function openTextbook({ offers, withdrawals, orders }: Plan): Competitor {
  const book = new TextbookBook()
  const taken = { tonnes: 0, fills: 0 }
  return {
    taken,
    place: (from, to) => {
      for (let at = from; at < to; at++) {
        book.place(at, offers.priceMinor[at] as number, offers.quantityTonnes[at] as number)
      }
    },
    withdraw: (from, to) => {
      for (let at = from; at < to; at++) {
        if (!book.withdraw(withdrawals[at] as number)) throw new Error('The offer is not there')
      }
    },
    market: (from, to) => {
      for (let at = from; at < to; at++) {
        const fills = book.take(orders[at] as number)
        taken.fills += fills.length
        for (const { quantityTonnes } of fills) taken.tonnes += quantityTonnes
      }
    },
  }
}
