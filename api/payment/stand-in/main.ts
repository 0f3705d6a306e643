/** The payment stand-in as a process: a local Stripe for one machine. No money moves. */

import { startStandIn } from './server.ts'
import { readSettings } from './settings.ts'

try {
  const standIn = await startStandIn(readSettings(process.env), Date.now)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      standIn.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
  console.log(`listening ${standIn.origin}`)
} catch (error) {
  console.error(
    `The payment stand-in cannot start: ${error instanceof Error ? error.message : error}`,
  )
  process.exit(1)
}
