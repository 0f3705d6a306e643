import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { audit } from './models/audit.ts'
import {
  MARKET,
  place,
  release,
  reserve,
  Scene,
  submission,
  TTL_MS,
  watch,
} from './models/scene.ts'
import type { Call } from './models/simulated-node.ts'

const it = suite('a host and its lease')

it('a paused host whose lease ran out is fenced, and follows', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  const other = scene.start('b')
  await scene.settle(host, [place(100)])
  // Its batch is on the wire for longer than the lease lasts.
  node.next('commit', { thereMs: 3 * TTL_MS })
  const late = watch(host.submit(submission([reserve(100)], 'late')))
  await scene.world.run(1)
  node.pause()
  await scene.world.run(2 * TTL_MS)
  assert.is(other.host.state(), 'holding')
  const taken = await scene.settle(other.host, [reserve(100)], 'in time')
  assert.is(taken.kind, 'committed')
  await scene.world.run(2 * TTL_MS)
  node.resume()
  await scene.world.run(20)
  assert.is(late.result?.kind, 'unavailable')
  assert.is(host.state(), 'following')
  assert.equal(scene.store.writes(), ['in time'])
  audit(scene.store)
})

it('a paused host shows nothing from the moment it wakes', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  const pausedFor = TTL_MS + 1
  node.pause()
  await scene.world.run(pausedFor)
  node.resume()
  assert.is(
    host.read((book) => book),
    null,
  )
  assert.is(host.state(), 'following')
})

it('a host without the lease serves nothing, and takes it when it is free', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  const other = scene.start('b')
  await scene.world.run(5 * TTL_MS)
  assert.is(other.host.state(), 'following')
  assert.is(other.host.epoch(), 0)
  node.trips = () => ({ lost: 'before' })
  await scene.world.run(2 * TTL_MS)
  assert.is(host.state(), 'following')
  assert.is(other.host.state(), 'holding')
})

const ofStore: ReadonlySet<Call> = new Set(['mint', 'read holder', 'read', 'commit'])

it('a holder that alone does not hear the Store leaves the market to another, until it hears it again', async () => {
  const scene = new Scene()
  const { node, host, logged } = await scene.holder('a')
  const other = scene.start('b')
  node.trips = (call) => (ofStore.has(call) ? { lost: 'before', failsAfterMs: 1 } : {})
  await scene.world.run(TTL_MS)
  assert.is(host.state(), 'following')
  assert.is(other.host.state(), 'holding')
  assert.ok(logged.includes('store.silent'))
  // It does not get in the way of others, though the lease answers it.
  const acquired = node.sent('acquire')
  void other.host.stop()
  const third = scene.start('c')
  await scene.world.run(TTL_MS)
  assert.is(third.host.state(), 'holding')
  assert.is(node.sent('acquire'), acquired)
  node.trips = () => ({})
  void third.host.stop()
  await scene.world.run(TTL_MS)
  assert.is(host.state(), 'holding')
  const taken = await scene.settle(host, [place(100)], 'again')
  assert.is(taken.kind, 'committed')
  audit(scene.store)
})

it('a node that gets the lease, and does not hear the Store, leaves it to others until it does', async () => {
  const scene = new Scene()
  const { host } = await scene.holder('a')
  const { node, host: other } = scene.start('b')
  node.trips = (call) => (ofStore.has(call) ? { lost: 'before', failsAfterMs: 1 } : {})
  void host.stop()
  await scene.world.run(2 * TTL_MS)
  assert.is(node.sent('mint'), 1)
  node.trips = () => ({})
  await scene.world.run(TTL_MS)
  assert.is(other.state(), 'holding')
})

it('a holder that misses one answer of the Store goes on', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  scene.start('b')
  for (let times = 0; times < 5; times++) {
    node.next('read holder', { lost: 'before', failsAfterMs: 1 })
    await scene.world.run(TTL_MS)
    assert.is(host.state(), 'holding')
  }
  assert.is(host.epoch(), 1)
})

it('a renewal counts from before it was sent', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  // The first renewal takes effect at once and is answered late; no later one arrives.
  const backMs = 0.6 * TTL_MS
  node.next('renew', { thereMs: 0, backMs })
  node.trips = (call) => (call === 'renew' ? { lost: 'before' } : {})
  const other = scene.start('b')
  const both: number[] = []
  scene.world.witnesses.push(() => {
    if (other.host.state() !== 'following' && host.state() === 'holding')
      both.push(scene.world.now())
  })
  await scene.world.run(TTL_MS * 1.5)
  assert.is(host.state(), 'following')
  await scene.world.run(TTL_MS)
  assert.is(other.host.state(), 'holding')
  assert.equal(both, [])
})

it('a host lets go by the monotonic clock, whatever the wall clock says', async () => {
  for (const jumpMs of [-3_600_000, 3_600_000]) {
    const scene = new Scene()
    const { node, host } = await scene.holder('a')
    node.wallJumpMs = jumpMs
    await scene.world.run(TTL_MS / 2)
    assert.is(host.state(), 'holding', 'a jump of the wall clock is no reason to let go')
    node.trips = () => ({ lost: 'before' })
    await scene.world.run(1.1 * TTL_MS)
    assert.is(host.state(), 'following', 'a jump of the wall clock is no reason to hold on')
    assert.is(
      host.read((book) => book),
      null,
    )
  }
})

it('one renewal without an answer is no reason to let go', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  node.next('renew', { lost: 'before' })
  const states = new Set<string>()
  scene.world.witnesses.push(() => states.add(host.state()))
  await scene.world.run(3 * TTL_MS)
  assert.equal([...states], ['holding'])
  assert.is(host.epoch(), 1)
})

it('of two hosts that both believe to hold, only the later epoch commits', async () => {
  const scene = new Scene()
  const first = await scene.holder('a')
  await scene.settle(first.host, [place(100)])
  scene.lease.flush()
  const second = await scene.holder('b')
  assert.is(first.host.state(), 'holding')
  assert.is(second.host.state(), 'holding')
  const stale = await scene.settle(first.host, [reserve(100)], 'stale')
  assert.is(stale.kind, 'unavailable')
  assert.is(first.host.state(), 'following')
  assert.is((await scene.settle(second.host, [reserve(100)], 'good')).kind, 'committed')
  await scene.world.run(5 * TTL_MS)
  assert.is(second.host.epoch(), 2, 'they do not duel')
  assert.equal(scene.store.writes(), ['good'])
  audit(scene.store)
})

it('a host that lost the lease in mid-flight still tells what became of its batch', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  node.next('commit', { thereMs: 10, backMs: 2 * TTL_MS })
  const pending = watch(host.submit(submission([place(100)])))
  await scene.world.run(5)
  scene.lease.flush()
  scene.lease.acquire(MARKET, 'b')
  await scene.world.run(1.5 * TTL_MS)
  assert.is(host.state(), 'following')
  assert.is(pending.result, undefined)
  await scene.world.run(TTL_MS)
  assert.is(pending.result?.kind, 'committed')
})

it('a submission made while the host begins is served', async () => {
  const scene = new Scene()
  const { host } = scene.start('a')
  assert.is((await scene.settle(host, [place(100)])).kind, 'committed')
})

it('submissions wait a little for a host that does not hold, then they are unavailable', async () => {
  const scene = new Scene()
  scene.lease.acquire(MARKET, 'b')
  const { host } = scene.start('a', { patienceMs: 500 })
  const early = watch(host.submit(submission([place(1)])))
  await scene.world.run(499)
  assert.is(early.result, undefined)
  await scene.world.run(1)
  assert.is(early.result?.kind, 'unavailable')
  const late = watch(host.submit(submission([place(1)])))
  await scene.world.run(0)
  assert.is(late.result?.kind, 'unavailable')

  await scene.world.run(2 * TTL_MS)
  assert.is((await scene.settle(host, [place(1)])).kind, 'committed')
})

it('a host that cannot mint or read gives the lease up and tries again', async () => {
  for (const call of ['mint', 'read'] as const) {
    const scene = new Scene()
    const { node, host } = scene.start('a')
    node.next(call, { lost: 'after' })
    await scene.world.run(100)
    assert.is(host.state(), 'following')
    assert.is(scene.lease.holder(MARKET), null)
    await scene.world.run(TTL_MS)
    assert.is(host.state(), 'holding')
  }
})

it('what gave an earlier grant up, and arrives late, does not end a later one', async () => {
  const scene = new Scene()
  const { node, host } = scene.start('a')
  node.next('mint', { lost: 'before' })
  node.next('release', { thereMs: TTL_MS / 2, failsAfterMs: 10 })
  await scene.world.run(TTL_MS / 4)
  assert.is(host.state(), 'holding')
  const other = scene.start('b')
  await scene.world.run(2 * TTL_MS)
  assert.is(scene.lease.holder(MARKET), 'a')
  assert.is(host.state(), 'holding')
  assert.is(other.host.epoch(), 0)
})

it('ready resolves when the market is held, and when it is no longer waited for', async () => {
  const scene = new Scene()
  scene.lease.acquire(MARKET, 'b')
  const { host } = scene.start('a')
  let ready = false
  let waiting = true
  const abort = new AbortController()
  host.ready().then(() => {
    ready = true
  })
  host.ready(abort.signal).then(() => {
    waiting = false
  })
  await scene.world.run(TTL_MS / 2)
  assert.is(waiting, true)
  abort.abort()
  await scene.world.run(0)
  assert.is(waiting, false)
  assert.is(ready, false)
  await scene.world.run(TTL_MS)
  assert.is(ready, true)
})

it('stop finishes the batch in flight, refuses what waits, and hands the lease over', async () => {
  const scene = new Scene()
  const { node, host } = await scene.holder('a')
  const other = scene.start('b')
  node.next('commit', { thereMs: 20, backMs: 20 })
  const inFlight = watch(host.submit(submission([place(1)], 'in flight')))
  await scene.world.run(5)
  const waiting = watch(host.submit(submission([place(2)], 'waiting')))
  let stopped = false
  host.stop().then(() => {
    stopped = true
  })
  const after = watch(host.submit(submission([place(3)], 'after')))
  await scene.world.run(1)
  assert.is(waiting.result?.kind, 'unavailable')
  assert.is(after.result?.kind, 'unavailable')
  assert.is(stopped, false)
  assert.is(scene.lease.holder(MARKET), 'a', 'not before the batch in flight is finished')
  await scene.world.run(100)
  assert.is(inFlight.result?.kind, 'committed')
  assert.is(stopped, true)
  assert.is(host.state(), 'stopped')
  await scene.world.run(TTL_MS / 3)
  assert.is(other.host.state(), 'holding')
  assert.equal(scene.store.writes(), ['in flight'])
  audit(scene.store)
})

it('stop ends a host in any state, and may be asked twice', async () => {
  for (const atMs of [0, 1, 3, 5, 1000]) {
    const scene = new Scene()
    if (atMs === 1000) scene.lease.acquire(MARKET, 'b')
    const { host } = scene.start('a')
    await scene.world.run(atMs)
    let stopped = 0
    const count = () => {
      stopped += 1
    }
    host.stop().then(count)
    host.stop().then(count)
    host.ready().then(count)
    await scene.world.run(100)
    assert.is(stopped, 3, `after ${atMs} ms`)
    assert.is.not(scene.lease.holder(MARKET), 'a')
    assert.is((await scene.settle(host, [release(1)])).kind, 'unavailable')
  }
})

it.run()
