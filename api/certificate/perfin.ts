import { type DotMatrix, dotMatrix, MATRIX_ROWS } from './dot-matrix.ts'

/** The widest step between two holes of the band. */
const MAX_PITCH = 8.4
const GAP_COLUMNS = 6
/** Holes that can still be told apart on a narrow screen, and segments. */
const MAX_HOLES = 40
const MAX_SEGMENTS = 20

export type Box = { readonly width: number; readonly height: number }

/**
 * The punched band as one path, to be filled by the even-odd rule, so that the holes are real holes:
 * `left` stands at the start and `right`, where given, at the end of what the margins leave.
 */
export function perfinPath(
  box: Box & { readonly margin: number },
  left: string,
  right?: string,
): string {
  const start = dotMatrix(left)
  const end = right === undefined ? null : dotMatrix(right)
  const columns = start.columns + (end ? GAP_COLUMNS + end.columns : 0)
  const room = box.width - 2 * box.margin
  const pitch = Math.min(MAX_PITCH, room / columns)
  const top = (box.height - MATRIX_ROWS * pitch) / 2
  const holes = [
    ...punch(start, box.margin, top, pitch),
    ...(end ? punch(end, box.width - box.margin - end.columns * pitch, top, pitch) : []),
  ]
  return rectangle(0, 0, box.width, box.height) + holes.join('')
}

export type Strip = {
  /** Holes of each segment, in order; a segment is a serial block while they can be told apart. */
  readonly segments: readonly number[]
  /** Tonnes that one hole stands for at most; 1 where every hole is a tonne. */
  readonly tonnesPerHole: number
}

/**
 * How tonnes are punched into the strip: a hole a tonne up to 40 t; above, a hole stands for up to
 * 2, 5, 10, … t, so that no strip has over 40. Takes the first division with at most 20 parts, given
 * from fine to coarse; one segment where there is none.
 */
export function stripOf(...divisions: readonly (readonly number[])[]): Strip {
  const total = sum(divisions[0] ?? [])
  const parts = divisions.find((division) => division.length <= MAX_SEGMENTS) ?? [total]
  for (const tonnesPerHole of steps()) {
    const segments = parts.map((tonnes) => Math.ceil(tonnes / tonnesPerHole))
    if (sum(segments) <= MAX_HOLES) return { segments, tonnesPerHole }
  }
  throw new RangeError('tonnes beyond all steps')
}

/** The strip under the band as one path, to be filled by the even-odd rule. */
export function stripPath(box: Box, segments: readonly number[], gap = 3): string {
  const cell = (box.width - gap * (segments.length - 1)) / sum(segments)
  const radius = Math.min(4.6, cell * 0.32, box.height * 0.32)
  let left = 0
  const parts: string[] = []
  for (const holes of segments) {
    parts.push(rectangle(left, 0, holes * cell, box.height))
    for (let hole = 0; hole < holes; hole += 1)
      parts.push(circle(left + (hole + 0.5) * cell, box.height / 2, radius))
    left += holes * cell + gap
  }
  return parts.join('')
}

function punch(matrix: DotMatrix, left: number, top: number, pitch: number): string[] {
  return matrix.holes.map(([column, row]) =>
    circle(left + (column + 0.5) * pitch, top + (row + 0.5) * pitch, pitch * 0.375),
  )
}

function* steps(): Generator<number> {
  for (let power = 1; power <= Number.MAX_SAFE_INTEGER / 10; power *= 10)
    for (const digit of [1, 2, 5]) yield digit * power
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0)

const round = (number: number): number => Math.round(number * 100) / 100

const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`

const circle = (x: number, y: number, radius: number): string => {
  const r = round(radius)
  const across = round(2 * r)
  return `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0z`
}
