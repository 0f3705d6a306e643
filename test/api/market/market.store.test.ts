import { type Book, type Command, createBook, type StoredState } from '@offset-button/engine'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NEVER } from '../../../api/market/market.write.ts'
import { CommandGenerator } from '../../engine/generator.ts'
import { breakableLink } from '../../engine/host/breakable-link.ts'
import { ModelStore } from '../../engine/host/models/model-store.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { batchOf, MARKET, openStore, place, reserve, SELLERS, storeDatabase } from './stores.ts'

const stores = suite('the store of the market on Postgres')
// After each test, as all of them together would have more connections open than Postgres takes.
const keep = cleanUp({ after: stores.after.each })

/** A database, a node that holds the market, and a look behind it. */
async function scene() {
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
    return store.commitBatch(batch)
  }
  const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await client.query<Row>(text, values)).rows
  return { url, client, store, epoch, book, commit, rows }
}

const sorted = ({ offers, reservations, ...next }: StoredState) => ({
  ...next,
  offers: [...offers].sort((one, other) => one.offer - other.offer),
  reservations: reservations.toSorted((one, other) => one.reservation - other.reservation),
})

async function sameAs(book: Book, store: ReturnType<typeof openStore>) {
  const read = await store.readBook(MARKET)
  assert.equal(sorted(read.book), sorted(book.state()))
  return read.batchSeq
}

stores('what is committed is what is read', async () => {
  const { store, book, commit } = await scene()
  assert.equal(await commit(place(378, 5_000, 1), place(308, 872, 2)), {
    kind: 'committed',
    batchSeq: 1,
  })
  assert.equal(await commit(reserve(1_000)), { kind: 'committed', batchSeq: 2 })
  assert.is(await sameAs(book, store), 2)
  const quote = { quantityTonnes: 4_000, allOrNone: true }
  const { book: read } = await store.readBook(MARKET)
  assert.equal(createBook({}, read).quote(quote), book.quote(quote))
})

stores('what follows a placing in the same batch is stored with it', async () => {
  const { store, book, commit } = await scene()
  await commit(
    place(300, 100),
    place(310, 100),
    place(320, 100),
    place(330, 100),
    reserve(60),
    { kind: 'AmendOffer', offer: 2, priceMinor: 290, quantityTonnes: 80 },
    { kind: 'WithdrawOffer', offer: 3 },
  )
  await sameAs(book, store)
})

stores('a hold without end is read as one', async () => {
  const { store, book, commit } = await scene()
  await commit(place(300, 100))
  await commit(reserve(60))
  await commit({ kind: 'ExtendReservation', reservation: 1, expiresAt: NEVER })
  await sameAs(book, store)
})

stores('Postgres and the model in memory go the same way through any history', async () => {
  for (const seed of [1, 2, 3]) {
    const { client, store, epoch, book, rows } = await scene()
    const model = new ModelStore()
    model.mintEpoch(MARKET, 'http://one.test')
    const generator = new CommandGenerator(seed, {
      prices: 4,
      huge: false,
      placing: 3,
      maxFills: 9,
    })
    const offered = new Map<number, number>()
    for (let step = 0; step < 120; step++) {
      const command = generator.next()
      if (command.kind === 'PlaceOffer') {
        const { attributes } = place(1, 1) as { attributes: object }
        Object.assign(command, { attributes, seller: 1 + (step % SELLERS) })
      }
      // More than was earmarked is refused before it reaches the book.
      if (
        command.kind === 'AmendOffer' &&
        (command.quantityTonnes ?? 0) > (offered.get(command.offer) ?? 0)
      )
        continue
      const batch = await batchOf(client, book, epoch, [command])
      if (!batch) continue
      const [entry] = batch.journal
      assert.ok(entry)
      generator.observe(entry.event)
      if (entry.event.kind === 'OfferPlaced' && command.kind === 'PlaceOffer') {
        offered.set(entry.event.offer, command.quantityTonnes)
      }
      assert.equal(await store.commitBatch(batch), model.commitBatch(batch))
    }
    const { book: read, batchSeq } = await store.readBook(MARKET)
    assert.equal(sorted(read), sorted(model.readBook(MARKET).book), `seed ${seed}`)
    assert.ok(batchSeq > 40, `only ${batchSeq} batches`)
    const journal = await rows<{ batch_seq: string; position: number }>(
      'SELECT batch_seq, position FROM journal ORDER BY batch_seq, position',
    )
    assert.equal(
      journal.map((entry) => [Number(entry.batch_seq), entry.position]),
      Array.from({ length: batchSeq }, (_, index) => [index + 1, 0]),
    )
  }
})

stores('an earlier epoch commits nothing, and neither does one that was never minted', async () => {
  const { url, client, store, epoch, book, commit, rows } = await scene()
  await commit(place(300, 100))
  // So that the first node's connection lives on, and only the fence stands between.
  await rows('UPDATE market SET holder_pid = NULL')
  const other = keep(openStore(url))
  assert.is(await other.mintEpoch(MARKET, 'http://two.test'), epoch + 1)
  for (const wrong of [epoch, epoch - 1, epoch + 2]) {
    const batch = await batchOf(client, createBook({}, book.state()), wrong, [reserve(10)])
    assert.ok(batch)
    assert.equal(await store.commitBatch(batch), { kind: 'fenced' })
  }
  const { batchSeq, book: read } = await other.readBook(MARKET)
  assert.is(batchSeq, 1)
  assert.equal(sorted(read), sorted(book.state()))
  assert.equal(await rows('SELECT 1 FROM "order"'), [])
})

stores('a commit that was on the wire while the market was taken over is fenced', async () => {
  const { url, client, commit, rows } = await scene()
  await commit(place(300, 100))
  const link = keep(await breakableLink(url))
  const slow = keep(openStore(link.url))
  const epoch = await slow.mintEpoch(MARKET, 'http://slow.test')
  const { book } = await slow.readBook(MARKET)
  const batch = await batchOf(client, createBook({}, book), epoch, [reserve(100)])
  assert.ok(batch)
  link.delay()
  const late = slow.commitBatch(batch)
  // So that its backend lives on to hear it, and only the fence stands between.
  await rows('UPDATE market SET holder_pid = NULL')
  const other = keep(openStore(url))
  const next = await other.mintEpoch(MARKET, 'http://two.test')
  const sold = await batchOf(client, createBook({}, book), next, [reserve(100)])
  assert.ok(sold)
  assert.equal(await other.commitBatch(sold), { kind: 'committed', batchSeq: 2 })
  link.mend()
  assert.equal(await late, { kind: 'fenced' })
  assert.equal(await rows('SELECT reserved FROM offer'), [{ reserved: '100' }])
})

stores('whoever takes the market over ends the backend of the holder before', async () => {
  const { url, client, store, book, epoch, rows } = await scene()
  const pid = (await rows<{ pid: number }>('SELECT holder_pid AS pid FROM market'))[0]?.pid
  const isAlive = async () =>
    (await rows('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).length === 1
  assert.ok(await isAlive())
  const other = keep(openStore(url))
  await other.mintEpoch(MARKET, 'http://two.test')
  for (let tries = 0; (await isAlive()) && tries < 40; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.not.ok(await isAlive(), 'the old backend lives on')
  const batch = await batchOf(client, book, epoch, [place(300, 100)])
  assert.ok(batch)
  const said = await store.commitBatch(batch).catch(() => store.commitBatch(batch))
  assert.equal(said, { kind: 'fenced' })
})

stores('a backend that only has the same number is left alone', async () => {
  const { url, rows } = await scene()
  const bystander = new pg.Client({ connectionString: url, application_name: 'bystander' })
  await bystander.connect()
  keep(bystander)
  const self = await bystander.query('SELECT pg_backend_pid() AS pid')
  const { pid } = self.rows[0]
  for (const start of [
    "'2020-01-01'",
    '(SELECT backend_start FROM pg_stat_activity WHERE pid = $1)',
  ]) {
    const values = start.includes('$1') ? [pid] : []
    await rows(
      `UPDATE market SET holder_pid = ${Number(pid)}, holder_backend_start = ${start}`,
      values,
    )
    const other = keep(openStore(url))
    await other.mintEpoch(MARKET, 'http://two.test')
    assert.is((await bystander.query('SELECT 1 AS one')).rows[0].one, 1)
  }
})

stores('epochs are minted one after another, however many want one', async () => {
  const { url, epoch, rows } = await scene()
  const others = Array.from({ length: 6 }, () => keep(openStore(url)))
  const minted = await Promise.all(
    others.map((other, index) =>
      other.mintEpoch(MARKET, `http://node-${index}.test`).catch(() => null),
    ),
  )
  const given = minted.filter((one) => one !== null).toSorted((one, other) => one - other)
  assert.is(new Set(given).size, given.length)
  assert.is(given.at(-1), epoch + 6)
  const [market] = await rows<{ epoch: string }>('SELECT epoch FROM market')
  assert.is(Number(market?.epoch), epoch + 6)
})

stores('a batch that the database refuses leaves nothing behind', async () => {
  const { client, store, epoch, book, commit, rows } = await scene()
  await commit(place(300, 100), place(310, 100))
  const batch = await batchOf(client, book, epoch, [place(320, 100), reserve(50)])
  assert.ok(batch)
  const oversold = batch.offers.map((offer) => ({ ...offer, reservedTonnes: 101 }))
  try {
    await store.commitBatch({ ...batch, offers: oversold })
    assert.unreachable('sold more than there is')
  } catch (error) {
    assert.is((error as { code?: string }).code, '23514')
  }
  assert.equal(await rows('SELECT id FROM "order"'), [])
  assert.is((await rows('SELECT id FROM offer')).length, 2)
  assert.equal(
    (await rows<{ batch_seq: string }>('SELECT batch_seq FROM market'))[0]?.batch_seq,
    '1',
  )
  assert.equal(await store.commitBatch(batch), { kind: 'committed', batchSeq: 2 })
})

stores('a batch that changes an offer that is not there is refused', async () => {
  const { client, store, epoch, book, commit, rows } = await scene()
  await commit(place(300, 100), place(310, 100))
  for (const command of [reserve(50), { kind: 'WithdrawOffer', offer: 1 } as const]) {
    const batch = await batchOf(client, book, epoch, [command])
    assert.ok(batch)
    const astray = batch.offers.map((offer) => ({ ...offer, offer: 1_000 }))
    const journal = batch.journal.map((entry) =>
      command.kind === 'Reserve'
        ? entry
        : {
            ...entry,
            event: { kind: 'OfferWithdrawn', offer: 1_000, withdrawnTonnes: 50 } as const,
          },
    )
    const reservations = batch.reservations.map((state) => ({ ...state, offer: 1_000 }))
    const said = await store
      .commitBatch({ ...batch, offers: astray, journal, reservations })
      .catch((error: { code?: string }) => error.code)
    assert.is(said, '23503')
  }
  assert.equal(await rows('SELECT id FROM "order"'), [])
})

stores('a batch that names a key, an order or a fill that is not there is refused', async () => {
  const { client, store, epoch, book, commit, rows } = await scene()
  await commit(place(300, 100), reserve(10))
  const [before] = await rows<{ id: string }>('SELECT id FROM "order"')
  const batch = await batchOf(client, book, epoch, [reserve(50)])
  const [placed] = batch?.writes ?? []
  assert.ok(batch && placed?.write.kind === 'order')
  const { order, reservations } = placed.write
  const withoutKey = { ...placed.write, order: { ...order, publishableKey: 999 } }
  const replacement = { kind: 'replacement' as const, replaced: 1, firstLeg: 2, reservations }
  const withoutOrder = { ...replacement, order: 'nobody' }
  const withoutFill = { ...replacement, order: before?.id ?? '', replaced: 99 }
  for (const write of [withoutKey, withoutOrder, withoutFill]) {
    const said = await store
      .commitBatch({ ...batch, writes: [{ position: 0, write }] })
      .catch((error: { code?: string }) => error.code)
    assert.is(said, '23503')
  }
  assert.equal(await rows('SELECT id FROM reservation'), [{ id: '1' }])
})

stores('a batch that ends a fill that is not held is refused', async () => {
  const { client, store, epoch, book, commit, rows } = await scene()
  await commit(place(300, 100), reserve(10), reserve(20))
  const release = { kind: 'ReleaseReservation' as const, reservation: 1 }
  await commit(release)
  const batch = await batchOf(client, book, epoch, [{ ...release, reservation: 2 }])
  assert.ok(batch)
  for (const reservation of [1, 99]) {
    const reservations = batch.reservations.map((state) => ({ ...state, reservation }))
    const said = await store
      .commitBatch({ ...batch, reservations })
      .catch((error: { code?: string }) => error.code)
    assert.is(said, '23503')
  }
  assert.is((await store.commitBatch(batch)).kind, 'committed')
  assert.equal(await rows('SELECT id, state FROM reservation ORDER BY id'), [
    { id: '1', state: 'released' },
    { id: '2', state: 'released' },
  ])
})

stores('a market that does not exist is neither minted nor read', async () => {
  const { store } = await scene()
  for (const attempt of [
    () => store.mintEpoch('eur', 'http://one.test'),
    () => store.readBook('eur'),
  ]) {
    const said = await attempt().then(
      () => 'done',
      (error: Error) => error.message,
    )
    assert.is(said, 'no market eur')
  }
})

stores(
  'offers keep their own attributes, also where amended ones are like or unlike others',
  async () => {
    const { store, book, commit } = await scene()
    const older = place(330, 100) as Extract<Command, { kind: 'PlaceOffer' }>
    const { attributes } = older
    await commit(place(300, 100), place(310, 100), place(320, 100))
    await commit({ ...older, attributes: { ...attributes, vintage: 2013 } })
    await sameAs(book, store)
    await commit({ kind: 'AmendOffer', offer: 2, attributes: { ...attributes, methodology: 9 } })
    await sameAs(book, store)
    await commit({ kind: 'AmendOffer', offer: 4, attributes })
    await sameAs(book, store)
  },
)

stores.run()
