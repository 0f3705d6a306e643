/** Quotes and reservations through filters, and their releases, on books of ours. */
import { join } from 'node:path'
import { count, duration, rate, spread, times } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import { LEVELS, type Settings } from '../settings.ts'
import type { QueryRequest, QueryTimes } from './query.worker.ts'

export interface QueryMeasure {
  readonly size: number
  readonly levels: number
  readonly ask: string
  readonly phase: QueryTimes['phase']
  /** Nanoseconds a quote or an order; a release is that of all reservations of an order. */
  readonly nanoseconds: Summary
  readonly operations: number
  /** Against the same phase unfiltered, median by median. */
  readonly timesUnfiltered: number
}

export async function measureQueries(settings: Settings): Promise<readonly QueryMeasure[]> {
  const file = join(import.meta.dirname, 'query.worker.ts')
  const measures: QueryMeasure[] = []
  for (const size of settings.sizes) {
    for (const levels of LEVELS) {
      const { repetitions, capMilliseconds } = settings
      const request = { size, levels, repetitions, capMilliseconds }
      const answer = await askOnce<QueryRequest, readonly QueryTimes[]>(file, request)
      const medians = new Map<string, number>()
      for (const { ask, phase, nanosecondsEach, operations } of answer) {
        const nanoseconds = summarise(nanosecondsEach)
        if (!medians.has(phase)) medians.set(phase, nanoseconds.median)
        const timesUnfiltered = nanoseconds.median / (medians.get(phase) ?? Number.NaN)
        measures.push({ size, levels, ask, phase, nanoseconds, operations, timesUnfiltered })
      }
    }
  }
  return measures
}

const COLUMNS: readonly Column<QueryMeasure>[] = [
  { title: 'operation', left: true, text: ({ phase }) => phase },
  { title: 'filter', left: true, text: ({ ask }) => ask },
  { title: 'offers', text: ({ size }) => count(size) },
  { title: 'prices', text: ({ levels }) => count(levels) },
  { title: 'median', text: ({ nanoseconds }) => duration(nanoseconds.median) },
  { title: 'rate', text: ({ nanoseconds }) => rate(nanoseconds.median) },
  { title: 'spread', text: ({ nanoseconds }) => spread(nanoseconds) },
  { title: 'to unfiltered', text: ({ timesUnfiltered }) => times(timesUnfiltered) },
]

export function renderQueries(measures: readonly QueryMeasure[]): string {
  return renderTable(COLUMNS, measures)
}
