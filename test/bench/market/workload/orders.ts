/** What buyers of the hot market ask for: about two and a half fills an order, one in two inside a filter. */
import type { OrderRequest } from '@offset-button/contract'
import { Random } from '../../support/random.ts'
import { PROJECTS } from './hot-market.ts'

export interface Ask {
  readonly id: string
  readonly tonnes: number
  /** Ids of projects; absent where any will do. */
  readonly projects?: readonly number[]
}

const MOST_TONNES = 150
const FILTERS = 300
const PROJECTS_A_FILTER = 20

/** An endless row of orders, the same for the same seed. `name` begins their ids. */
export function makeAsks(seed: number, name: string): () => Ask {
  const random = new Random(seed)
  const filters = Array.from({ length: FILTERS }, () => {
    const projects = Array.from({ length: PROJECTS_A_FILTER }, () => random.whole(1, PROJECTS))
    return [...new Set(projects)]
  })
  let count = 0
  return () => {
    const id = `${name}-${++count}`
    const tonnes = random.whole(1, MOST_TONNES)
    const projects = filters[random.whole(0, FILTERS - 1)]
    return random.whole(0, 1) === 0 || !projects ? { id, tonnes } : { id, tonnes, projects }
  }
}

/** The order as a page sends it; the price is no hindrance. */
export function requestOf({ tonnes }: Ask): OrderRequest {
  return {
    quantity_tonnes: tonnes,
    max_total_minor: 50_000_000,
    beneficiary: 'Riverkeepers Trust (demo)',
    consent: { text: 'I understand that this is permanent.', language: 'en' },
  }
}
