/** The blocks of a request: read, and checked as far as that goes without the books. */
import type { WireBlock } from '../../cdm-http/wire.ts'
import type { ResponseCode } from '../../response-code.ts'
import { parseSerialBlock, type SerialBlock, type SerialBlockProblem } from '../../serial-block.ts'

/** A transaction, and an earmark, has at most so many blocks. */
export const MAX_BLOCKS = 3000

/** The blocks in the order given; what is wrong with them, each code once. */
export function readBlocks(wire: readonly WireBlock[]): {
  readonly blocks: readonly SerialBlock[]
  readonly codes: readonly ResponseCode[]
} {
  if (wire.length === 0) return { blocks: [], codes: [4012] }
  if (wire.length > MAX_BLOCKS) return { blocks: [], codes: [3004] }
  const blocks: SerialBlock[] = []
  const codes = new Set<ResponseCode>()
  for (const { start, end } of wire) {
    const parsed = parseSerialBlock(start, end)
    if (parsed.kind === 'ok') blocks.push(parsed.block)
    else codes.add(codeOf(parsed.problem, start, end))
  }
  if (codes.size === 0 && haveOverlap(blocks)) codes.add(9011)
  return { blocks, codes: [...codes] }
}

/** 3003: a transaction has one applicable commitment period. */
export function checkOnePeriod(blocks: readonly SerialBlock[]): ResponseCode[] {
  return new Set(blocks.map((block) => block.applicableCommitmentPeriod)).size > 1 ? [3003] : []
}

function codeOf(problem: SerialBlockProblem, start: string, end: string): ResponseCode {
  switch (problem) {
    case 'unit_type_invalid':
      return 3006
    case 'unit_number_invalid':
      return 3008
    case 'commitment_period_invalid':
      return 3001
    case 'end_before_start':
      return isEmpty(start, end) ? 3007 : 3008
    case 'parts_missing':
    case 'originating_party_invalid':
    case 'lulucf_activity_invalid':
    case 'project_identifier_invalid':
    case 'ends_differ':
      return 4004
    default:
      return problem satisfies never
  }
}

/** An end just before its start: a quantity of zero. */
function isEmpty(start: string, end: string): boolean {
  const parsed = parseSerialBlock(end, start)
  return parsed.kind === 'ok' && parsed.block.end - parsed.block.start === 1
}

/** A unit number is unique per Party and original commitment period, whatever the other parts say. */
function haveOverlap(blocks: readonly SerialBlock[]): boolean {
  const sorted = blocks.toSorted(
    (one, other) =>
      one.originatingParty.localeCompare(other.originatingParty) ||
      one.originalCommitmentPeriod - other.originalCommitmentPeriod ||
      one.start - other.start,
  )
  return sorted.some((block, index) => {
    const before = sorted[index - 1]
    return (
      before !== undefined &&
      before.originatingParty === block.originatingParty &&
      before.originalCommitmentPeriod === block.originalCommitmentPeriod &&
      block.start <= before.end
    )
  })
}
