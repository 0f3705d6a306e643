import type { FakeFilter } from './fixtures.ts'

/** The choice in an address of the market. */
export const filterQuery = ({ searchParams }: URL): FakeFilter => {
  const list = (name: string) => searchParams.get(name)?.split(',')
  const from = searchParams.get('vintage_from')
  const to = searchParams.get('vintage_to')
  return {
    host: list('host'),
    technology: list('technology'),
    vintage: from && to ? { from: Number(from), to: Number(to) } : undefined,
  }
}

/** What is to be priced; null where nothing is. */
export const amountQuery = ({ searchParams }: URL) => {
  for (const name of ['quantity_tonnes', 'budget_minor'] as const) {
    const amount = searchParams.get(name)
    if (amount !== null) return { [name]: Number(amount) }
  }
  return null
}
