/** What each command costs in a big book against a small one, and among more instruments against fewer. */
import { join } from 'node:path'
import { count, duration, times } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import type { Shape } from '../growth/shape.ts'
import type { Settings } from '../settings.ts'
import { PROJECTS } from '../workload/instruments.ts'
import type { Clustering } from '../workload/offers.ts'
import type { CommandAnswer, CommandRequest } from './command.worker.ts'
import { MEASURED } from './round.ts'

/** Offers in a book, and the instruments that they are of. */
export interface BookSize {
  readonly offers: number
  readonly instruments: number
}

export interface CommandGrowth {
  readonly command: (typeof MEASURED)[number]
  readonly clustering: Clustering
  readonly less: BookSize
  readonly more: BookSize
  /** Nanoseconds each, in the book of less and in that of more. */
  readonly inLess: Summary
  readonly inMore: Summary
  /** More against less, median by median. */
  readonly ratio: number
}

const CLUSTERINGS = [1, 1000, 'distinct'] as const
const MORE_INSTRUMENTS = 10 * PROJECTS
const ROUNDS_A_REPETITION = 4

export async function measureCommands(settings: Settings): Promise<readonly CommandGrowth[]> {
  const { small, big } = settings
  const more = { offers: big, instruments: PROJECTS }
  const growths: CommandGrowth[] = []
  for (const clustering of settings.isQuick ? [1000] : CLUSTERINGS) {
    const less = { offers: small, instruments: PROJECTS }
    growths.push(...(await compared(settings, clustering, less, more)))
  }
  const most = { offers: big, instruments: MORE_INSTRUMENTS }
  growths.push(...(await compared(settings, 1000, more, most)))
  return growths
}

async function compared(
  { repetitions }: Settings,
  clustering: Clustering,
  less: BookSize,
  more: BookSize,
): Promise<readonly CommandGrowth[]> {
  const file = join(import.meta.dirname, 'command.worker.ts')
  const shape = (instruments: number): Shape => ({ clustering, arrangement: 'plain', instruments })
  const answer = await askOnce<CommandRequest, CommandAnswer>(file, {
    books: [less, more].map((one) => ({ shape: shape(one.instruments), size: one.offers })),
    rounds: repetitions * ROUNDS_A_REPETITION,
  })
  return MEASURED.map((command) => {
    const inBook = (book: number): Summary =>
      summarise(answer.map((round) => round[book]?.[command] ?? Number.NaN))
    const [inLess, inMore] = [inBook(0), inBook(1)]
    const ratio = inMore.median / inLess.median
    return { command, clustering, less, more, inLess, inMore, ratio }
  })
}

const COLUMNS: readonly Column<CommandGrowth>[] = [
  { title: 'command', left: true, text: ({ command }) => command },
  { title: 'prices', text: ({ clustering }) => pricesText(clustering) },
  { title: 'offers', text: ({ less, more }) => grown(less.offers, more.offers) },
  { title: 'instruments', text: ({ less, more }) => grown(less.instruments, more.instruments) },
  { title: 'in less', text: ({ inLess }) => duration(inLess.median) },
  { title: 'in more', text: ({ inMore }) => duration(inMore.median) },
  { title: 'growth', text: ({ ratio }) => times(ratio) },
]

export function renderCommands(growths: readonly CommandGrowth[]): string {
  return renderTable(COLUMNS, growths)
}

/** In words: which command, in which books. */
export function describeCommand({ command, clustering }: CommandGrowth): string {
  return `${command}; prices ${pricesText(clustering)}`
}

function pricesText(clustering: Clustering): string {
  return clustering === 'distinct' ? 'all distinct' : count(clustering)
}

function grown(less: number, more: number): string {
  return less === more ? count(less) : `${count(less)} → ${count(more)}`
}
