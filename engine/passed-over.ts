import type { Query, Quote, Rejected } from './command.ts'
import {
  type Explanation,
  MAX_EXAMPLES,
  PASSED_OVER_REASONS,
  type PassedOver,
  type PassedOverReason,
} from './explanation.ts'
import type { OfferState } from './state.ts'

/** A place in the order of taking: price, then sequence. */
export type Bound = { readonly priceMinor: number; readonly sequence: number }

type Tally = { offers: number; quantityTonnes: number }

/** Counts what was passed over, and keeps the first examples. */
export class PassedOverTally {
  readonly #tallies = Object.fromEntries(
    PASSED_OVER_REASONS.map((reason) => [reason, { offers: 0, quantityTonnes: 0 }]),
  ) as Record<PassedOverReason, Tally>
  #examples: { readonly at: Bound; readonly example: PassedOver }[] = []

  add(state: OfferState, reason: PassedOverReason): void {
    const { offer, priceMinor } = state
    const quantityTonnes = tonnesOf(state, reason)
    const tally = this.#tallies[reason]
    tally.offers++
    tally.quantityTonnes += quantityTonnes
    this.#examples.push({ at: state, example: { offer, reason, priceMinor, quantityTonnes } })
    if (this.#examples.length > 2 * MAX_EXAMPLES) this.#keepFirst()
  }

  explanation(answer: Quote | Rejected): Explanation {
    this.#keepFirst()
    const examples = this.#examples.map(({ example }) => example)
    return { answer, passedOver: this.#tallies, examples }
  }

  #keepFirst(): void {
    this.#examples.sort((one, other) => compare(one.at, other.at))
    this.#examples = this.#examples.slice(0, MAX_EXAMPLES)
  }
}

/** Below zero when one comes before the other. */
export function compare(one: Bound, other: Bound): number {
  return one.priceMinor === other.priceMinor
    ? one.sequence - other.sequence
    : one.priceMinor - other.priceMinor
}

/** Why an open offer was not taken that came before the last fill; undefined where a query that was refused could have. */
export function reasonFor(
  state: OfferState,
  inside: boolean,
  query: Query,
): PassedOverReason | undefined {
  if (!inside) return 'OutsideFilter'
  if (state.seller === query.buyer) return 'OwnOffer'
  if (state.withdrawn) return 'Withdrawn'
  if (state.expired) return 'UnitsExpired'
  if (state.suspended) return 'Suspended'
  return state.availableTonnes === 0 ? 'Reserved' : undefined
}

function tonnesOf(state: OfferState, reason: PassedOverReason): number {
  switch (reason) {
    case 'Withdrawn':
      return state.withdrawnTonnes
    case 'Exhausted':
      return state.soldTonnes
    case 'Reserved':
      return state.reservedTonnes
    default:
      return state.availableTonnes
  }
}
