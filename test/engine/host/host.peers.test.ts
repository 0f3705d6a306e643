import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { audit } from './models/audit.ts'
import { type Actor, MARKET, place, reserve, Scene, TTL_MS } from './models/scene.ts'
import type { Trip } from './models/simulated-node.ts'

const it = suite('hosts that can look at each other')

const LEASE_CALLS = ['acquire', 'seize', 'renew', 'release', 'holder']

/** `a` holds the market in epoch 1; `b` and `c` want it, and do not ask in the same millisecond. */
async function threeHosts() {
  const scene = new Scene({ peers: true })
  const a = await scene.holder('a')
  const b = scene.start('b')
  await scene.world.run(20)
  const c = scene.start('c')
  await scene.settle(a.host, [place(100)])
  const states = new Set<string>()
  scene.world.witnesses.push(() => states.add(a.host.state()))
  /** What lasts of what `a` was. */
  const goesOn = async () => {
    assert.equal([...states], ['holding'])
    assert.is(scene.store.epoch(), 1)
    assert.is((await scene.settle(a.host, [reserve(1)])).kind, 'committed')
    audit(scene.store)
  }
  return { scene, a, b, c, goesOn }
}

function loseLease(...actors: readonly Actor[]): void {
  for (const { node } of actors) {
    node.trips = (call): Trip => (LEASE_CALLS.includes(call) ? { lost: 'before' } : {})
  }
}

function findLease(...actors: readonly Actor[]): void {
  for (const { node } of actors) node.trips = () => ({})
}

it('without the lease the holder goes on in its epoch, also when it is back and has forgotten', async () => {
  const { scene, a, b, c, goesOn } = await threeHosts()
  loseLease(a, b, c)
  await scene.world.run(5 * TTL_MS)
  scene.lease.flush()
  findLease(b, c)
  await scene.world.run(5 * TTL_MS)
  findLease(a)
  await scene.world.run(5 * TTL_MS)
  assert.is(scene.lease.holder(MARKET), 'a')
  await goesOn()
})

it('one look in vain is no reason to take a forgotten lease', async () => {
  for (const trip of [{ lost: 'before' }, { backMs: Number.POSITIVE_INFINITY }] as const) {
    const { scene, b, c, goesOn } = await threeHosts()
    for (const { node } of [b, c]) node.next('look', trip)
    scene.lease.flush()
    await scene.world.run(5 * TTL_MS)
    await goesOn()
  }
})

it('one look in vain is no reason to take the market without the lease', async () => {
  const { scene, a, b, c, goesOn } = await threeHosts()
  for (const { node } of [b, c]) node.next('look', { lost: 'before' })
  loseLease(a, b, c)
  await scene.world.run(5 * TTL_MS)
  await goesOn()
})

it('a holder outlasts those who were granted a forgotten lease and look at it for long', async () => {
  const { scene, b, c, goesOn } = await threeHosts()
  for (const { node } of [b, c]) {
    node.trips = (call) => (call === 'look' ? { thereMs: 300, backMs: 300 } : {})
  }
  scene.lease.flush()
  scene.lease.acquire(MARKET, 'b')
  await scene.world.run(10 * TTL_MS)
  await goesOn()
})

it('who cannot ask the Store gives a forgotten lease back', async () => {
  const { scene, b, c, goesOn } = await threeHosts()
  for (const { node } of [b, c]) node.next('read holder', { lost: 'before' })
  scene.lease.flush()
  await scene.world.run(5 * TTL_MS)
  await goesOn()
})

it('a holder that is gone is replaced without the lease, by one of those who look', async () => {
  const { scene, a, b, c } = await threeHosts()
  loseLease(a, b, c)
  a.node.crash()
  await scene.world.run(TTL_MS)
  assert.is(scene.store.epoch(), 2, 'they do not duel')
  const holding = [b, c].filter(({ host }) => host.state() === 'holding')
  assert.is(holding.length, 1)
  await scene.world.run(5 * TTL_MS)
  assert.is(scene.store.epoch(), 2)
})

it('a holder whose process is gone is replaced long before its lease has run out', async () => {
  const { scene, a, b, c } = await threeHosts()
  a.node.crash()
  await scene.world.run(TTL_MS / 4)
  assert.is([b, c].filter(({ host }) => host.state() === 'holding').length, 1)
  assert.is(scene.store.epoch(), 2)
})

it('a holder that is silent without the lease is replaced, and follows when it wakes', async () => {
  const { scene, a, b, c } = await threeHosts()
  loseLease(a, b, c)
  a.node.pause()
  await scene.world.run(TTL_MS)
  assert.is(scene.store.epoch(), 2)
  await scene.world.run(TTL_MS)
  a.node.resume()
  await scene.world.run(TTL_MS)
  assert.is(a.host.state(), 'following')
  assert.is(scene.store.epoch(), 2)
  audit(scene.store)
})

it.run()
