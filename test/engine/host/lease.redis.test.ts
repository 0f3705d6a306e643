import { redisLease } from '@offset-button/engine-host/lease-redis'
import { suite } from 'uvu'
import { cleanUp } from '../../support/clean-up.ts'
import { freshRedis } from '../../support/redis.ts'
import { leaseRules } from './lease.conformance.ts'

const it = suite('a lease in Redis')
const keep = cleanUp(it)

leaseRules(
  it,
  async () => keep(await freshRedis()).url,
  (url, ttlMs) => redisLease({ url, ttlMs, commandTimeoutMs: 300 }),
)

it.run()
