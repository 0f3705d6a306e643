import { OrderBook, Side } from 'nodejs-order-book'
import type { Plan } from '../workload/plan.ts'
import type { Competitor } from './competitor.ts'

/** An empty `OrderBook` without a journal. Its ids are strings; they are there before the clock starts. */
export function openNodejsOrderBook({ offers, withdrawals, orders }: Plan): Competitor {
  const book = new OrderBook()
  const ids = namesOf(offers.count)
  const taken = { tonnes: 0, fills: 0 }
  return {
    taken,
    place: (from, to) => {
      for (let at = from; at < to; at++) {
        const { err } = book.limit({
          side: Side.SELL,
          id: ids[at] as string,
          size: offers.quantityTonnes[at] as number,
          price: offers.priceMinor[at] as number,
        })
        if (err) throw err
      }
    },
    withdraw: (from, to) => {
      for (let at = from; at < to; at++) {
        const cancelled = book.cancel(ids[withdrawals[at] as number] as string)
        if (!cancelled) throw new Error('The order is not there')
      }
    },
    market: (from, to) => {
      for (let at = from; at < to; at++) {
        const size = orders[at] as number
        const { done, partial, quantityLeft, err } = book.market({ side: Side.BUY, size })
        if (err) throw err
        taken.tonnes += size - quantityLeft
        taken.fills += done.length + (partial ? 1 : 0)
      }
    },
  }
}

let names: string[] = []

/** Made once, and the same strings for every book. */
function namesOf(count: number): readonly string[] {
  if (names.length < count) names = Array.from({ length: count }, (_, at) => `offer-${at}`)
  return names
}
