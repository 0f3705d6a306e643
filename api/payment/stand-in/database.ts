/** The stand-in's own database: Stripe's objects as they are shown, in order of their making. */

import { type ColumnType, type Generated, Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { PreparedClient } from '../../database/prepared-client.ts'
import type { CardBehaviour, PaymentMethod } from './card.ts'
import type { Charge, Refund } from './charge.ts'
import type { Intent } from './intent.ts'

/** Written as JSON text, read as the object. */
type Json<Body> = ColumnType<Body, string, string>
/** 64-bit columns are read as text; these hold milliseconds since 1970. */
type Milliseconds = ColumnType<string, number, number>

type Database = {
  intent: {
    seq: Generated<number>
    id: string
    created_ms: Milliseconds
    /** When an authorisation ends by itself. */
    authorised_until_ms: ColumnType<string | null, number | null, number | null>
    body: Json<Intent>
  }
  payment_method: { id: string; body: Json<PaymentMethod>; behaviour: Json<CardBehaviour> }
  charge: { seq: Generated<number>; id: string; intent: string; body: Json<Charge> }
  refund: { seq: Generated<number>; id: string; intent: string; body: Json<Refund> }
  /** A row for every capture that took money: at most one a payment, whatever the code does. */
  capture: { intent: string; amount_minor: number; captured_ms: Milliseconds }
  idempotency: {
    key: string
    request_hash: string
    status: number
    body: string
    created_ms: Milliseconds
  }
  event: {
    seq: Generated<number>
    id: string
    type: string
    intent: string
    body: string
    delivery: 'pending' | 'delivered' | 'given-up' | 'unwanted'
    attempts: Generated<number>
    next_attempt_ms: Milliseconds
    last_answer: string | null
  }
}

export type Books = Kysely<Database>

const STATEMENT_WITHIN_MS = 10_000

const MIGRATIONS: Record<string, Migration> = {
  '0001-books': {
    up: async (db: Kysely<unknown>) => {
      await sql`create table intent (
        seq integer generated always as identity,
        id text primary key,
        created_ms bigint not null,
        authorised_until_ms bigint,
        body jsonb not null
      )`.execute(db)
      await sql`create index on intent ((body->'metadata'->>'order'))`.execute(db)
      await sql`create table payment_method (
        id text primary key, body jsonb not null, behaviour jsonb not null
      )`.execute(db)
      for (const table of ['charge', 'refund']) {
        await sql`create table ${sql.table(table)} (
          seq integer generated always as identity,
          id text primary key,
          intent text not null references intent,
          body jsonb not null
        )`.execute(db)
        await sql`create index on ${sql.table(table)} (intent)`.execute(db)
      }
      await sql`create table capture (
        intent text primary key references intent,
        amount_minor integer not null check (amount_minor > 0),
        captured_ms bigint not null
      )`.execute(db)
      await sql`create table idempotency (
        key text primary key,
        request_hash text not null,
        status integer not null,
        body text not null,
        created_ms bigint not null
      )`.execute(db)
      await sql`create table event (
        seq integer generated always as identity,
        id text primary key,
        type text not null,
        intent text not null references intent,
        body text not null,
        delivery text not null check (delivery in ('pending', 'delivered', 'given-up', 'unwanted')),
        attempts integer not null default 0,
        next_attempt_ms bigint not null,
        last_answer text
      )`.execute(db)
      await sql`create index on event (next_attempt_ms) where delivery = 'pending'`.execute(db)
    },
  },
  '0002-authorised': {
    up: async (db: Kysely<unknown>) => {
      await sql`create index on intent (authorised_until_ms)
        where body->>'status' = 'requires_capture'`.execute(db)
    },
  },
}

/** Opens the books and brings their tables up to date. Close them with `destroy()`. */
export async function openBooks(databaseUrl: string): Promise<Books> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 8,
    Client: PreparedClient,
    statement_timeout: STATEMENT_WITHIN_MS,
  })
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  const books: Books = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db: books,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await books.destroy()
    throw error
  }
  return books
}
