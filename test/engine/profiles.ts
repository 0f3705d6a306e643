/** Where the seeds go: each profile leads a book into another corner. */

/** How often each command comes against the others, where no offer is placed. */
export type Weights = {
  readonly reserve: number
  readonly end: number
  readonly extend: number
  readonly amend: number
  readonly withdraw: number
  readonly suspend: number
  readonly resume: number
  readonly expire: number
}

export type Profile = {
  /** How many different prices there are. */
  readonly prices: number
  /** True for prices, quantities and numbers near their bounds. */
  readonly huge: boolean
  /** Of ten commands, about how many place offers. */
  readonly placing: number
  readonly maxFills: number
  /** So many offers and reservations were there before the first; default 0. */
  readonly before?: number
  /** Minor units from one price to the next; default 1. */
  readonly priceStep?: number
  /** How offers differ by their attributes; default `few`, among them projects that filters named before. */
  readonly instruments?: 'one' | 'few' | 'many' | 'each its own'
  /** How many sellers there are; default 5. */
  readonly sellers?: number
  /** Of a hundred queries, how many have a filter; default 60. */
  readonly filtering?: number
  /** Of a hundred queries, how many are a seller's own; default 25. */
  readonly buying?: number
  /** Of a hundred steps, how many are questions; default 22. */
  readonly asking?: number
  /** Default: few of the rare ones, and no ExpireOffer. */
  readonly weights?: Partial<Weights>
  /** Of a hundred amendments, how many name attributes; default 0. */
  readonly reattributing?: number
  /** Of a hundred endings, how many are of a reservation that has ended; default 20. */
  readonly repeating?: number
  /** The book stays at about so many open offers; absent: as it comes. */
  readonly live?: number
  /** True: it grows to `live` and is emptied again, by turns. */
  readonly tide?: boolean
  /** True: dozens of orders, then everything held is released in random order, by turns. */
  readonly waves?: boolean
}

type Run = { readonly profile: Profile; readonly seeds: number; readonly steps: number }

const ORDINARY = {
  prices: 12,
  huge: false,
  placing: 3,
  maxFills: 1000,
  reattributing: 25,
  weights: { expire: 2 },
} as const
const STEADY = { ...ORDINARY, live: 220, maxFills: 60 } as const

/** A file of tests runs each group: so many steps of each of so many seeds. */
export const RUNS = {
  trade: {
    'ordinary trade': run(ORDINARY, 8, 1500),
    'prices that cluster': run({ ...ORDINARY, prices: 2 }, 6, 1500),
    'prices that never meet': run({ ...ORDINARY, prices: 1_000_000 }, 4, 1500),
    'prices all over the range': run({ ...ORDINARY, prices: 40, priceStep: 24_999_900 }, 3, 1500),
    'prices whose last bits are alike': run({ ...ORDINARY, prices: 9, priceStep: 4096 }, 3, 1500),
    'a book that is often empty': run({ ...ORDINARY, prices: 3, placing: 1 }, 5, 1500),
    'orders cut off at one fill': run({ ...ORDINARY, maxFills: 1 }, 3, 1200),
    'orders cut off at three fills': run({ ...ORDINARY, prices: 5, maxFills: 3 }, 6, 1500),
  },
  terms: {
    'values near their bounds': run({ ...ORDINARY, prices: 4, huge: true, placing: 4 }, 6, 1500),
    'ids beyond 31 bits': run({ ...ORDINARY, before: 2 ** 31 - 300 }, 2, 1500),
    'ids beyond 32 bits': run({ ...ORDINARY, before: 2 ** 32 - 300 }, 2, 1500),
    'endings again and again': run({ ...ORDINARY, repeating: 60, weights: { end: 90 } }, 4, 1500),
    'terms that change': run(
      { ...ORDINARY, prices: 4, reattributing: 50, weights: { amend: 60, expire: 2 } },
      6,
      1500,
    ),
    'offers withdrawn': run({ ...ORDINARY, placing: 4, weights: { withdraw: 40 } }, 4, 1500),
    'offers suspended, resumed, expired': run(
      { ...ORDINARY, prices: 4, weights: { suspend: 25, resume: 25, expire: 15 } },
      6,
      1500,
    ),
    'two sellers who buy': run({ ...ORDINARY, sellers: 2, buying: 80 }, 4, 1500),
    'a thousand sellers who buy': run({ ...ORDINARY, sellers: 1000, buying: 50 }, 3, 1500),
  },
  instruments: {
    'one instrument': run({ ...STEADY, instruments: 'one', prices: 5 }, 2, 3500),
    'one instrument, no two at a price': run(
      { ...STEADY, instruments: 'one', prices: 1_000_000 },
      2,
      3500,
    ),
    'many instruments': run({ ...STEADY, instruments: 'many' }, 2, 4500),
    'each offer its own instrument': run({ ...STEADY, instruments: 'each its own' }, 2, 4500),
    'all released after all is reserved': run({ ...STEADY, waves: true, prices: 8 }, 3, 3500),
  },
  churn: {
    'long churn': run({ ...STEADY, live: 200 }, 1, 15_000),
    'long churn at two prices': run({ ...STEADY, prices: 2 }, 1, 6000),
    'a tide': run({ ...STEADY, live: 320, tide: true, prices: 30 }, 2, 4000),
    'a tide of instruments': run(
      { ...STEADY, live: 320, tide: true, instruments: 'many', prices: 1_000_000 },
      2,
      4000,
    ),
    'long churn that is seldom filtered': run(
      { ...STEADY, instruments: 'one', prices: 20, filtering: 2, buying: 1, asking: 4 },
      1,
      8000,
    ),
    'a high tide': run({ ...STEADY, live: 700, tide: true, prices: 90, asking: 12 }, 1, 4000),
    'a high tide of one instrument': run(
      { ...STEADY, live: 700, tide: true, instruments: 'one', prices: 90, asking: 12 },
      1,
      4000,
    ),
  },
} as const satisfies Record<string, Record<string, Run>>

function run(profile: Profile, seeds: number, steps: number): Run {
  return { profile, seeds, steps }
}
