/**
 * A run of consecutive units that share every part of the serial number but the unit number.
 * Written as two seven-part strings: Party, unit type, unit number, original commitment period,
 * applicable commitment period, LULUCF activity, project. Source: a public CDM issuance.
 */
export type SerialBlock = {
  /** ISO 3166-1 alpha-2. */
  readonly originatingParty: string
  readonly unitType: 5 | 6 | 7
  /** Up to 15 digits, a safe integer. */
  readonly start: number
  /** Inclusive; start or later. */
  readonly end: number
  readonly originalCommitmentPeriod: number
  readonly applicableCommitmentPeriod: number
  readonly lulucfActivity: number
  /** Not padded. */
  readonly projectIdentifier: number
}

/** The highest unit number: 15 digits. */
export const MAX_UNIT_NUMBER = 999_999_999_999_999
/** 999,999,999; the sources name no bound, real identifiers have up to five digits. */
export const MAX_PROJECT_IDENTIFIER = 999_999_999

/** Why a block cannot be read, in order of precedence. */
export const SERIAL_BLOCK_PROBLEMS = [
  'parts_missing',
  'originating_party_invalid',
  'unit_type_invalid',
  'unit_number_invalid',
  'commitment_period_invalid',
  'lulucf_activity_invalid',
  'project_identifier_invalid',
  'ends_differ',
  'end_before_start',
] as const
export type SerialBlockProblem = (typeof SERIAL_BLOCK_PROBLEMS)[number]

export type ParsedSerialBlock =
  | { readonly kind: 'ok'; readonly block: SerialBlock }
  | { readonly kind: 'invalid'; readonly problem: SerialBlockProblem }

/** Reads the two-string form, or, given one string only, `IN-5-<start>-<end>-1-1-0-<project>`. */
export function parseSerialBlock(start: string, end?: string): ParsedSerialBlock {
  const first = start.split('-')
  const last = end === undefined ? first.toSpliced(2, 1) : end.split('-')
  if (end === undefined) first.splice(3, 1)
  if (first.length !== 7 || last.length !== 7) return invalid('parts_missing')

  const low = readParts(first)
  const high = readParts(last)
  const problem = problemOf(low) ?? problemOf(high)
  if (problem !== null) return invalid(problem)
  if (!isSameSeries(low, high)) return invalid('ends_differ')
  if (high.start < low.start) return invalid('end_before_start')
  return { kind: 'ok', block: { ...low, end: high.start } }
}

/** The two-string form, the only one that is printed. Throws where the block is not valid. */
export function formatSerialBlock(block: SerialBlock): {
  readonly start: string
  readonly end: string
} {
  const problem = problemOf(block)
  if (problem !== null) throw new RangeError(`Not a serial block: ${problem}`)
  return { start: serialNumber(block, block.start), end: serialNumber(block, block.end) }
}

/** Why this is not a serial block, or null. */
export function problemOf(block: SerialBlock): SerialBlockProblem | null {
  if (!/^[A-Z]{2}$/.test(block.originatingParty)) return 'originating_party_invalid'
  if (block.unitType !== 5 && block.unitType !== 6 && block.unitType !== 7)
    return 'unit_type_invalid'
  if (!isWithin(block.start, 1, MAX_UNIT_NUMBER)) return 'unit_number_invalid'
  if (!isWithin(block.end, 1, MAX_UNIT_NUMBER)) return 'unit_number_invalid'
  if (!isWithin(block.originalCommitmentPeriod, 1, 2)) return 'commitment_period_invalid'
  if (!isWithin(block.applicableCommitmentPeriod, 1, 2)) return 'commitment_period_invalid'
  if (!isWithin(block.lulucfActivity, 0, 7)) return 'lulucf_activity_invalid'
  if (!isWithin(block.projectIdentifier, 1, MAX_PROJECT_IDENTIFIER))
    return 'project_identifier_invalid'
  return block.end < block.start ? 'end_before_start' : null
}

/** end − start + 1: whole units, one tonne each. */
export function unitCount(block: SerialBlock): number {
  return block.end - block.start + 1
}

/** Units of all blocks together. */
export function totalUnitCount(blocks: readonly SerialBlock[]): number {
  return blocks.reduce((sum, block) => sum + unitCount(block), 0)
}

/**
 * Parts a block: `low` holds its first `quantity` units, `rest` what is left, null where nothing is.
 * Throws unless 1 ≤ quantity ≤ count.
 */
export function splitSerialBlock(
  block: SerialBlock,
  quantity: number,
): { readonly low: SerialBlock; readonly rest: SerialBlock | null } {
  if (!isWithin(quantity, 1, unitCount(block)))
    throw new RangeError(`Cannot split ${quantity} off a block of ${unitCount(block)}`)
  const end = block.start + quantity - 1
  const rest = end === block.end ? null : { ...block, start: end + 1 }
  return { low: { ...block, end }, rest }
}

/** True where every part but the unit number is equal. */
export function isSameSeries(one: SerialBlock, other: SerialBlock): boolean {
  return (
    one.originatingParty === other.originatingParty &&
    one.unitType === other.unitType &&
    one.originalCommitmentPeriod === other.originalCommitmentPeriod &&
    one.applicableCommitmentPeriod === other.applicableCommitmentPeriod &&
    one.lulucfActivity === other.lulucfActivity &&
    one.projectIdentifier === other.projectIdentifier
  )
}

/** The units that both blocks hold, null where there are none. */
export function intersectSerialBlocks(one: SerialBlock, other: SerialBlock): SerialBlock | null {
  if (!isSameSeries(one, other)) return null
  const start = Math.max(one.start, other.start)
  const end = Math.min(one.end, other.end)
  return start <= end ? { ...one, start, end } : null
}

/** True where every unit of `inner` is one of `outer`. */
export function containsSerialBlock(outer: SerialBlock, inner: SerialBlock): boolean {
  return isSameSeries(outer, inner) && outer.start <= inner.start && inner.end <= outer.end
}

/** What is left of `block` without the units of `taken`: none, one or two blocks, lowest first. */
export function subtractSerialBlock(block: SerialBlock, taken: SerialBlock): SerialBlock[] {
  const common = intersectSerialBlocks(block, taken)
  if (common === null) return [block]
  const left: SerialBlock[] = []
  if (block.start < common.start) left.push({ ...block, end: common.start - 1 })
  if (common.end < block.end) left.push({ ...block, start: common.end + 1 })
  return left
}

function invalid(problem: SerialBlockProblem): ParsedSerialBlock {
  return { kind: 'invalid', problem }
}

/** One serial number as a block of one unit; a part that is no whole number becomes NaN. */
function readParts(parts: readonly string[]): SerialBlock {
  const [party = '', type, number, original, applicable, lulucf, project] = parts
  const unit = readNumber(number)
  return {
    originatingParty: party,
    unitType: readNumber(type) as SerialBlock['unitType'],
    start: unit,
    end: unit,
    originalCommitmentPeriod: readNumber(original),
    applicableCommitmentPeriod: readNumber(applicable),
    lulucfActivity: readNumber(lulucf),
    projectIdentifier: readNumber(project),
  }
}

/** Digits without leading zeros, at most 15 of them. */
function readNumber(part: string | undefined): number {
  return part !== undefined && /^(0|[1-9][0-9]{0,14})$/.test(part) ? Number(part) : Number.NaN
}

function serialNumber(block: SerialBlock, unit: number): string {
  return [
    block.originatingParty,
    block.unitType,
    unit,
    block.originalCommitmentPeriod,
    block.applicableCommitmentPeriod,
    block.lulucfActivity,
    block.projectIdentifier,
  ].join('-')
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isSafeInteger(value) && value >= low && value <= high
}
