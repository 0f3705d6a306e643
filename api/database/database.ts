import { type ColumnType, CompiledQuery, type Generated, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { FeeSchedule } from '../market/fees.ts'
import { PreparedClient } from './prepared-client.ts'

type Integers = ColumnType<number, number, number>
/** Read as text, such as `[5,9)`. */
type Range = ColumnType<string, unknown, unknown>
type Json<T> = ColumnType<T, string, string>
type At = ColumnType<Date, Date | string, Date | string>
type MaybeAt = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

export type Database = {
  market: {
    id: string
    currency: string
    state: 'open' | 'halted'
    epoch: Integers
    batch_seq: Integers
    holder: string | null
    next_offer: Integers
    next_reservation: Integers
    next_sequence: Integers
    seeded: Generated<boolean>
  }
  journal: {
    market: string
    batch_seq: Integers
    position: number
    epoch: Integers
    command: Json<unknown>
    event: Json<unknown>
    committed_at: Generated<Date>
  }
  project: {
    id: Generated<number>
    reference: string
    title: string
    host: string
    technology: string
    scope: number | null
    scope_derived: boolean
    source: string
  }
  seller: {
    id: Generated<number>
    slug: string
    name: string
    api_key_hash: Buffer
    demo: boolean
  }
  holding_account: { id: Generated<number>; seller: number; registry: string; number: string }
  publishable_key: { id: Generated<number>; key: string; name: string; origins: string[] }
  earmark: {
    reference: string
    seller: number
    holding_account: number
    request_hash: Buffer
    /** `sent`: at the registry, as far as we know. */
    state: 'sent' | 'refused' | 'released'
    created_at: Generated<Date>
  }
  offer: {
    id: number
    market: string
    seller: number
    holding_account: number
    project: number
    earmark: string
    kind: number
    vintage: number
    unit_type: number
    original_commitment_period: number
    applicable_commitment_period: number
    price_minor: number
    sequence: number
    earmarked: number
    quantity: number
    reserved: number
    sold: number
    withdrawn: number
    is_withdrawn: boolean
    suspended: boolean
    suspended_codes: number[]
    expired: boolean
    placed_at: Generated<Date>
  }
  offer_block: {
    offer: number
    originating_party: string
    original_commitment_period: number
    units: Range
    lulucf_activity: number
    project_identifier: number
  }
  order: {
    id: string
    market: string
    batch_seq: number
    position: number
    publishable_key: number
    idempotency_key: string
    request_hash: Buffer
    state: string
    version: Generated<number>
    reason: string | null
    quantity: number
    filter: Json<Record<string, unknown>>
    max_price_minor: number | null
    max_total_minor: number
    currency: string
    projects_minor: number
    platform_fee_minor: number
    processing_fee_minor: number
    total_minor: number
    fees: Json<FeeSchedule>
    captured_minor: Generated<number>
    refunded_minor: Generated<number>
    beneficiary: string | null
    purpose: string | null
    consent_text: string
    consent_language: string
    hold_expires_at: At
    hold_extended: Generated<boolean>
    stop_requested: Generated<boolean>
    turn: number | null
    payment: ColumnType<unknown, string | null, string | null>
    created_at: At
    authorised_at: MaybeAt
    first_proposed_at: MaybeAt
    captured_at: MaybeAt
    closed_at: MaybeAt
    wake_at: MaybeAt
  }
  leg: {
    order: string
    number: number
    holding_account: number
    applicable_commitment_period: number
    state: string
    version: Generated<number>
    attempt: Generated<number>
    transaction: string | null
    reference: string | null
    codes: number[]
    charged: Generated<boolean>
    given_up: Generated<boolean>
    proposed_at: MaybeAt
    checked_at: MaybeAt
    completed_at: MaybeAt
  }
  reservation: {
    id: number
    offer: number
    order: string
    leg: number
    price_minor: number
    quantity: number
    state: 'held' | 'committed' | 'released' | 'expired'
    expires_at: MaybeAt
    replaced: Generated<boolean>
  }
  allocation: {
    id: Generated<number>
    offer: number
    reservation: number
    order: string
    leg: number
    originating_party: string
    unit_type: number
    original_commitment_period: number
    applicable_commitment_period: number
    lulucf_activity: number
    project_identifier: number
    units: Range
    state: 'live' | 'completed' | 'freed'
  }
  effect: {
    id: Generated<number>
    order: string
    leg: number | null
    kind: string
    key: string
    request: Json<unknown>
    request_hash: Buffer
    state: 'sent' | 'ok' | 'refused' | 'unknown'
    tries: Generated<number>
    result: ColumnType<unknown, string | null, string | null>
    sent_at: At
    ended_at: MaybeAt
  }
  webhook_event: {
    id: string
    type: string
    payment: string | null
    received_at: Generated<Date>
  }
  ledger_entry: {
    id: Generated<number>
    key: string
    order: string
    leg: number | null
    debit: string
    credit: string
    amount_minor: number
    currency: string
    booked_at: At
  }
  payout: {
    order: string
    leg: number
    seller: number
    amount_minor: number
    currency: string
    state: Generated<string>
    owed_at: At
  }
  certificate: { id: string; order: string; document: Json<unknown>; issued_at: At }
}

export type Db = Kysely<Database>

/** bigint columns hold safe integers by their constraints; anything else is a broken invariant. */
const parseInt8 = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${text}`)
  return value
}

/**
 * A pool whose sessions give up on locks and idle transactions rather than hold others up. Of those that were opened, `min` stay
 * open while nothing is asked.
 */
export function connectPool(url: string, name: string, max = 10, min = 0): pg.Pool {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.INT8 ? parseInt8 : pg.types.getTypeParser(oid, format ?? 'text'),
  } as pg.CustomTypesConfig
  const pool = new pg.Pool({
    connectionString: url,
    max,
    min,
    application_name: name,
    Client: PreparedClient,
    types,
    statement_timeout: 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 5_000,
    // A connection that waits for hours, as that of a node that follows, must not have been forgotten on the way.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The pool listens to idle clients only: one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens so many connections now, as far as they are not open. */
export async function openConnections(pool: pg.Pool, count: number): Promise<void> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => pool.connect()))
  for (const one of opened) if (one.status === 'fulfilled') one.value.release()
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** Asks a text that is made once; what is asked for each order costs no compiling. Commits by itself where `db` is no transaction. */
export async function ask<Row>(
  db: Db,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>)
  return rows
}
