import { sql } from 'kysely'
import type { WireBlock } from '../../cdm-http/wire.ts'
import { formatSerialBlock, unitCount } from '../../serial-block.ts'
import type { Db } from '../database.ts'
import { attestationReference } from '../transaction/transaction.ts'
import { blockOf, type SeriesRow } from '../unit/unit.store.ts'

/** The registry's document about one completed transaction. */
export type Attestation = {
  readonly reference: string
  readonly completed_at: string
  readonly transaction: string
  readonly cancellation_account: string
  readonly quantity: number
  readonly applicable_commitment_period: number
  readonly beneficiary: string | null
  readonly purpose: string | null
  readonly statement: string
  readonly lines: readonly AttestationLine[]
  /** Where anybody can read it again. */
  readonly verification_address: string
  readonly notice: string
}

export type AttestationLine = {
  readonly project: {
    /** As on the web: four digits or more. */
    readonly reference: string
    readonly host: string
    readonly title: string | null
  }
  readonly unit_type: 'CER' | 'tCER' | 'lCER'
  readonly vintage: number
  readonly quantity: number
  readonly original_commitment_period: number
  readonly applicable_commitment_period: number
  readonly blocks: readonly WireBlock[]
}

export const SIMULATED_NOTICE = 'SIMULATED. No real credit was cancelled.'

const UNIT_TYPES = { 5: 'CER', 6: 'tCER', 7: 'lCER' } as const

/** Null where the registry made no such attestation. `publicUrl` is the registry's own address. */
export async function readAttestation(
  db: Db,
  by: { readonly number: number; readonly year: number },
  publicUrl: string,
): Promise<Attestation | null> {
  const row = await db
    .selectFrom('registry_transaction')
    .selectAll()
    .where('attestation_number', '=', by.number)
    .where('attestation_year', '=', by.year)
    .executeTakeFirst()
  if (row === undefined || row.ended_at === null) return null
  const reference = attestationReference(by.number, by.year)
  return {
    reference,
    completed_at: row.ended_at.toISOString(),
    transaction: row.identifier,
    cancellation_account: row.acquiring_account,
    quantity: row.quantity,
    applicable_commitment_period: row.applicable_period,
    beneficiary: row.beneficiary,
    purpose: row.purpose,
    statement: statementOf(row.beneficiary, row.purpose),
    lines: await readLines(db, row.identifier),
    verification_address: `${publicUrl}/attestations/${reference}`,
    notice: SIMULATED_NOTICE,
  }
}

function statementOf(beneficiary: string | null, purpose: string | null): string {
  if (beneficiary === null && purpose === null) return 'Cancelled for the originating CDM activity.'
  const whom = beneficiary === null ? '' : ` on behalf of ${beneficiary}`
  return `Cancelled voluntarily${whom}${purpose === null ? '' : `, for this purpose: ${purpose}`}.`
}

type LineRow = SeriesRow & { vintage: number; host: string | null; title: string | null }

/** A line for each project, unit type, vintage and original commitment period. */
async function readLines(db: Db, transaction: string): Promise<AttestationLine[]> {
  const { rows } = await sql<LineRow>`
    SELECT u.originating_party, u.unit_type, u.original_period, u.applicable_period, u.lulucf_activity,
      u.project_identifier, u.vintage, p.host, p.title, lower(run) AS first, upper(run) - 1 AS last FROM (
      SELECT originating_party, unit_type, original_period, applicable_period, lulucf_activity,
        project_identifier, vintage, range_agg(units) AS runs
      FROM unit_block WHERE transaction = ${transaction} GROUP BY 1, 2, 3, 4, 5, 6, 7) u
    CROSS JOIN unnest(u.runs) AS run LEFT JOIN project p ON p.identifier = u.project_identifier
    ORDER BY u.project_identifier, u.vintage, u.unit_type, u.original_period, run`.execute(db)
  const lines = new Map<string, AttestationLine & { quantity: number; blocks: WireBlock[] }>()
  for (const row of rows) {
    const block = blockOf(row)
    const key = [row.project_identifier, row.vintage, row.unit_type, row.original_period].join()
    const line = lines.get(key) ?? { ...emptyLine(row), quantity: 0, blocks: [] }
    lines.set(key, line)
    line.quantity += unitCount(block)
    line.blocks.push(formatSerialBlock(block))
  }
  return [...lines.values()]
}

function emptyLine(row: LineRow): Omit<AttestationLine, 'quantity' | 'blocks'> {
  return {
    project: {
      reference: String(row.project_identifier).padStart(4, '0'),
      host: row.host ?? row.originating_party,
      title: row.title,
    },
    unit_type: UNIT_TYPES[row.unit_type],
    vintage: row.vintage,
    original_commitment_period: row.original_period,
    applicable_commitment_period: row.applicable_period,
  }
}
