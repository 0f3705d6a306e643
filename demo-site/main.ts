/** Serves a host page like anybody's, on an origin of its own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Configuration, readConfiguration } from './configuration.ts'
import { demoSite } from './server.ts'

function serve(configuration: Configuration): void {
  const server = createServer(demoSite(configuration).callback())
  server.on('error', (error) => giveUp(error))
  server.listen(configuration.port, '127.0.0.1', () => {
    console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      server.close()
      server.closeIdleConnections()
    })
}

function giveUp(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

try {
  serve(readConfiguration(process.env))
} catch (error) {
  giveUp(error)
}
