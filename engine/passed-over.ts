import type { OfferId, Quote, Rejected } from './command.ts'
import {
  type Explanation,
  MAX_EXAMPLES,
  PASSED_OVER_REASONS,
  type PassedOver,
  type PassedOverReason,
} from './explanation.ts'
import { EXPIRED, type OfferRecords, SUSPENDED, WITHDRAWN } from './offer-records.ts'

/** A place in the order of taking: price, then sequence. */
export type Bound = { readonly priceMinor: number; readonly sequence: number }

type Tally = { offers: number; quantityTonnes: number }

/** Counts what was passed over, and keeps the first examples. */
export class PassedOverTally {
  readonly #tallies = Object.fromEntries(
    PASSED_OVER_REASONS.map((reason) => [reason, { offers: 0, quantityTonnes: 0 }]),
  ) as Record<PassedOverReason, Tally>
  #examples: { readonly at: Bound; readonly example: PassedOver }[] = []

  count(reason: PassedOverReason, quantityTonnes: number): void {
    const tally = this.#tallies[reason]
    tally.offers++
    tally.quantityTonnes += quantityTonnes
  }

  /** Whether none that comes behind all that were shown is an example any more. */
  get isFull(): boolean {
    return this.#examples.length >= MAX_EXAMPLES
  }

  /** Keeps an offer that was counted, as long as it is among the first. */
  show(offer: OfferId, reason: PassedOverReason, at: Bound, quantityTonnes: number): void {
    const { priceMinor } = at
    this.#examples.push({ at, example: { offer, reason, priceMinor, quantityTonnes } })
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

/** Why an open offer was not taken that came before the last fill; undefined where a query took it, or could have. */
export function reasonFor(
  records: OfferRecords,
  home: number,
  inside: boolean,
  isOwn: boolean,
): PassedOverReason | undefined {
  if (!inside) return 'OutsideFilter'
  if (isOwn) return 'OwnOffer'
  const flags = records.flags(home)
  if ((flags & WITHDRAWN) !== 0) return 'Withdrawn'
  if ((flags & EXPIRED) !== 0) return 'UnitsExpired'
  if ((flags & SUSPENDED) !== 0) return 'Suspended'
  return records.unspoken(home) === 0 ? 'Reserved' : undefined
}

/** What is told of an open offer with its reason. */
export function tonnesOf(records: OfferRecords, home: number, reason: PassedOverReason): number {
  switch (reason) {
    case 'Withdrawn':
      return records.unspoken(home)
    case 'Reserved':
      return records.reserved(home)
    default:
      return records.available(home)
  }
}
