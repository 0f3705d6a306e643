import type { BookEvent, Command, ReservedFill } from '@offset-button/engine'
import { unexpected } from '../workload/answers.ts'
import type { Plan } from '../workload/plan.ts'
import type { Competitor } from './competitor.ts'
import { openThrough } from './ours.ts'

/** Numbers of a reservation: its tonnes, 0 once it has ended, and its offer. */
const RESERVATION = 2

/**
 * No book, but the least that one with this interface can cost: the commands of ours are checked and answered from a plain
 * list, which holds one number an offer in the order of placing, and is taken from in that order. There are no prices, filters,
 * sums or priorities, and nothing grows: there is room for the plan.
 */
export function openLeast(plan: Plan): Competitor {
  const { count } = plan.offers
  const offers = new Float64Array(count + 1)
  const reservations = new Float64Array(count * 4 * RESERVATION)
  let [nextOffer, nextReservation, first] = [1, 1, 1]

  const reserve = (wanted: number): BookEvent => {
    const fills: ReservedFill[] = []
    for (let left = wanted; left > 0 && first < nextOffer; ) {
      const available = offers[first] as number
      const quantityTonnes = Math.min(left, available)
      offers[first] = available - quantityTonnes
      if (quantityTonnes > 0) {
        const reservation = nextReservation++
        reservations[reservation * RESERVATION] = quantityTonnes
        reservations[reservation * RESERVATION + 1] = first
        fills.push({ reservation, offer: first, priceMinor: 1, quantityTonnes })
        left -= quantityTonnes
      }
      if (available === quantityTonnes) first++
    }
    return { kind: 'Reserved', fills, quantityTonnes: wanted, costMinor: 0n }
  }

  const apply = (command: Command): BookEvent => {
    switch (command.kind) {
      case 'PlaceOffer': {
        const { seller, attributes, priceMinor, quantityTonnes } = command
        const { project, host, scope, technology, methodology, vintage, unitType } = attributes
        mustBeWhole(seller, priceMinor, quantityTonnes, project, host)
        mustBeWhole(scope, technology, methodology, vintage, unitType)
        offers[nextOffer] = quantityTonnes
        return { kind: 'OfferPlaced', offer: nextOffer, sequence: nextOffer++ }
      }
      case 'WithdrawOffer': {
        const { offer } = command
        mustBeWhole(offer, offer, offer, offer, offer)
        const withdrawnTonnes = offers[offer] as number
        offers[offer] = 0
        return { kind: 'OfferWithdrawn', offer, withdrawnTonnes }
      }
      case 'Reserve':
        return reserve(command.query.quantityTonnes ?? Number.NaN)
      case 'CommitReservation': {
        const { reservation } = command
        if ((reservations[reservation * RESERVATION] as number) === 0) throw unheld()
        reservations[reservation * RESERVATION] = 0
        return { kind: 'ReservationCommitted', reservation }
      }
      default:
        throw unexpected({ kind: 'Rejected', reason: 'InvalidQuantity' })
    }
  }
  return openThrough(apply, plan)
}

function mustBeWhole(one: number, two: number, three: number, four: number, five: number): void {
  const areWhole =
    Number.isSafeInteger(one) &&
    Number.isSafeInteger(two) &&
    Number.isSafeInteger(three) &&
    Number.isSafeInteger(four) &&
    Number.isSafeInteger(five)
  if (!areWhole) throw new TypeError('A command needs whole numbers')
}

function unheld(): Error {
  return new Error('The reservation is not held')
}
