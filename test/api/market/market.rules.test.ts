import { createBook } from '@offset-button/engine'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { batchOf, MARKET, openStore, place, reserve, storeDatabase } from './stores.ts'

const rules = suite('what Postgres itself refuses')
const keep = cleanUp(rules)

let client: pg.Client

/** Two offers of 100 t, and an order of one leg that holds 60 t of the first. */
rules.before(async () => {
  const { url } = keep(await storeDatabase())
  client = keep(new pg.Client(url))
  await client.connect()
  const store = keep(openStore(url))
  const epoch = await store.mintEpoch(MARKET, 'http://one.test')
  const batch = await batchOf(client, createBook(), epoch, [
    place(300, 100),
    place(310, 100),
    reserve(60),
  ])
  assert.ok(batch)
  assert.is((await store.commitBatch(batch)).kind, 'committed')
})

/** SQLSTATE and constraint of the refusal; the statement must be one. */
async function refusal(statement: string): Promise<string> {
  try {
    await client.query(statement)
  } catch (error) {
    return (error as { code: string }).code
  }
  throw new Error(`accepted: ${statement}`)
}

/** All that has to be given, without its place and who placed it. */
const ORDER_COLUMNS = `market, idempotency_key, request_hash, state, quantity, filter, max_total_minor, currency,
  projects_minor, platform_fee_minor, processing_fee_minor, total_minor, fees, consent_text, consent_language,
  hold_expires_at, created_at`
const CHECK = '23514'
const UNIQUE = '23505'
const EXCLUDED = '23P01'
const FOREIGN_KEY = '23503'
const RAISED = 'P0001'

rules('tonnes of an offer are never negative, and never more than there are', async () => {
  for (const change of [
    'reserved = -1',
    'sold = -1',
    'withdrawn = -1',
    'reserved = 101',
    'sold = 41',
    'sold = 50, withdrawn = 50',
    'quantity = 59',
    'quantity = 0, reserved = 0',
    'quantity = 101',
    'price_minor = 0',
    'vintage = 2021',
    'unit_type = 4',
  ]) {
    assert.is(await refusal(`UPDATE offer SET ${change} WHERE id = 1`), CHECK, change)
  }
})

rules('two offers never stand at the same place in the queue, nor on one earmark', async () => {
  assert.is(await refusal('UPDATE offer SET sequence = 1 WHERE id = 2'), UNIQUE)
  const same = 'UPDATE offer SET earmark = (SELECT earmark FROM offer WHERE id = 1) WHERE id = 2'
  assert.is(await refusal(same), UNIQUE)
})

rules(
  'the amounts of an order are its sum, and no more than it is captured or refunded',
  async () => {
    for (const change of [
      'total_minor = total_minor + 1',
      'captured_minor = total_minor + 1',
      'refunded_minor = 1',
      'captured_minor = 50, refunded_minor = 51',
      'quantity = 0',
    ]) {
      assert.is(await refusal(`UPDATE "order" SET ${change}`), CHECK, change)
    }
  },
)

rules('an idempotency key of a page makes one order', async () => {
  const again = `INSERT INTO "order" (id, batch_seq, position, publishable_key, ${ORDER_COLUMNS})
    SELECT 'again', 99, 0, publishable_key, ${ORDER_COLUMNS} FROM "order"`
  assert.is(await refusal(again), UNIQUE)
})

const allocate = (
  units: string,
  { state = 'live', party = 'CR', period = 2, project = 37 } = {},
) => `INSERT INTO allocation (offer, reservation, "order", leg, originating_party, unit_type,
    original_commitment_period, applicable_commitment_period, lulucf_activity, project_identifier,
    units, state)
  SELECT 1, 1, "order", number, '${party}', 5, ${period}, 2, 0, ${project}, '${units}', '${state}' FROM leg`

rules('a unit is allocated once, whatever else the block says', async () => {
  await client.query(allocate('[1000,1060)'))
  for (const overlapping of [
    allocate('[1000,1060)'),
    allocate('[1059,1070)'),
    allocate('[900,1001)'),
    allocate('[1010,1011)', { project: 75 }),
    allocate('[1000,1060)', { state: 'completed' }),
    allocate('(,)'),
  ]) {
    assert.is(await refusal(overlapping), EXCLUDED, overlapping)
  }
  assert.is(await refusal(allocate('[5,5)')), CHECK)
  await client.query(allocate('[1060,1070)'))
  await client.query(allocate('[1000,1060)', { party: 'IN' }))
  await client.query(allocate('[1000,1060)', { period: 1 }))
})

rules('a unit that was cancelled is never allocated again; one that was freed may be', async () => {
  await client.query(allocate('[2000,2010)'))
  await client.query(`UPDATE allocation SET state = 'completed' WHERE units = '[2000,2010)'`)
  assert.is(await refusal(allocate('[2005,2006)')), EXCLUDED)
  await client.query(allocate('[3000,3010)'))
  await client.query(`UPDATE allocation SET state = 'freed' WHERE units = '[3000,3010)'`)
  await client.query(allocate('[3005,3006)'))
  const revived = `UPDATE allocation SET state = 'live' WHERE units = '[3000,3010)'`
  assert.is(await refusal(revived), EXCLUDED)
})

rules('what was booked and what was done is never changed', async () => {
  const book = (key: string, amount: number, credit = 'order') => `
    INSERT INTO ledger_entry (key, "order", debit, credit, amount_minor, currency, booked_at)
    SELECT '${key}', id, 'processor', '${credit}', ${amount}, 'USD', now() FROM "order"`
  await client.query(book('one', 136))
  assert.is(await refusal(book('one', 136)), UNIQUE)
  assert.is(await refusal(book('two', 0)), CHECK)
  assert.is(await refusal(book('two', -1)), CHECK)
  assert.is(await refusal(book('two', 1, 'processor')), CHECK)
  for (const change of [
    'UPDATE ledger_entry SET amount_minor = 1',
    'DELETE FROM ledger_entry',
    'UPDATE journal SET epoch = 9',
    'DELETE FROM journal',
  ]) {
    assert.is(await refusal(change), RAISED, change)
  }
})

rules('a leg is owed for once', async () => {
  const owe = `INSERT INTO payout ("order", leg, seller, amount_minor, currency, owed_at)
    SELECT "order", number, 1, 100, 'USD', now() FROM leg`
  await client.query(owe)
  assert.is(await refusal(owe), UNIQUE)
})

rules('what hangs together is not torn apart', async () => {
  for (const table of ['publishable_key', 'holding_account', 'offer', '"order"', 'leg']) {
    assert.is(await refusal(`DELETE FROM ${table}`), RAISED, table)
    assert.is(await refusal(`TRUNCATE ${table} CASCADE`), RAISED, table)
  }
  assert.is(await refusal('DELETE FROM earmark'), FOREIGN_KEY)
  assert.is(await refusal("UPDATE reservation SET state = 'lost'"), CHECK)
})

rules.run()
