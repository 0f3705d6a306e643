import { registryConformance } from './registry.conformance.ts'
import { startSimulatedRegistry } from './simulated-registry.ts'

registryConformance('CDM over HTTP', () => startSimulatedRegistry())
registryConformance('CDM over HTTP, transactions side by side', () =>
  startSimulatedRegistry({ ONE_TRANSACTION_AT_A_TIME: 'false' }),
)
