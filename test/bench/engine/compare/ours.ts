import { type Book, createBook } from '@offset-button/engine'
import { unexpected } from '../workload/answers.ts'
import { placeOffers } from '../workload/place-offers.ts'
import type { Plan } from '../workload/plan.ts'
import type { Competitor } from './competitor.ts'

const EXPIRES_AT = 1_800_000_000_000

/** An empty book of ours. */
export function openOurs(plan: Plan): Competitor {
  return openThrough(createBook().apply, plan)
}

/**
 * What takes commands and numbers offers in the order of placing, from 1. A market order is a reserve, and a commit of each of
 * its fills.
 */
export function openThrough(
  apply: Book['apply'],
  { offers, withdrawals, orders }: Plan,
): Competitor {
  const ids = new Int32Array(offers.count)
  const taken = { tonnes: 0, fills: 0 }
  return {
    taken,
    place: (from, to) => placeOffers(apply, offers, from, to, ids),
    withdraw: (from, to) => {
      for (let at = from; at < to; at++) {
        const offer = (withdrawals[at] as number) + 1
        const event = apply({ kind: 'WithdrawOffer', offer })
        if (event.kind !== 'OfferWithdrawn') throw unexpected(event)
      }
    },
    market: (from, to) => {
      for (let at = from; at < to; at++) {
        const event = apply({
          kind: 'Reserve',
          query: { quantityTonnes: orders[at] as number, allOrNone: false },
          expiresAt: EXPIRES_AT,
        })
        if (event.kind !== 'Reserved') throw unexpected(event)
        taken.tonnes += event.quantityTonnes
        taken.fills += event.fills.length
        for (const { reservation } of event.fills) {
          const end = apply({ kind: 'CommitReservation', reservation })
          if (end.kind !== 'ReservationCommitted') throw unexpected(end)
        }
      }
    },
  }
}
