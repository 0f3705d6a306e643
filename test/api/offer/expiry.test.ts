import type { Market, Offer, Quote } from '@offset-button/contract'
import { createBook } from '@offset-button/engine'
import { startHost } from '@offset-button/engine-host'
import { systemClock } from '@offset-button/engine-host/clock-system'
import { postgresLease } from '@offset-button/engine-host/lease-postgres'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectPool, openDatabase } from '../../../api/database/database.ts'
import type { MarketWrite } from '../../../api/market/market.write.ts'
import { expireOffers } from '../../../api/offer/expiry.job.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared } from '../http/declared.ts'
import { batchOf, MARKET, openStore, place, reserve, storeDatabase } from '../market/stores.ts'
import { issue } from './units.ts'

const expiry = suite('offers whose units have expired')
const keep = cleanUp(expiry)

const BEFORE = Date.UTC(2020, 11, 31, 23, 59, 59, 999)
const AFTER = Date.UTC(2021, 0, 1)

/** A host on Postgres, with an offer each of CER, tCER and lCER of the first period, and a tCER of the second. */
async function scene() {
  const { url } = keep(await storeDatabase())
  const client = new pg.Client(url)
  await client.connect()
  keep(client)
  const store = keep(openStore(url))
  const lease = keep(
    postgresLease({ connectionString: url, ttlMs: 5_000, commandTimeoutMs: 2_000 }),
  )
  const host = startHost<MarketWrite>({
    market: MARKET,
    holder: 'http://one.test',
    lease,
    store,
    clock: systemClock,
  })
  keep({ close: () => host.stop() })
  const db = openDatabase(connectPool(url, 'offset-button test', 2))
  keep({ close: () => db.destroy() })
  await host.ready()
  for (const [index, [unitType, period]] of KINDS.entries()) {
    await client.query(
      `INSERT INTO earmark (reference, seller, holding_account, request_hash, state)
         VALUES ($1, 1, 1, '', 'sent')`,
      [`e-${index}`],
    )
    const placed = place(300 + index, 10)
    assert.is(placed.kind, 'PlaceOffer')
    const attributes = { ...(placed as { attributes: object }).attributes, unitType }
    const result = await host.submit({
      commands: [{ ...placed, attributes } as typeof placed],
      write: () => ({
        kind: 'offer',
        holdingAccount: 1,
        project: 1,
        earmark: `e-${index}`,
        blocks: [],
        originalCommitmentPeriod: period,
        applicableCommitmentPeriod: period,
      }),
    })
    assert.is(result.kind, 'committed')
  }
  const look = (now: number) =>
    expireOffers({ db, host, market: MARKET, clock: { ...systemClock, now: () => now } })
  const expired = async () =>
    (await client.query<{ id: string }>('SELECT id FROM offer WHERE expired ORDER BY id')).rows.map(
      ({ id }) => Number(id),
    )
  return { client, host, look, expired }
}

const KINDS = [
  [5, 1],
  [6, 1],
  [7, 1],
  [6, 2],
  [6, 1],
] as const

expiry('only a tCER of the first period expires, with the end of the second', async () => {
  const { host, look, expired } = await scene()
  assert.is(await look(BEFORE), 0)
  assert.equal(await expired(), [])
  assert.is(await look(AFTER), 2)
  assert.equal(await expired(), [2, 5])
  assert.equal(
    host.read((book) => book.depth().map((level) => level.priceMinor)),
    [300, 302, 303],
  )
})

expiry('an offer expires once, a withdrawn one never', async () => {
  const { host, look, expired } = await scene()
  await host.submit({ commands: [{ kind: 'WithdrawOffer', offer: 5 }] })
  assert.is(await look(AFTER), 1)
  assert.is(await look(AFTER), 0)
  assert.equal(await expired(), [2])
})

expiry('a host that does not hold the market leaves it to the one that does', async () => {
  const { host, look, expired } = await scene()
  await host.stop()
  assert.is(await look(AFTER), 0)
  assert.equal(await expired(), [])
})

expiry(
  'the store keeps an expiry, and a batch of a node that knows of none keeps it too',
  async () => {
    const { url } = keep(await storeDatabase())
    const client = new pg.Client(url)
    await client.connect()
    keep(client)
    const store = keep(openStore(url))
    const epoch = await store.mintEpoch(MARKET, 'http://one.test')
    const book = createBook()
    const commit = async (...commands: Parameters<typeof batchOf>[3]) => {
      const batch = await batchOf(client, book, epoch, commands)
      assert.ok(batch)
      return batch
    }
    await store.commitBatch(await commit(place(300, 100), reserve(40)))
    await store.commitBatch(await commit({ kind: 'ExpireOffer', offer: 1 }))
    const read = async () => [...(await store.readBook(MARKET)).book.offers][0]
    assert.is((await read())?.expired, true)
    const released = await commit({ kind: 'ReleaseReservation', reservation: 1 })
    const older = {
      ...released,
      offers: released.offers.map(
        ({ expired: _, ...state }) => state as (typeof released.offers)[0],
      ),
    }
    await store.commitBatch(older)
    assert.equal([(await read())?.expired, (await read())?.availableTonnes], [true, 100])
  },
)

expiry('an expired offer is off the market, says so, and can be withdrawn', async () => {
  const stack = keep(await startStack())
  const { sellers } = await openMarket(stack, [{ seller: 0, quantity: 500, priceMinor: 400 }])
  const [seller] = sellers
  assert.ok(seller)
  const api: Declared = await declared(stack.url)
  const block = await issue(stack, { account: seller.account, quantity: 100, unitType: 6 })
  const { body: placed } = await api.send<Offer>('POST', '/v1/offers', {
    key: seller.key,
    body: { holding_account: seller.account, blocks: [block], price_minor: 200 },
  })
  const market = async () => (await api.send<Market>('GET', '/v1/market', { key: PAGE_KEY })).body
  assert.is((await market()).best_price_minor, 200)

  // As if it had been placed before its units expired.
  const client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
  await client.query('UPDATE offer SET original_commitment_period = 1 WHERE id = $1', [placed.id])
  await stack.apiProcess.stop()
  await stack.restartApi()
  const mine = async () =>
    (await api.send<Offer>('GET', `/v1/offers/${placed.id}`, { key: seller.key })).body
  const until = Date.now() + 10_000
  while ((await mine()).state !== 'expired' && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal([(await mine()).state, (await mine()).available_tonnes], ['expired', 100])
  const { available_tonnes, best_price_minor, offers } = await market()
  assert.equal([available_tonnes, best_price_minor, offers], [500, 400, 1])
  const { body } = await api.send<Quote>('POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { quantity_tonnes: 10 },
  })
  assert.equal(
    body.fills.map((fill) => fill.price_minor),
    [400],
  )
  const withdrawn = await api.send<Offer>('POST', `/v1/offers/${placed.id}/withdraw`, {
    key: seller.key,
  })
  assert.equal([withdrawn.body.state, withdrawn.body.withdrawn_tonnes], ['withdrawn', 100])
})

expiry.run()
