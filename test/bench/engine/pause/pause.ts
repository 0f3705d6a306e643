/** The longest that one command holds everything up while a book is filled, collections of garbage included. */
import { join } from 'node:path'
import { count, duration } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import type { Settings } from '../settings.ts'
import type { Clustering } from '../workload/offers.ts'
import type { PauseAnswer, PauseRequest } from './pause.worker.ts'

export interface Pause {
  readonly size: number
  readonly clustering: Clustering
  /** Nanoseconds, over repetitions in processes of their own. */
  readonly longest: Summary
  readonly longestBusy: Summary
  readonly p9999: Summary
  readonly longestIdle: Summary
}

/** Each in a process of its own, which takes its time to be ready. */
const REPETITIONS = 3
const CLUSTERINGS: readonly Clustering[] = [1000, 'distinct']

export async function measurePauses(settings: Settings): Promise<readonly Pause[]> {
  const file = join(import.meta.dirname, 'pause.worker.ts')
  const pauses: Pause[] = []
  for (const clustering of CLUSTERINGS) {
    const answers: PauseAnswer[] = []
    for (let at = 0; at < REPETITIONS; at++) {
      const request = { size: settings.big, clustering }
      answers.push(await askOnce<PauseRequest, PauseAnswer>(file, request))
    }
    pauses.push({
      size: settings.big,
      clustering,
      longest: summarise(answers.map(({ longest }) => longest)),
      longestBusy: summarise(answers.map(({ longestBusy }) => longestBusy)),
      p9999: summarise(answers.map(({ p9999 }) => p9999)),
      longestIdle: summarise(answers.map(({ longestIdle }) => longestIdle)),
    })
  }
  return pauses
}

const COLUMNS: readonly Column<Pause>[] = [
  { title: 'offers', text: ({ size }) => count(size) },
  {
    title: 'prices',
    text: ({ clustering }) => (clustering === 'distinct' ? 'all distinct' : count(clustering)),
  },
  { title: 'longest', text: ({ longest }) => duration(longest.median) },
  { title: 'of any repetition', text: ({ longest }) => duration(longest.most) },
  { title: 'busy', text: ({ longestBusy }) => duration(longestBusy.median) },
  { title: 'of any repetition', text: ({ longestBusy }) => duration(longestBusy.most) },
  { title: '99.99 % within', text: ({ p9999 }) => duration(p9999.median) },
  { title: 'longest while idle', text: ({ longestIdle }) => duration(longestIdle.median) },
  { title: 'of any repetition', text: ({ longestIdle }) => duration(longestIdle.most) },
]

export function renderPauses(pauses: readonly Pause[]): string {
  return renderTable(COLUMNS, pauses)
}
