/** What a demo's seed, tests and auditors need of the simulated CDM registry. */
export * from './simulation/client.ts'
export type {
  AccountState,
  AccountsRequest,
  AuditEntry,
  Books,
  Call,
  FaultRequest,
  RefusalRequest,
  RegistryRequest,
  UnitsRequest,
} from './simulation/wire.ts'
