/** What is asked of a book of ours: so many tonnes, inside a filter. */
import { type Book, type Filter, isRejected, type Query } from '@offset-button/engine'
import { unexpected } from '../workload/answers.ts'
import { copyOf } from '../workload/filters.ts'

/** One kind of query. What it is asked for is built anew for each, as a caller builds it from a request. */
export interface Ask {
  readonly name: string
  /** The query of this number, for so many tonnes. */
  readonly query: (at: number, quantityTonnes: number) => Query
}

export const unfiltered: Ask = {
  name: 'unfiltered',
  query: (_, quantityTonnes) => ({ quantityTonnes, allOrNone: false }),
}

/** One of these projects each time, in their order, in a filter of its own. */
export function oneProject(projects: Int32Array): Ask {
  return {
    name: 'one project',
    query: (at, quantityTonnes) => ({
      quantityTonnes,
      allOrNone: false,
      filter: { project: [projects[at % projects.length] as number] },
    }),
  }
}

/** One of these filters each time, in their order: the same objects again and again, as a caller keeps them. */
export function insideOneOf(name: string, filters: readonly Filter[]): Ask {
  return {
    name,
    query: (at, quantityTonnes) => ({
      quantityTonnes,
      allOrNone: false,
      filter: filters[at % filters.length] as Filter,
    }),
  }
}

/** The same, in objects of its own for each query, as a request brings them; making those is part of what is measured. */
export function insideCopyOfOneOf(name: string, filters: readonly Filter[]): Ask {
  return {
    name,
    query: (at, quantityTonnes) => ({
      quantityTonnes,
      allOrNone: false,
      filter: copyOf(filters[at % filters.length] as Filter),
    }),
  }
}

/** The filters that so many tonnes can be had in now, at most `most` of them. Throws when not even one is. */
export function fillable(
  book: Book,
  filters: readonly Filter[],
  quantityTonnes: number,
  most: number,
): readonly Filter[] {
  const kept: Filter[] = []
  for (const filter of filters) {
    if (kept.length === most) break
    if (!isRejected(book.quote({ quantityTonnes, allOrNone: true, filter }))) kept.push(filter)
  }
  if (kept.length === 0) throw new Error('No filter finds enough tonnes')
  return kept
}

/** Asks for the quotes of these numbers; returns the tonnes of all. Throws when one finds nothing. */
export function quoteAll(
  book: Book,
  { query }: Ask,
  tonnes: Int32Array,
  from: number,
  to: number,
): number {
  let found = 0
  for (let at = from; at < to; at++) {
    const quote = book.quote(query(at, tonnes[at % tonnes.length] as number))
    if (isRejected(quote)) throw unexpected(quote)
    found += quote.quantityTonnes
  }
  return found
}
