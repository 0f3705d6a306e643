import { describeFilter } from '../describe-filter.ts'
import { filterOf } from '../filter-of.ts'
import type { View } from './view.ts'

/** What is bought from, in words: the page's bounds and the visitor's choice; null where that is everything. */
export const describeChoice = ({ language, format, settings, purchase }: View): string | null =>
  describeFilter(language, format, filterOf(settings.bounds, purchase.choice))
