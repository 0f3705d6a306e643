/** Bytes an offer, index included, and whether a book that has long been used takes more than a fresh one. */
import { join } from 'node:path'
import { count, digits, times } from '../../support/numbers.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import { BOOKS, type BookName } from '../compare/competitor.ts'
import { LEVELS, type Settings } from '../settings.ts'
import type { MemoryAnswer, MemoryRequest } from './memory.worker.ts'

export interface Memory {
  readonly competitor: BookName
  readonly size: number
  readonly bytesAnOffer: number
  /** For ours: bytes after the churn against those of a book restored from the same state. */
  readonly churn?: number
}

export async function measureMemory(settings: Settings): Promise<readonly Memory[]> {
  const file = join(import.meta.dirname, 'memory.worker.ts')
  const memories: Memory[] = []
  for (const competitor of BOOKS) {
    const { big: size, churn } = settings
    const request = { competitor, size, levels: LEVELS[0], churn }
    const answer = await askOnce<MemoryRequest, MemoryAnswer>(file, request, ['--expose-gc'])
    const { filled, churned, restored } = answer
    memories.push({
      competitor,
      size,
      bytesAnOffer: filled / size,
      ...(churned && restored && { churn: churned / restored }),
    })
  }
  return memories
}

const COLUMNS: readonly Column<Memory>[] = [
  { title: 'book', left: true, text: ({ competitor }) => competitor },
  { title: 'offers', text: ({ size }) => count(size) },
  { title: 'bytes an offer', text: ({ bytesAnOffer }) => digits(bytesAnOffer) },
  { title: 'after churn, to restored', text: ({ churn }) => times(churn ?? Number.NaN) },
]

export function renderMemory(memories: readonly Memory[]): string {
  return renderTable(COLUMNS, memories)
}
