import type { Filter, ProjectList } from '@offset-button/contract'
import type { Book } from '@offset-button/engine'
import { toBookFilter } from './attributes.ts'
import type { Catalogue } from './catalogue.ts'
import {
  type Depth,
  depthOf,
  offersOnShow,
  type Page,
  projectsOnOffer,
  type Shown,
} from './market.view.ts'

/** Choices kept a batch; the earliest gives way. */
const MOST_CHOICES = 200

/** What pages show of the book: the offers are gathered once a batch, depth and facets once a batch and choice, at most. */
export type MarketViews = {
  depth(book: Book, batchSeq: number, filter: Filter): Depth
  projects(book: Book, batchSeq: number, filter: Filter, page: Page): ProjectList
}

export function marketViews(catalogue: Catalogue): MarketViews {
  let of = { batchSeq: -1, revision: -1 }
  let offers: readonly Shown[] = []
  const depths = new Map<string, Depth>()

  const gather = (book: Book, batchSeq: number) => {
    const revision = catalogue.revision()
    if (of.batchSeq === batchSeq && of.revision === revision) return offers
    offers = offersOnShow(book, catalogue)
    of = { batchSeq, revision }
    depths.clear()
    return offers
  }

  return {
    depth(book, batchSeq, filter) {
      const all = gather(book, batchSeq)
      const bookFilter = toBookFilter(filter, catalogue)
      const choice = JSON.stringify(bookFilter)
      const depth = depths.get(choice) ?? depthOf(book, all, bookFilter)
      depths.set(choice, depth)
      if (depths.size > MOST_CHOICES) depths.delete([...depths.keys()][0] ?? '')
      return depth
    },
    projects: (book, batchSeq, filter, page) =>
      projectsOnOffer(gather(book, batchSeq), toBookFilter(filter, catalogue), page),
  }
}
