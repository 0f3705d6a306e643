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
    FROM unnest(${blocks.map((block) => block.originatingParty)}::text[],
      ${blocks.map((block) => block.originalCommitmentPeriod)}::smallint[],
      ${blocks.map((block) => block.start)}::int8[], ${blocks.map((block) => block.end)}::int8[])
      WITH ORDINALITY AS w(party, period, first, last, position)
    CROSS JOIN LATERAL (
      (SELECT * FROM unit_block WHERE originating_party = w.party AND original_period = w.period
        AND lower(units) <= w.first ORDER BY lower(units) DESC LIMIT 1)
      UNION ALL
      (SELECT * FROM unit_block WHERE originating_party = w.party AND original_period = w.period
        AND lower(units) > w.first AND lower(units) <= w.last)) u
    JOIN account a ON a.number = u.account
    WHERE upper(u.units) > w.first
    ORDER BY w.position, first`.execute(trx)
  return rows.map(({ position, type, ...row }) => ({
    wanted: position - 1,
    unit: { ...row, block: blockOf(row), accountType: type },
  }))
}

/** For whom units are set aside. */
export type Mark = { readonly earmark: number } | { readonly transaction: string }

/** Blocks, the rows of the books that they were found in, and for whom they are set aside. */
type SettingAside = {
  readonly blocks: readonly SerialBlock[]
  readonly overlaps: readonly Overlap[]
  readonly mark: Mark
}

/**
 * Sets blocks aside that were found free. Rows that are wanted only in part are split: the low end keeps its row,
 * the rest becomes rows of its own. No two of `all` may want of the same row.
 */
export async function setUnitsAside(trx: Trx, all: readonly SettingAside[]): Promise<void> {
  const kept: Part[] = []
  const split: Part[] = []
  for (const { blocks, overlaps, mark } of all) {
    for (const [unit, runs] of groupByRow(blocks, overlaps)) {
      const [low, ...rest] = cutRun(unit.block, runs).map((run) => ({
        id: unit.id,
        earmark: unit.earmark,
        transaction: unit.transaction,
        ...run,
        ...(run.isWanted ? mark : {}),
      }))
      if (low !== undefined) kept.push(low)
      split.push(...rest)
    }
  }
  const parts = [...kept, ...split].filter(({ isWanted }) => isWanted)
  const count = parts.reduce((sum, { start, end }) => sum + end - start + 1, 0)
  const wanted = totalUnitCount(all.flatMap(({ blocks }) => blocks))
  assert.equal(count, wanted, 'every unit is set aside once')

  await sql`
    UPDATE unit_block u
    SET units = int8range(p.first, p.last, '[]'), earmark = p.earmark, transaction = p.transaction
    FROM ${partRows(kept)} WHERE u.id = p.id`.execute(trx)
  if (split.length === 0) return
  await sql`
    INSERT INTO unit_block (originating_party, unit_type, units, original_period, applicable_period,
      lulucf_activity, project_identifier, vintage, account, earmark, transaction)
    SELECT u.originating_party, u.unit_type, int8range(p.first, p.last, '[]'), u.original_period,
      u.applicable_period, u.lulucf_activity, u.project_identifier, u.vintage, u.account, p.earmark, p.transaction
    FROM ${partRows(split)} JOIN unit_block u ON u.id = p.id`.execute(trx)
}

/**
 * Lets Postgres know how the units are spread, after many rows came at once: until its own timer comes round it would
 * look through all of a Party's rows for each block.
 */
export async function refreshUnitStatistics(db: Db): Promise<void> {
  await sql`ANALYZE unit_block`.execute(db)
}

/** What an account holds, pending units included. */
export async function readBalances(db: Db, account: string): Promise<readonly Balance[]> {
  return (await readBalancesOf(db, [account])).get(account) ?? []
}

/** What each of several accounts holds, pending units included; nothing for one that holds none. */
export async function readBalancesOf(
  db: Db,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly Balance[]>> {
  const { rows } = await sql<Balance & { account: string }>`
    SELECT account, unit_type AS "unitType", applicable_period AS "applicablePeriod",
      sum(upper(units) - lower(units))::int8 AS quantity
    FROM unit_block WHERE account = ANY(${accounts}) GROUP BY 1, 2, 3`.execute(db)
  return Map.groupBy(rows, ({ account }) => account)
}

/** Free units of an account; neighbours of the same attributes are one block. Lowest unit number first. */
export async function readHoldings(db: Db, account: string): Promise<Holding[]> {
  const { rows } = await sql<SeriesRow & { vintage: number }>`
    SELECT h.originating_party, h.unit_type, h.original_period, h.applicable_period, h.lulucf_activity,
      h.project_identifier, h.vintage, lower(run) AS first, upper(run) - 1 AS last FROM (
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

/** A run of a row's units, and what it is set aside for from now on. */
type Part = Run & {
  readonly id: number
  readonly isWanted: boolean
  readonly earmark: number | null
  readonly transaction: string | null
}

/** Each row of the books with the blocks that are wanted of it. */
function groupByRow(
  blocks: readonly SerialBlock[],
  overlaps: readonly Overlap[],
): Map<UnitBlock, SerialBlock[]> {
  const rows = new Map<number, { unit: UnitBlock; wanted: SerialBlock[] }>()
  for (const { unit, wanted } of overlaps) {
    const row = rows.get(unit.id) ?? { unit, wanted: [] }
    rows.set(unit.id, row)
    const block = blocks[wanted]
    if (block !== undefined) row.wanted.push(block)
  }
  return new Map([...rows.values()].map(({ unit, wanted }) => [unit, wanted]))
}

function partRows(parts: readonly Part[]): RawBuilder<unknown> {
  return sql`unnest(${parts.map((part) => part.id)}::int8[], ${parts.map((part) => part.start)}::int8[],
    ${parts.map((part) => part.end)}::int8[], ${parts.map((part) => part.earmark)}::int8[],
    ${parts.map((part) => part.transaction)}::text[]) AS p(id, first, last, earmark, transaction)`
}
