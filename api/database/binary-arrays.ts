/**
 * Columns as Postgres takes arrays in its binary format: nothing is quoted, rounded or parsed. pg sends a Buffer as binary by
 * itself. The types of the arrays are named in front of each function.
 */

/** `bigint[]`, of safe integers. */
export function bigints<Row>(rows: readonly Row[], take: (row: Row) => number | null): Buffer {
  return fixed(INT8, 8, rows, take, writeInteger)
}

/** `integer[]`. */
export function integers<Row>(rows: readonly Row[], take: (row: Row) => number): Buffer {
  return fixed(INT4, 4, rows, take, (column, value, at) => column.writeInt32BE(value, at))
}

/** `timestamptz[]`, of epoch milliseconds. */
export function timestamps<Row>(rows: readonly Row[], take: (row: Row) => number | null): Buffer {
  return fixed(TIMESTAMPTZ, 8, rows, take, (column, value, at) =>
    writeInteger(column, (value - POSTGRES_EPOCH_MS) * 1000, at),
  )
}

/** `text[]`. */
export function texts<Row>(rows: readonly Row[], take: (row: Row) => string | null): Buffer {
  return varying(TEXT, rows.map(take))
}

/** `json[]`, of what JSON has. */
export function documents<Row>(rows: readonly Row[], take: (row: Row) => object): Buffer {
  return varying(
    JSON_DOCUMENT,
    rows.map((row) => JSON.stringify(take(row))),
  )
}

// Numbers of types, the same in every Postgres.
const INT8 = 20
const INT4 = 23
const TEXT = 25
const JSON_DOCUMENT = 114
const TIMESTAMPTZ = 1184

/** 2000-01-01, from where Postgres counts microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000

/** Dimensions, whether there are nulls, type; then, of the one dimension, length and first index. */
const HEAD_BYTES = 20
const EMPTY_BYTES = 12
const NULL = -1

function fixed<Row>(
  type: number,
  bytes: number,
  rows: readonly Row[],
  take: (row: Row) => number | null,
  write: (column: Buffer, value: number, at: number) => void,
): Buffer {
  const column = Buffer.allocUnsafe(HEAD_BYTES + rows.length * (4 + bytes))
  let at = writeHead(column, type, rows.length)
  for (const row of rows) {
    const value = take(row)
    column.writeInt32BE(value === null ? NULL : bytes, at)
    at += 4
    if (value === null) continue
    write(column, value, at)
    at += bytes
  }
  return column.subarray(0, at)
}

function varying(type: number, values: readonly (string | null)[]): Buffer {
  // A character has three bytes at most, or four where it counts as two.
  const most = values.reduce((sum, value) => sum + 4 + 3 * (value?.length ?? 0), HEAD_BYTES)
  const column = Buffer.allocUnsafe(most)
  let at = writeHead(column, type, values.length)
  for (const value of values) {
    const bytes = value === null ? NULL : column.write(value, at + 4)
    column.writeInt32BE(bytes, at)
    at += 4 + Math.max(0, bytes)
  }
  return column.subarray(0, at)
}

/** Where the first value begins; an array without one has no dimension. */
function writeHead(column: Buffer, type: number, length: number): number {
  column.writeInt32BE(length === 0 ? 0 : 1, 0)
  // Whether there are nulls: Postgres looks for itself.
  column.writeInt32BE(0, 4)
  column.writeInt32BE(type, 8)
  if (length === 0) return EMPTY_BYTES
  column.writeInt32BE(length, 12)
  column.writeInt32BE(1, 16)
  return HEAD_BYTES
}

/** In two halves: BigInts would cost more than all else. */
function writeInteger(column: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 2 ** 32)
  column.writeInt32BE(high, at)
  column.writeUInt32BE(value - high * 2 ** 32, at + 4)
}
