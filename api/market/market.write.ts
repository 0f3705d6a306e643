import type { SerialBlock } from '@offset-button/registry-bridge'
import type { FeeSchedule } from './fees.ts'

/** What the api stores in the same commit as the book's own rows. */
export type MarketWrite = OfferWrite | OrderWrite | ReplacementWrite

export type OfferWrite = {
  readonly kind: 'offer'
  readonly holdingAccount: number
  readonly project: number
  readonly earmark: string
  readonly blocks: readonly SerialBlock[]
  readonly applicableCommitmentPeriod: number
  readonly originalCommitmentPeriod: number
}

export type NewOrder = {
  readonly id: string
  readonly publishableKey: number
  readonly idempotencyKey: string
  readonly requestHash: string
  readonly quantityTonnes: number
  readonly filter: object
  readonly maxPriceMinor: number | null
  readonly maxTotalMinor: number
  readonly currency: string
  readonly projectsMinor: number
  readonly platformFeeMinor: number
  readonly processingFeeMinor: number
  readonly fees: FeeSchedule
  readonly totalMinor: number
  readonly beneficiary: string | null
  readonly purpose: string | null
  readonly consentText: string
  readonly consentLanguage: string
  readonly holdExpiresAt: number
  readonly createdAt: number
}

/** Its legs follow from its fills: one for each holding account and applicable commitment period. */
export type OrderWrite = {
  readonly kind: 'order'
  readonly order: NewOrder
  readonly reservations: readonly number[]
}

/** Fills that take the place of one that the registry refused. */
export type ReplacementWrite = {
  readonly kind: 'replacement'
  readonly order: string
  /** The reservation of the refused fill. */
  readonly replaced: number
  readonly reservations: readonly number[]
  /** Number of the first of the new legs. */
  readonly firstLeg: number
}

/** Held without end: an authorised order's tonnes. The latest date that a Date can be. */
export const NEVER = 8.64e15
