import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { audit } from './models/audit.ts'
import {
  commit,
  eventsOf,
  place,
  release,
  reserve,
  Scene,
  submission,
  watch,
} from './models/scene.ts'

const it = suite('a host serves')

it('nothing is answered, told or readable before its commit', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  const told: number[] = []
  host.onCommit((batchSeq) => told.push(batchSeq))
  node.next('commit', { thereMs: 10, backMs: 10 })
  const pending = watch(host.submit(submission([place(100)])))

  await scene.world.run(19)
  assert.is(scene.store.journal.length, 1)
  assert.is(pending.result, undefined)
  assert.equal(told, [])
  assert.equal(
    host.read((book) => book.depth()),
    [],
  )
  assert.is(host.batchSeq(), 0)

  await scene.world.run(1)
  assert.is(pending.result?.kind, 'committed')
  assert.equal(told, [1])
  assert.is(
    host.read((book) => book.depth()[0]?.quantityTonnes),
    100,
  )
  assert.is(host.batchSeq(), 1)
})

it('one batch is in flight; what comes meanwhile goes together with the next', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.trips = () => ({ thereMs: 10, backMs: 10 })
  host.submit(submission([place(1)]))
  await scene.world.run(5)
  for (const tonnes of [2, 3, 4]) {
    host.submit(submission([place(tonnes)]))
    await scene.world.run(4)
  }
  assert.is(node.sent('commit'), 1)
  await scene.world.run(100)
  assert.equal(
    scene.store.journal.map((batch) => batch.journal.length),
    [1, 3],
  )
  audit(scene.store)
})

it('submissions of one moment share a batch of a bounded size', async () => {
  const scene = new Scene()
  const { host } = await scene.holder('a', { maxBatch: 4 })
  for (let tonnes = 1; tonnes <= 10; tonnes++) host.submit(submission([place(tonnes)]))
  await scene.world.run(20)
  assert.equal(
    scene.store.journal.map((batch) => batch.journal.length),
    [4, 4, 2],
  )
})

it('the order of commits is (batch_seq, position), which is the order of submitting', async () => {
  const scene = new Scene()
  const { host } = await scene.holder('a', { maxBatch: 3 })
  const names = ['one', 'two', 'three', 'four', 'five']
  const pending = names.map((name, index) =>
    watch(host.submit(submission([place(index + 1), place(index + 1)], name))),
  )
  await scene.world.run(20)
  assert.equal(
    pending.map(({ result }) => result?.kind === 'committed' && result.place),
    [
      { batchSeq: 1, position: 0 },
      { batchSeq: 1, position: 2 },
      { batchSeq: 1, position: 4 },
      { batchSeq: 2, position: 0 },
      { batchSeq: 2, position: 2 },
    ],
  )
  assert.equal(scene.store.writes(), names)
  audit(scene.store)
})

it('what is stored with a submission is built from its events and goes with its place', async () => {
  const scene = new Scene()
  const { host } = await scene.holder()
  await scene.settle(host, [place(100)])
  const result = host.submit({
    commands: [reserve(10), reserve(20)],
    write: (events) => events.map((event) => event.kind).join(),
  })
  await scene.world.run(10)
  assert.is((await result).kind, 'committed')
  assert.equal(scene.store.journal[1]?.writes, [{ position: 0, write: 'Reserved,Reserved' }])
})

it('a refusal takes no place and stores nothing', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  const result = await scene.settle(host, [reserve(10)], 'refused')
  assert.is(result.kind, 'rejected')
  assert.is(node.sent('commit'), 0)
  assert.equal(scene.store.writes(), [])
})

it('a refusal that rests on a batch in flight is told after its commit', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  await scene.settle(host, [place(100)])
  node.next('commit', { thereMs: 10, backMs: 10 })
  watch(host.submit(submission([reserve(100)])))
  const second = watch(host.submit(submission([reserve(100)])))
  await scene.world.run(19)
  assert.is(second.result, undefined)
  await scene.world.run(1)
  assert.is(second.result?.kind, 'rejected')
})

it('a submission with an ended or unknown reservation is refused before anything is applied', async () => {
  const scene = new Scene()
  const { host } = await scene.holder()
  await scene.settle(host, [place(100)])
  await scene.settle(host, [reserve(10)])
  await scene.settle(host, [reserve(20)])
  await scene.settle(host, [release(2)])
  for (const [reservation, reason] of [
    [2, 'ReservationEnded'],
    [99, 'UnknownReservation'],
  ] as const) {
    const result = await scene.settle(host, [commit(1), release(reservation)])
    assert.equal(result, { kind: 'rejected', rejected: { kind: 'Rejected', reason }, index: 1 })
  }
  const movedBack = { kind: 'ExtendReservation', reservation: 1, expiresAt: 0 } as const
  const result = await scene.settle(host, [movedBack, release(2)])
  assert.is(result.kind === 'rejected' && result.index, 1, 'also before another refusal')
  assert.is(scene.store.reservations.get(1)?.status, 'held')
  assert.is((await scene.settle(host, [commit(1)])).kind, 'committed')
  audit(scene.store)
})

it('a submission refused halfway leaves nothing behind, and its neighbours keep their order', async () => {
  const scene = new Scene()
  const { host } = await scene.holder('a', { maxBatch: 3 })
  await scene.settle(host, [place(100)])
  await scene.settle(host, [reserve(10)])
  const pending = [
    submission([place(50)], 'before'),
    submission([place(70), release(1), release(1)], 'halfway'),
    submission([reserve(140)], 'after'),
    submission([release(1)], 'last'),
  ].map((one) => watch(host.submit(one)))
  await scene.world.run(20)
  assert.equal(
    pending.map(({ result }) => result?.kind),
    ['committed', 'rejected', 'committed', 'committed'],
  )
  const halfway = pending[1]?.result
  assert.is(halfway?.kind === 'rejected' && halfway.index, 2)
  assert.equal(scene.store.writes(), ['before', 'after', 'last'])
  assert.equal(
    [...scene.store.offers.values()].map((offer) => offer.quantityTonnes),
    [100, 50],
  )
  audit(scene.store)
})

it('a submission at fault fails alone and leaves nothing behind', async () => {
  const scene = new Scene()
  const { host } = await scene.holder()
  const throwing = {
    commands: [place(50)] as const,
    write: (): string => {
      throw new Error('no such order')
    },
  }
  const faulty = watch(host.submit(throwing))
  const good = watch(host.submit(submission([place(100)])))
  await scene.world.run(20)
  assert.is((faulty.error as Error).message, 'no such order')
  assert.is(good.result?.kind, 'committed')
  assert.is(
    host.read((book) => book.depth()[0]?.quantityTonnes),
    100,
  )
  audit(scene.store)
})

it('a batch holds the last state of everything it touched, also of what ended in it', async () => {
  const scene = new Scene()
  const { host } = await scene.holder()
  await scene.settle(host, [place(30)])
  await scene.settle(host, [place(40)])
  await scene.settle(host, [reserve(70)])
  await scene.settle(host, [commit(1), commit(2)])
  assert.equal(
    [...scene.store.offers.values()].map((offer) => offer.soldTonnes),
    [30, 40],
  )
  assert.equal(
    [...scene.store.reservations.values()].map((held) => held.status),
    ['committed', 'committed'],
  )
  audit(scene.store)
})

it('a listener that throws disturbs nobody, and one that stopped listening hears nothing', async () => {
  const scene = new Scene()
  const { host, logged } = await scene.holder()
  const told: string[] = []
  host.onCommit(() => {
    throw new Error('not now')
  })
  const stopListening = host.onCommit((_, events) => told.push(...events.map(({ kind }) => kind)))
  assert.is((await scene.settle(host, [place(1), place(2)])).kind, 'committed')
  stopListening()
  assert.is((await scene.settle(host, [place(3)])).kind, 'committed')
  assert.equal(told, ['OfferPlaced', 'OfferPlaced'])
  assert.ok(logged.includes('listener.threw'))
})

it('a full queue is unavailable at once', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a', { maxWaiting: 2 })
  node.next('commit', { thereMs: 100 })
  const pending = [watch(host.submit(submission([place(1)])))]
  await scene.world.run(1)
  for (const tonnes of [2, 3, 4]) pending.push(watch(host.submit(submission([place(tonnes)]))))
  await scene.world.run(1)
  assert.is(pending[3]?.result?.kind, 'unavailable')
  await scene.world.run(200)
  assert.equal(
    pending.map(({ result }) => result?.kind),
    ['committed', 'committed', 'committed', 'unavailable'],
  )
})

it('a book goes on where it stopped, whoever holds it', async () => {
  const scene = new Scene()
  const first = await scene.holder('a')
  await scene.settle(first.host, [place(100)])
  await scene.settle(first.host, [reserve(30)])
  const stopped = first.host.stop()
  await scene.world.run(10)
  await stopped
  const second = await scene.holder('b')
  const events = eventsOf(await scene.settle(second.host, [reserve(70)]))
  assert.equal(events[0]?.kind === 'Reserved' && events[0].fills[0]?.reservation, 2)
  assert.is(second.host.batchSeq(), 3)
  assert.is(second.host.epoch(), 2)
  audit(scene.store)
})

it.run()
