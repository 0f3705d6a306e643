import type { Purchase, PurchaseEvent, Step } from './purchase-state.ts'

type Kind = PurchaseEvent['kind']
export type EventOf<K extends Kind> = Extract<PurchaseEvent, { kind: K }>
export type Row = {
  readonly [K in Kind]?: (purchase: Purchase, event: EventOf<K>) => Purchase
}

export type Rows = { [S in Step]?: Row }

/** The purchase after an event; null where no row of the table is about it, as yet. */
export const advance = (purchase: Purchase, event: PurchaseEvent): Purchase | null => {
  const handler = steps[purchase.step]?.[event.kind] ?? anywhere[event.kind]
  return handler ? (handler as (p: Purchase, e: PurchaseEvent) => Purchase)(purchase, event) : null
}

const quoted = (purchase: Purchase, { quote }: EventOf<'quoted'>): Purchase => ({
  ...purchase,
  quote,
  explanation: null,
  refusal: null,
  trouble: null,
  asking: 'no',
})

const FIRST: Row = {
  market_arrived: (p, { market }) =>
    (p.step === 'loading' && !p.resumed) || p.step === 'closed'
      ? { ...p, market, step: 'amount', trouble: null, refusal: null }
      : { ...p, market },
  asked: (p) => ({ ...p, asking: p.asking === 'slow' ? 'slow' : 'asking' }),
  quoted,
  resumed: (p) => ({ ...p, resumed: true }),
  restarted: (_, { purchase }) => purchase,
}

let anywhere = FIRST
let steps: Rows = {}

/** Adds the rows of later steps, which come with their files. */
export const learnRows = (laterAnywhere: Row, later: Rows): void => {
  anywhere = { ...FIRST, ...laterAnywhere }
  steps = later
}
