/** The simulated CDM registry as a process of its own. */
import { readConfiguration } from './configuration.ts'
import { startSimulatedCdm } from './server.ts'

try {
  const registry = await startSimulatedCdm(readConfiguration(process.env), () => new Date())
  console.log(`listening ${registry.address}`)
  let isClosing = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, async () => {
      if (isClosing) return
      isClosing = true
      await registry.close()
      process.exit(0)
    })
} catch (error) {
  console.error(`The simulated CDM registry did not start. ${String(error)}`)
  process.exit(1)
}
