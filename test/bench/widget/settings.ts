/** How much is measured. */
export interface Settings {
  /** Visits of each kind. */
  readonly visits: number
  /** Visits before anything counts: the browser and the API compile what they run. */
  readonly warmUps: number
}

export const FULL: Settings = { visits: 60, warmUps: 5 }

/** An impression. */
export const QUICK: Settings = { visits: 15, warmUps: 3 }
