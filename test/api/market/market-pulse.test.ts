import { redisPulse } from '@offset-button/engine-host/pulse-redis'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type MarketPulse, marketPulse } from '../../../api/market/market-pulse.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { temporaryFolder } from '../../support/own-server.ts'
import { ownRedis } from '../../support/redis.ts'

const pulse = suite('pulse of the market')
const keep = cleanUp(pulse)
const WITHIN_MS = 15_000

/** Beats until a node hears it: connections come about in the background. */
async function beatUntilHeard(one: MarketPulse, from: number, heard: number[]): Promise<void> {
  const until = Date.now() + WITHIN_MS
  for (let sequence = from; heard.every((each) => each < from); sequence++) {
    if (Date.now() > until) throw new Error(`nothing from ${from} on was heard: ${heard}`)
    one.beat(sequence)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function heardBy(one: MarketPulse): number[] {
  const heard: number[] = []
  one.listen((sequence) => heard.push(sequence))
  return heard
}

pulse('without a Redis a node hears itself; of several beats in a row the last', async () => {
  const one = keep(marketPulse())
  const heard = heardBy(one)
  for (const sequence of [1, 2, 3]) one.beat(sequence)
  assert.equal(heard, [], 'not at once')
  await new Promise((resolve) => setTimeout(resolve, 600))
  assert.equal(heard, [3])
  one.listen((sequence) => heard.push(sequence))()
  one.beat(4)
  await new Promise((resolve) => setTimeout(resolve, 600))
  assert.equal(heard, [3, 4], 'whoever has stopped listening hears no more')
})

pulse('over Redis every node of the market hears it, and no other', async () => {
  const redis = keep(await ownRedis(temporaryFolder()))
  const [one, other] = [
    keep(marketPulse(redisPulse('usd', redis.url))),
    keep(marketPulse(redisPulse('usd', redis.url))),
  ]
  const elsewhere = keep(marketPulse(redisPulse('eur', redis.url)))
  const [own, others, strangers] = [heardBy(one), heardBy(other), heardBy(elsewhere)]
  await beatUntilHeard(one, 1, others)
  await beatUntilHeard(other, 100, own)
  assert.equal(strangers, [])
})

pulse('while Redis is away a node hears itself, and all again when it is back', async () => {
  const folder = temporaryFolder()
  const redis = await ownRedis(folder)
  const [one, other] = [
    keep(marketPulse(redisPulse('usd', redis.url))),
    keep(marketPulse(redisPulse('usd', redis.url))),
  ]
  const [own, others] = [heardBy(one), heardBy(other)]
  await beatUntilHeard(one, 1, others)
  await redis.stop()
  await beatUntilHeard(one, 1000, own)
  const { port, password } = new URL(redis.url)
  keep(await ownRedis(folder, { port: Number(port), password }))
  await beatUntilHeard(one, 2000, others)
})

pulse.run()
