import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectPool, type Db, openDatabase } from '../../../api/database/database.ts'
import { explainReserve, isLongBefore } from '../../../api/order/order.replay.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { MARKET, place, reserve, storeDatabase } from '../market/stores.ts'

const replays = suite('replaying the journal to explain an order')
const keep = cleanUp(replays)

const OFFERS = 11_000

let db: Db

/** Offers of one tonne, dearest first, two a batch; then a reserve of 700 t, and one more offer. */
replays.before(async () => {
  const { url } = keep(await storeDatabase())
  const client = keep(new pg.Client(url))
  await client.connect()
  await client.query(
    `INSERT INTO journal (market, batch_seq, position, epoch, command, event)
      SELECT $1, 1 + n / 2, n % 2, 1, $2::jsonb || jsonb_build_object('priceMinor', $3 - n), '{}'
      FROM generate_series(0, $3 - 1) n`,
    [MARKET, JSON.stringify(place(1, 1)), OFFERS],
  )
  for (const [batch, command] of [
    [OFFERS, reserve(700)],
    [OFFERS + 1, place(1, 1)],
  ] as const) {
    await client.query(
      `INSERT INTO journal (market, batch_seq, position, epoch, command, event)
        VALUES ($1, $2, 0, 1, $3, '{}')`,
      [MARKET, batch, JSON.stringify(command)],
    )
  }
  db = openDatabase(connectPool(url, 'offset-button test', 2))
  keep({ close: () => db.destroy() })
})

const at = (batchSeq: number, position = 0) => ({ market: MARKET, batchSeq, position })

replays('every command before it counts, over all pages, and none after it', async () => {
  const explained = await explainReserve(db, at(OFFERS))
  assert.ok(explained && 'fills' in explained.answer)
  assert.equal(
    explained.answer.fills.map((fill) => [fill.offer, fill.priceMinor]),
    Array.from({ length: 700 }, (_, index) => [OFFERS - index, 1 + index]),
  )
})

replays('where there is no reserve there is nothing to explain', async () => {
  assert.is(await explainReserve(db, at(OFFERS + 1)), undefined)
  assert.is(await explainReserve(db, at(1)), undefined)
})

replays('what lies before a place is counted up to the most that is allowed', async () => {
  assert.is(await isLongBefore(db, at(OFFERS), OFFERS), false)
  assert.is(await isLongBefore(db, at(OFFERS), OFFERS - 1), true)
  assert.is(await isLongBefore(db, at(1, 1), 1), false)
  assert.is(await isLongBefore(db, at(1, 1), 0), true)
})

replays.run()
