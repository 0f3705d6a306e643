import assert from 'node:assert/strict'
import { type RawBuilder, sql } from 'kysely'
import type { Holding } from '../../registry.ts'
import { type SerialBlock, totalUnitCount } from '../../serial-block.ts'
import type { Db, Trx } from '../database.ts'
import { type Balance, cutRun, type Overlap, type Run, type UnitBlock } from './unit.ts'

export type SeriesRow = {
  readonly originating_party: string
  readonly unit_type: 5 | 6 | 7
  readonly first: number
  readonly last: number
  readonly original_period: number
  readonly applicable_period: number
  readonly lulucf_activity: number
  readonly project_identifier: number
}

/** The columns of a serial block, of a table that has them. */
export function seriesOf(alias: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('originating_party')}, ${column('unit_type')}, lower(${column('units')}) AS first,
    upper(${column('units')}) - 1 AS last, ${column('original_period')}, ${column('applicable_period')},
    ${column('lulucf_activity')}, ${column('project_identifier')}`
}

export function blockOf(row: SeriesRow): SerialBlock {
  return {
    originatingParty: row.originating_party,
    unitType: row.unit_type,
    start: row.first,
    end: row.last,
    originalCommitmentPeriod: row.original_period,
    applicableCommitmentPeriod: row.applicable_period,
    lulucfActivity: row.lulucf_activity,
    projectIdentifier: row.project_identifier,
  }
}

/** Rows of the books that share unit numbers with these blocks. */
export async function readOverlaps(trx: Trx, blocks: readonly SerialBlock[]): Promise<Overlap[]> {
  type Row = SeriesRow &
    Omit<UnitBlock, 'block' | 'accountType'> & { position: number; type: number }
  const { rows } = await sql<Row>`
    SELECT w.position, u.id, ${seriesOf('u')}, u.vintage, u.account, a.type, u.earmark, u.transaction
    FROM ${wantedRuns(blocks)} JOIN unit_block u ON ${isSharing} JOIN account a ON a.number = u.account
    ORDER BY w.position, first`.execute(trx)
  return rows.map(({ position, type, ...row }) => ({
    wanted: position - 1,
    unit: { ...row, block: blockOf(row), accountType: type },
  }))
}

/** Splits rows so that the blocks are whole rows; the low end of each keeps its row. */
export async function splitUnits(
  trx: Trx,
  blocks: readonly SerialBlock[],
  overlaps: readonly Overlap[],
): Promise<void> {
  const wanted = new Map<number, Overlap[]>()
  for (const overlap of overlaps)
    wanted.set(overlap.unit.id, [...(wanted.get(overlap.unit.id) ?? []), overlap])
  const low: (Run & { id: number })[] = []
  const rest: (Run & { id: number })[] = []
  for (const [id, parts] of wanted) {
    const [first] = parts
    assert(first !== undefined)
    const runs = parts.map((part) => blocks[part.wanted]).filter((block) => block !== undefined)
    const [kept, ...others] = cutRun(first.unit.block, runs)
    assert(kept !== undefined)
    if (others.length === 0) continue
    low.push({ id, ...kept })
    rest.push(...others.map((run) => ({ id, ...run })))
  }
  if (low.length === 0) return
  await sql`UPDATE unit_block u SET units = int8range(r.first, r.last, '[]')
    FROM ${runsById(low)} WHERE u.id = r.id`.execute(trx)
  await sql`
    INSERT INTO unit_block (originating_party, unit_type, units, original_period, applicable_period,
      lulucf_activity, project_identifier, vintage, account, earmark, transaction)
    SELECT u.originating_party, u.unit_type, int8range(r.first, r.last, '[]'), u.original_period,
      u.applicable_period, u.lulucf_activity, u.project_identifier, u.vintage, u.account, u.earmark, u.transaction
    FROM ${runsById(rest)} JOIN unit_block u ON u.id = r.id`.execute(trx)
}

/** Sets whole rows aside for an earmark or a transaction; they are free of one before. */
export async function markUnits(
  trx: Trx,
  blocks: readonly SerialBlock[],
  mark: { readonly earmark: number } | { readonly transaction: string },
): Promise<void> {
  const [column, value] =
    'earmark' in mark ? ['earmark', mark.earmark] : ['transaction', mark.transaction]
  const { rows } = await sql<{ count: number }>`
    UPDATE unit_block u SET ${sql.ref(String(column))} = ${value}
    FROM ${wantedRuns(blocks)}
    WHERE u.originating_party = w.party AND u.original_period = w.period
      AND u.units <@ int8range(w.first, w.last, '[]') AND u.${sql.ref(String(column))} IS NULL
    RETURNING upper(u.units) - lower(u.units) AS count`.execute(trx)
  const marked = rows.reduce((sum, row) => sum + row.count, 0)
  assert.equal(marked, totalUnitCount(blocks), 'every unit is marked once')
}

/** What an account holds, pending units included. */
export async function readBalances(db: Db, account: string): Promise<Balance[]> {
  const { rows } = await sql<Balance>`
    SELECT unit_type AS "unitType", applicable_period AS "applicablePeriod",
      sum(upper(units) - lower(units))::int8 AS quantity
    FROM unit_block WHERE account = ${account} GROUP BY 1, 2`.execute(db)
  return rows
}

/** Free units of an account; neighbours of the same attributes are one block. Lowest unit number first. */
export async function readHoldings(db: Db, account: string): Promise<Holding[]> {
  const { rows } = await sql<SeriesRow & { vintage: number }>`
    SELECT h.*, lower(run) AS first, upper(run) - 1 AS last FROM (
      SELECT originating_party, unit_type, original_period, applicable_period, lulucf_activity,
        project_identifier, vintage, range_agg(units) AS runs
      FROM unit_block WHERE account = ${account} AND earmark IS NULL AND transaction IS NULL
      GROUP BY 1, 2, 3, 4, 5, 6, 7) h, unnest(h.runs) AS run
    ORDER BY h.originating_party, h.original_period, run`.execute(db)
  return rows.map((row) => {
    const { start, end, ...attributes } = blockOf(row)
    return { block: blockOf(row), attributes: { ...attributes, vintage: row.vintage } }
  })
}

const isSharing = sql`u.originating_party = w.party AND u.original_period = w.period
  AND u.units && int8range(w.first, w.last, '[]')`

function wantedRuns(blocks: readonly SerialBlock[]): RawBuilder<unknown> {
  return sql`unnest(${blocks.map((block) => block.originatingParty)}::text[],
    ${blocks.map((block) => block.originalCommitmentPeriod)}::smallint[],
    ${blocks.map((block) => block.start)}::int8[],
    ${blocks.map((block) => block.end)}::int8[]) WITH ORDINALITY AS w(party, period, first, last, position)`
}

function runsById(runs: readonly (Run & { id: number })[]): RawBuilder<unknown> {
  return sql`unnest(${runs.map((run) => run.id)}::int8[], ${runs.map((run) => run.start)}::int8[],
    ${runs.map((run) => run.end)}::int8[]) AS r(id, first, last)`
}
