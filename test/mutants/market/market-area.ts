import type { MutantArea } from '../mutant.ts'
import { HOST_MUTANTS } from './host-mutants.ts'
import { LEASE_MUTANTS } from './lease-mutants.ts'
import { NODE_MUTANTS } from './node-mutants.ts'
import { ORDER_MUTANTS } from './order-mutants.ts'
import { STORE_MUTANTS } from './store-mutants.ts'

/**
 * The one writer, the orders' steps, the ledger's rules and the merge of payments, which the simulation judges within a thousand
 * seeds; and the Store, whose suites each bug names.
 */
export const MARKET: MutantArea = {
  copied: [
    'api',
    'engine/host',
    'test/api',
    'test/engine',
    'test/mutants',
    'test/simulation',
    'test/support',
  ],
  omitted: [],
  tests: [
    'test/mutants/market/thousand-seeds.ts',
    'test/simulation/store.conformance.test.ts',
    'test/api/market/market.rules.test.ts',
    'test/api/market/market.store.test.ts',
    'test/api/order/order.store.test.ts',
    'test/engine/host/lease.postgres.test.ts',
    'test/engine/host/lease.redis.test.ts',
    'test/engine/host/host.lease.test.ts',
    'test/api/order/order.job.test.ts',
    'test/api/http/draining.test.ts',
  ],
  entry: 'test/mutants/market/everything.ts',
  mutants: [...HOST_MUTANTS, ...ORDER_MUTANTS, ...STORE_MUTANTS, ...LEASE_MUTANTS, ...NODE_MUTANTS],
}
