/** A run of consecutive units that share every part of the serial number but the unit number. */
export type SerialBlock = {
  readonly originatingParty: string
  readonly unitType: 5 | 6 | 7
  /** Up to 15 digits, a safe integer. */
  readonly start: number
  /** Inclusive; start or later. */
  readonly end: number
  readonly originalCommitmentPeriod: number
  readonly applicableCommitmentPeriod: number
  readonly lulucfActivity: number
  /** Not padded. */
  readonly projectIdentifier: number
}
