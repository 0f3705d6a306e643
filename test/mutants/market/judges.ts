/** Who has to notice a bug of the market. */

/** The simulation, within a thousand seeds. */
export const SEEDS = 'test/mutants/market/thousand-seeds.ts'

/** The Store's suites on Postgres: two sessions beside the model; and what is said of single rules and of calls that come at once. */
export const CONFORMANCE = 'test/simulation/store.conformance.test.ts'
export const MARKET_RULES = 'test/api/market/market.rules.test.ts'
export const MARKET_STORE = 'test/api/market/market.store.test.ts'
export const ORDER_STORE = 'test/api/order/order.store.test.ts'

/** The lease's suite, on its real servers. */
export const LEASE_POSTGRES = 'test/engine/host/lease.postgres.test.ts'
export const LEASE_REDIS = 'test/engine/host/lease.redis.test.ts'
export const LEASE_HOST = 'test/engine/host/host.lease.test.ts'
export const ALARMS = 'test/api/order/order.job.test.ts'
export const DRAINING = 'test/api/http/draining.test.ts'
