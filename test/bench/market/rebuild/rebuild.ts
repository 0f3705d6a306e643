/** How long a host takes from its lease to a book that it serves: mint, read, restore. */
import { join } from 'node:path'
import { freshDatabase } from '../../../support/postgres.ts'
import { count, digits, spread } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import type { Settings } from '../settings.ts'
import { hotMarket } from '../workload/hot-market.ts'
import type { RebuildAnswer, RebuildRequest } from './rebuild.worker.ts'

export interface Rebuild {
  readonly offers: number
  readonly seconds: Summary
  /** The part in which the rows are read. */
  readonly readSeconds: Summary
}

const WORKER = join(import.meta.dirname, 'rebuild.worker.ts')

export async function measureRebuild(settings: Settings): Promise<readonly Rebuild[]> {
  const offers = settings.rebuilt
  const database = await freshDatabase({ template: await hotMarket(offers) })
  const answers: RebuildAnswer[] = []
  for (let at = 0; at < settings.repetitions; at++) {
    const request = { url: database.url }
    answers.push(await askOnce<RebuildRequest, RebuildAnswer>(WORKER, request))
  }
  await database.close()
  return [
    {
      offers,
      seconds: summarise(answers.map(({ milliseconds }) => milliseconds / 1000)),
      readSeconds: summarise(answers.map(({ readMilliseconds }) => readMilliseconds / 1000)),
    },
  ]
}

const COLUMNS: readonly Column<Rebuild>[] = [
  { title: 'offers', text: ({ offers }) => count(offers) },
  { title: 's', text: ({ seconds }) => digits(seconds.median) },
  { title: 'spread', text: ({ seconds }) => spread(seconds) },
  { title: 'of it read from Postgres, s', text: ({ readSeconds }) => digits(readSeconds.median) },
]

export function renderRebuild(rows: readonly Rebuild[]): string {
  return renderTable(COLUMNS, rows)
}
