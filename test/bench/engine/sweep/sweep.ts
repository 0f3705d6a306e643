/** What the machine itself allows: three fills an order, read from memory and written back. */
import { join } from 'node:path'
import { count, duration, rate, spread } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import type { Settings } from '../settings.ts'
import type { SweepAnswer, SweepRequest } from './sweep.worker.ts'

export interface Sweep {
  /** Where the records of an order lie. */
  readonly records: string
  readonly size: number
  /** Nanoseconds an order. */
  readonly nanoseconds: Summary
}

export async function measureSweep(settings: Settings): Promise<readonly Sweep[]> {
  const file = join(import.meta.dirname, 'sweep.worker.ts')
  const { big: size, repetitions } = settings
  const answer = await askOnce<SweepRequest, SweepAnswer>(file, { size, repetitions })
  return [
    { records: 'one after the other', size, nanoseconds: summarise(answer.inOrder) },
    { records: 'anywhere', size, nanoseconds: summarise(answer.scattered) },
  ]
}

const COLUMNS: readonly Column<Sweep>[] = [
  { title: 'records lie', left: true, text: ({ records }) => records },
  { title: 'offers', text: ({ size }) => count(size) },
  { title: 'an order', text: ({ nanoseconds }) => duration(nanoseconds.median) },
  { title: 'rate', text: ({ nanoseconds }) => rate(nanoseconds.median) },
  { title: 'spread', text: ({ nanoseconds }) => spread(nanoseconds) },
]

export function renderSweep(sweeps: readonly Sweep[]): string {
  return renderTable(COLUMNS, sweeps)
}
