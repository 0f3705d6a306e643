/** Looks at a market that may be running: our rows in one snapshot, and the other sides' own books. Changes nothing. */
import { setTimeout as wait } from 'node:timers/promises'
import { simulationClient } from '@offset-button/registry-bridge/simulated-cdm'
import pg from 'pg'
import { checkInvariants, type PaymentBooks, type Violation } from '../support/invariants.ts'

export type AuditAddresses = {
  readonly databaseUrl: string
  readonly registryUrl: string
  readonly registryToken: string
  /** The payment stand-in. */
  readonly paymentUrl: string
  readonly paymentKey: string
}

/** Between two looks: longer than a call to the outside takes. */
const BETWEEN_MS = 10_000

/**
 * Every invariant that is broken. The three books are not of one moment, so what looks broken while something is under way is
 * looked at again, and only rows that are broken alike in both looks are told. Throws where one of the books cannot be read.
 */
export async function audit(
  addresses: AuditAddresses,
  betweenMs = BETWEEN_MS,
): Promise<readonly Violation[]> {
  const first = await look(addresses)
  if (first.length === 0) return first
  await wait(betweenMs)
  const again = await look(addresses)
  return again.flatMap((violation) => {
    const before = first.find((one) => one.rule === violation.rule)
    const known = new Set(before?.rows.map((row) => JSON.stringify(row)))
    const rows = violation.rows.filter((row) => known.has(JSON.stringify(row)))
    return rows.length > 0 ? [{ ...violation, rows }] : []
  })
}

async function look(addresses: AuditAddresses): Promise<readonly Violation[]> {
  const { databaseUrl, registryUrl, registryToken } = addresses
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'offset-button audit',
    statement_timeout: 60_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    // The first statement fixes the snapshot: ours is the earliest of the three.
    await client.query('SELECT 1 FROM market')
    const registry = await simulationClient({ url: registryUrl, token: registryToken }).books()
    const payment = await readPayments(addresses)
    return await checkInvariants(client, registry, payment, { isOver: false })
  } finally {
    await client.end()
  }
}

async function readPayments({ paymentUrl, paymentKey }: AuditAddresses): Promise<PaymentBooks> {
  const answer = await fetch(`${paymentUrl}/simulation/books`, {
    headers: { authorization: `Bearer ${paymentKey}` },
    signal: AbortSignal.timeout(60_000),
  })
  if (!answer.ok) throw new Error(`The payment service's books answer ${answer.status}.`)
  return (await answer.json()) as PaymentBooks
}
