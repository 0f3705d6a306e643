import { type ColumnType, type Generated, Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import type { TransactionStatus } from '../registry.ts'
import { MIGRATIONS } from './migrations.ts'

type Series = {
  originating_party: string
  unit_type: 5 | 6 | 7
  /** Written as text such as `[1,10]`; read through lower and upper. */
  units: string
  original_period: number
  applicable_period: number
  lulucf_activity: number
  project_identifier: number
}

export type Tables = {
  registry: {
    only_row: Generated<boolean>
    is_open: boolean
    reconciling: boolean
    checks_paused: boolean
  }
  account: {
    number: string
    type: number
    identifier: number
    commitment_period: number
    holder: string
    state: Generated<'open' | 'suspended' | 'closed'>
  }
  project: { identifier: number; host: string; title: string | null }
  earmark: {
    id: Generated<number>
    reference: string
    request_hash: string
    holding_account: string
    quantity: number
    /** Pairs of serial numbers, as asked for. */
    blocks: ColumnType<{ start: string; end: string }[], string, never>
    vintage: number
    made_at: Date
    released_quantity: number | null
    released_at: Date | null
  }
  registry_transaction: {
    identifier: string
    reference: string
    request_hash: string
    holding_account: string
    acquiring_account: string
    status: TransactionStatus
    quantity: number
    applicable_period: number
    beneficiary: string | null
    purpose: string | null
    codes: Generated<number[]>
    one_at_a_time: boolean
    proposed_at: Date
    check_due_at: Date
    expires_at: Date
    ended_at: Date | null
    attestation_year: number | null
    attestation_number: number | null
  }
  transaction_block: Series & { transaction: string; position: number; live: boolean }
  unit_block: Series & {
    id: Generated<number>
    vintage: number
    account: string
    earmark: number | null
    transaction: string | null
  }
  unit_number: { originating_party: string; original_period: number; last: number }
  attestation_counter: { year: number; last: number }
  refusal: {
    id: Generated<number>
    code: number
    holding_account: string | null
    originating_party: string | null
    original_period: number | null
    units: string | null
    times_left: number
  }
  audit: {
    id: Generated<number>
    at: Date
    event: string
    account: string | null
    transaction: string | null
    earmark: string | null
    status_from: number | null
    status_to: number | null
    quantity: number | null
    codes: Generated<number[]>
  }
}

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

const INT8 = 20

/** Opens a pool of ten and brings the database to the newest shape; several servers may start at once. */
export async function openDatabase(databaseUrl: string): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    statement_timeout: 20_000,
    idle_in_transaction_session_timeout: 20_000,
    types: {
      // Unit numbers and quantities have at most 15 digits, so int8 is read as a safe integer.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  })
  // A connection that Postgres ends while idle is replaced; the next query tells of real trouble.
  pool.on('error', (error) => console.error(`A database connection ended: ${error.message}`))
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await db.destroy()
    throw error
  }
  return db
}

/** True where Postgres refused a row by this unique index, key or exclusion constraint. */
export function isConflictOn(error: unknown, constraint: string): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  return (
    (code === '23505' || code === '23P01') && (error as pg.DatabaseError).constraint === constraint
  )
}
