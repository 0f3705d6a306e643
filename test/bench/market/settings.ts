/** How much is measured. */
export interface Settings {
  readonly isQuick: boolean
  readonly repetitions: number
  /** Offers on the hot market. */
  readonly offers: number
  /** So long, what is measured runs before anything counts: code, connections and caches take their time to be warm. */
  readonly warmUpSeconds: number
  /** How long a measurement lasts, and how many orders it has at most, so that offers are left at its end. */
  readonly seconds: number
  readonly mostOrders: number
  /** Offers of the book that is rebuilt. */
  readonly rebuilt: number
  /** Offers on the market whose holder is killed, and how often. */
  readonly takenOver: number
  readonly kills: number
  /** After so long no further kill begins. */
  readonly killsSeconds: number
}

export const FULL: Settings = {
  isQuick: false,
  repetitions: 5,
  offers: 100_000,
  warmUpSeconds: 4,
  seconds: 4,
  mostOrders: 40_000,
  rebuilt: 1_000_000,
  takenOver: 100_000,
  kills: 30,
  killsSeconds: 600,
}

/** An impression, at a tenth of the size. */
export const QUICK: Settings = {
  isQuick: true,
  repetitions: 2,
  offers: 20_000,
  warmUpSeconds: 0.5,
  seconds: 1.5,
  mostOrders: 8_000,
  rebuilt: 100_000,
  takenOver: 10_000,
  kills: 5,
  killsSeconds: 120,
}

/** Orders that wait for an answer at the same time. */
export const IN_FLIGHT = [1, 16, 64, 256] as const
