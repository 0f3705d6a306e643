/** The rules of every Lease, tried on real servers. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Grant, Lease } from '@offset-button/engine-host'
import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { breakableLink } from './breakable-link.ts'

export type OpenLease = Lease & { close(): Promise<void> }

const TTL_MS = 600
/** More than a call may take before it throws, in what follows. */
const IN_TIME_MS = 1000

/**
 * Adds the rules to a suite. `serverUrl` is asked once; `open` gives a lease on a connection of its own, which throws within
 * `IN_TIME_MS` where there is no answer.
 */
export function leaseRules(
  it: Test,
  serverUrl: () => Promise<string>,
  open: (url: string, ttlMs: number) => OpenLease,
): void {
  const keep = cleanUp(it)
  let url = ''
  let markets = 0
  it.before(async () => {
    url = await serverUrl()
  })
  const newMarket = () => `market ${++markets}`
  const opened = async (ttlMs = TTL_MS, at = url): Promise<OpenLease> => {
    const lease = keep(open(at, ttlMs))
    await answering(lease)
    return lease
  }

  it('a free lease is taken, and everybody can see by whom', async () => {
    const [ours, theirs] = [await opened(), await opened()]
    const market = newMarket()
    assert.is(await theirs.holder(market), null)
    assert.ok(await ours.acquire(market, 'http://a'))
    assert.is(await theirs.holder(market), 'http://a')
  })

  it('a taken lease is refused to others, and given again to its holder', async () => {
    const lease = await opened(60_000)
    const market = newMarket()
    await lease.acquire(market, 'a')
    assert.is(await lease.acquire(market, 'b'), null)
    assert.is(await lease.holder(market), 'a')
    assert.ok(await lease.acquire(market, 'a'))
  })

  it('of many who ask at once, one gets it', async () => {
    const leases = await Promise.all(Array.from({ length: 8 }, () => opened(60_000)))
    const market = newMarket()
    const grants = await Promise.all(
      leases.map((lease, index) => lease.acquire(market, `holder ${index}`)),
    )
    assert.is(grants.filter(Boolean).length, 1)
    assert.is(await leases[0]?.holder(market), `holder ${grants.findIndex(Boolean)}`)
  })

  it('only its holder renews it', async () => {
    const lease = await opened(60_000)
    const market = newMarket()
    assert.is(await lease.renew(market, 'a'), null)
    const grant = await lease.acquire(market, 'a')
    assert.ok(grant)
    assert.is(await lease.renew(market, 'b'), null)
    assert.is(await lease.renew(market, 'a'), grant)
    assert.is(await lease.holder(market), 'a')
  })

  it('a renewed lease lasts on, and then runs out', async () => {
    const lease = await opened()
    const market = newMarket()
    await lease.acquire(market, 'a')
    await wait(0.7 * TTL_MS)
    assert.ok(await lease.renew(market, 'a'))
    await wait(0.7 * TTL_MS)
    assert.is(await lease.acquire(market, 'b'), null)
    await wait(0.5 * TTL_MS)
    assert.ok(await lease.acquire(market, 'b'))
  })

  it('asking again by its holder makes it last on', async () => {
    const lease = await opened()
    const market = newMarket()
    await lease.acquire(market, 'a')
    await wait(0.7 * TTL_MS)
    await lease.acquire(market, 'a')
    await wait(0.7 * TTL_MS)
    assert.is(await lease.holder(market), 'a')
  })

  it('a lease that ran out is nobody’s: it cannot be renewed, also where nobody took it', async () => {
    const lease = await opened()
    const market = newMarket()
    await lease.acquire(market, 'a')
    await wait(1.2 * TTL_MS)
    assert.is(await lease.holder(market), null)
    assert.is(await lease.renew(market, 'a'), null)
    assert.is(await lease.holder(market), null)
  })

  it('a released lease is free, and only its holder releases it', async () => {
    const lease = await opened(60_000)
    const market = newMarket()
    const grant = await granted(lease, market, 'a')
    await lease.release(market, 'b', grant)
    assert.is(await lease.holder(market), 'a')
    await lease.release(market, 'a', grant)
    assert.is(await lease.holder(market), null)
    assert.ok(await lease.acquire(market, 'b'))
    await lease.release(market, 'a', grant)
    assert.is(await lease.holder(market), 'b')
  })

  it('what releases an earlier grant does nothing to a later one of the same holder', async () => {
    const lease = await opened(60_000)
    const market = newMarket()
    const earlier = await granted(lease, market, 'a')
    await lease.release(market, 'a', earlier)
    const later = await granted(lease, market, 'a')
    await lease.release(market, 'a', earlier)
    assert.is(await lease.holder(market), 'a')
    const again = await granted(lease, market, 'a')
    await lease.release(market, 'a', later)
    assert.is(await lease.holder(market), 'a')
    await lease.release(market, 'a', again)
    assert.is(await lease.holder(market), null)
  })

  it('each market has a lease of its own', async () => {
    const lease = await opened(60_000)
    const [one, other] = [newMarket(), newMarket()]
    const grant = await granted(lease, one, 'a')
    assert.ok(await lease.acquire(other, 'b'))
    await lease.release(one, 'a', grant)
    assert.is(await lease.holder(other), 'b')
  })

  for (const trouble of ['cut', 'hold'] as const) {
    it(`without an answer every call throws in time, and works again later (${trouble})`, async () => {
      const link = keep(await breakableLink(url))
      const lease = await opened(60_000, link.url)
      const [held, free] = [newMarket(), newMarket()]
      const grant = await granted(lease, held, 'a')
      link[trouble]()
      for (const call of [
        () => lease.release(held, 'a', grant),
        () => lease.renew(held, 'a'),
        () => lease.acquire(free, 'a'),
        () => lease.holder(held),
      ]) {
        const startedAt = performance.now()
        await throws(call)
        assert.ok(performance.now() - startedAt < IN_TIME_MS, `${call} took too long`)
      }
      link.mend()
      await answering(lease)
      const holders = [await lease.holder(held), await lease.holder(free)]
      assert.equal(holders, ['a', null], 'something was sent again after it had thrown')
    })
  }

  it('a lease for a server that is not there throws, and can be closed', async () => {
    const link = await breakableLink(url)
    await link.close()
    const lease = open(link.url, TTL_MS)
    await throws(() => lease.acquire(newMarket(), 'a'))
    await lease.close()
  })
}

async function granted(lease: Lease, market: string, holder: string): Promise<Grant> {
  const grant = await lease.acquire(market, holder)
  assert.ok(grant, `${holder} is refused`)
  return grant as Grant
}

/** Waits, at most five seconds, until the lease is connected. */
async function answering(lease: Lease): Promise<void> {
  const until = performance.now() + 5000
  for (;;) {
    try {
      await lease.holder('nobody')
      return
    } catch (error) {
      if (performance.now() > until) throw error
      await wait(10)
    }
  }
}

async function throws(act: () => Promise<unknown>): Promise<void> {
  let threw = false
  await act().catch(() => {
    threw = true
  })
  assert.ok(threw, 'it did not throw')
}
