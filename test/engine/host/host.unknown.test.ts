import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { audit } from './models/audit.ts'
import { eventsOf, place, reserve, Scene, submission, TTL_MS, watch } from './models/scene.ts'

const it = suite('a host whose commits are lost')

for (const lost of ['before', 'after'] as const) {
  it(`an unknown outcome is never sent again (lost ${lost} it took effect)`, async () => {
    const scene = new Scene()
    const { node, host } = await scene.holder()
    node.next('commit', { lost })
    const result = await scene.settle(host, [place(100)], 'lost')
    assert.is(result.kind, 'unknown')
    await scene.world.run(10 * TTL_MS)
    assert.is(node.sent('commit'), 1)
    assert.equal(scene.store.writes(), lost === 'after' ? ['lost'] : [])
  })
}

it('a commit that landed although its reply was lost is seen after the rebuild', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.next('commit', { lost: 'after' })
  await scene.settle(host, [place(100)])
  const events = eventsOf(await scene.settle(host, [reserve(100)]))
  assert.is(events[0]?.kind, 'Reserved')
  assert.is(host.batchSeq(), 2)
  audit(scene.store)
})

it('what was lost before it took effect is gone after the rebuild', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.next('commit', { lost: 'before' })
  await scene.settle(host, [place(100)])
  assert.is((await scene.settle(host, [reserve(100)])).kind, 'rejected')
  assert.equal(eventsOf(await scene.settle(host, [place(5)])), [
    { kind: 'OfferPlaced', offer: 1, sequence: 1 },
  ])
  audit(scene.store)
})

it('a commit given up as unknown that travels on is fenced after the rebuild', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  await scene.settle(host, [place(100)])
  node.next('commit', { failsAfterMs: 5, thereMs: 500 })
  const late = watch(host.submit(submission([reserve(100)], 'late')))
  await scene.world.run(20)
  assert.is(late.result?.kind, 'unknown')
  assert.is((await scene.settle(host, [reserve(100)], 'in time')).kind, 'committed')
  await scene.world.run(1000)
  assert.equal(scene.store.writes(), ['in time'])
  audit(scene.store)
})

it('after an unknown outcome an epoch is minted again before the book is read', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.next('commit', { lost: 'after' })
  await scene.settle(host, [place(100)])
  await scene.world.run(10)
  assert.is(host.state(), 'holding')
  assert.is(host.epoch(), 2)
})

it('a commit between the mint and the read is fenced: the bump comes first', async () => {
  const scene = new Scene()
  const old = await scene.holder('a')
  await scene.settle(old.host, [place(100)])
  // The old holder's commit lands after the first call of the new one, and before its second.
  old.node.next('commit', { thereMs: 150 })
  const late = watch(old.host.submit(submission([reserve(100)])))
  await scene.world.run(1)
  old.node.pause()
  scene.lease.flush()
  const { host, node } = scene.start('b')
  for (const call of ['mint', 'read'] as const) node.next(call, { thereMs: 100, backMs: 1 })
  await scene.world.run(300)
  assert.is(host.state(), 'holding')
  assert.is((await scene.settle(host, [reserve(100)])).kind, 'committed')
  old.node.resume()
  await scene.world.run(10)
  assert.is(late.result?.kind, 'unavailable')
  audit(scene.store)
})

it('in a batch of unknown outcome a refusal is not told', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  await scene.settle(host, [place(100)])
  node.next('commit', { lost: 'before' })
  const first = watch(host.submit(submission([reserve(100)])))
  const second = watch(host.submit(submission([reserve(100)])))
  await scene.world.run(10)
  assert.is(first.result?.kind, 'unknown')
  assert.is(second.result?.kind, 'unavailable')
})

it('what waits behind an unknown outcome is served after the rebuild', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.next('commit', { lost: 'before', backMs: 50 })
  watch(host.submit(submission([place(1)])))
  await scene.world.run(5)
  const waiting = watch(host.submit(submission([place(2)])))
  assert.is(
    host.read((book) => book.depth().length),
    0,
  )
  await scene.world.run(100)
  assert.is(waiting.result?.kind, 'committed')
})

it('a commit that never answers counts as unknown', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a', { answerTimeoutMs: 500 })
  node.next('commit', { backMs: Number.POSITIVE_INFINITY })
  const pending = watch(host.submit(submission([place(100)])))
  await scene.world.run(499)
  assert.is(pending.result, undefined)
  await scene.world.run(20)
  assert.is(pending.result?.kind, 'unknown')
  assert.is(host.state(), 'holding')
  assert.is(
    host.read((book) => book.depth().length),
    1,
  )
})

it('reading the book may take longer than any other call', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a', { answerTimeoutMs: 500, readTimeoutMs: 5_000 })
  node.next('commit', { lost: 'after' })
  node.next('read', { backMs: 4_000 })
  watch(host.submit(submission([place(100)])))
  await scene.world.run(3_900)
  assert.is(host.state(), 'rebuilding')
  await scene.world.run(200)
  assert.is(host.state(), 'holding')
})

it('nothing is readable while the book is rebuilt', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder()
  node.next('commit', { lost: 'after' })
  node.next('read', { thereMs: 100 })
  const pending = watch(host.submit(submission([place(100)])))
  await scene.world.run(50)
  assert.is(pending.result?.kind, 'unknown')
  assert.is(host.state(), 'rebuilding')
  assert.is(
    host.read((book) => book),
    null,
  )
})

it('rows that break the rules of a book are not sold from', async () => {
  const scene = new Scene()
  const first = await scene.holder('a')
  await scene.settle(first.host, [place(100)])
  const offer = scene.store.offers.get(1)
  assert.ok(offer)
  scene.store.offers.set(1, { ...offer, availableTonnes: 101 })
  first.node.next('commit', { lost: 'before' })
  await scene.settle(first.host, [place(1)])
  await scene.world.run(3 * TTL_MS)
  assert.is.not(first.host.state(), 'holding')
  assert.ok(first.logged.includes('host.notRebuilt'))
})

it.run()
