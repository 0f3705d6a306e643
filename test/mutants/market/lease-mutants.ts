import type { Mutant } from '../mutant.ts'
import { ALARMS, DRAINING, LEASE_HOST, LEASE_POSTGRES, LEASE_REDIS } from './judges.ts'

const POSTGRES = 'engine/host/lease.postgres.ts'
const REDIS = 'engine/host/lease.redis.ts'

/** Bugs of a lease, and of how a node comes by its work and leaves it. */
export const LEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a lease in Postgres is granted while another has it',
    file: POSTGRES,
    find: '    WHERE lease.holder = excluded.holder OR lease.expires_at <= clock_timestamp()`',
    replace: '    WHERE lease.market = excluded.market`',
    judge: LEASE_POSTGRES,
  },
  {
    name: 'a lease in Postgres is renewed after it ran out',
    file: POSTGRES,
    find: '  WHERE market = $1 AND holder = $2 AND expires_at > clock_timestamp() RETURNING grants`',
    replace: '  WHERE market = $1 AND holder = $2 RETURNING grants`',
    judge: LEASE_POSTGRES,
  },
  {
    name: 'a lease in Redis is renewed by whoever asks',
    file: REDIS,
    find: `"if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end redis.call('PEXPIRE', KEYS[1]`,
    replace: `"redis.call('PEXPIRE', KEYS[1]`,
    judge: LEASE_REDIS,
  },
  {
    name: 'a lease in Redis is given up by whoever asks',
    file: REDIS,
    find: `if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return 0 end return redis.call('DEL', KEYS[1])`,
    replace: `return redis.call('DEL', KEYS[1])`,
    judge: LEASE_REDIS,
  },
  {
    name: 'a lease in Redis is given up by what released an earlier grant',
    file: REDIS,
    find: 'if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then',
    replace: 'if l[1] ~= ARGV[1] then',
    judge: LEASE_REDIS,
  },
  {
    name: 'a lease in Postgres is given up by what released an earlier grant',
    file: POSTGRES,
    find: 'WHERE market = $1 AND holder = $2 AND grants = $3',
    replace: 'WHERE market = $1 AND holder = $2 AND $3::integer > 0',
    judge: LEASE_POSTGRES,
  },
  {
    name: 'a holder that does not hear the Store keeps the market',
    file: 'engine/host/host-loop.ts',
    find: '    held.term.end()\n',
    replace: '',
    judge: LEASE_HOST,
  },
  {
    name: 'a holder gives the market up after one answer of the Store that was lost',
    file: 'engine/host/host-loop.ts',
    find: 'unanswered < 2;',
    replace: 'unanswered < 1;',
    judge: LEASE_HOST,
  },
  {
    name: 'a node that does not hear the Store takes the lease again',
    file: 'engine/host/host-loop.ts',
    find: '    return !this.#isCutOff\n',
    replace: '    return true\n',
    judge: LEASE_HOST,
  },
  {
    name: 'an alarm for later is found by the next sweep',
    file: 'api/order/order.job.ts',
    find: '  notifyPollingIntervalSeconds: 0.5,\n',
    replace: '',
    judge: ALARMS,
  },
  {
    name: 'a node that ends cuts kept connections off',
    file: 'api/http/draining.ts',
    find: '      await until(() => connections.size === 0, PARTING_MS)\n',
    replace: '',
    judge: DRAINING,
  },
]
