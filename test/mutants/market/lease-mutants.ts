import type { Mutant } from '../mutant.ts'
import { LEASE_POSTGRES, LEASE_REDIS } from './judges.ts'

const POSTGRES = 'engine/host/lease.postgres.ts'
const REDIS = 'engine/host/lease.redis.ts'

/** Bugs of a lease. */
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
]
