import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import type { Configuration } from './configuration.ts'
import { openDatabase } from './database.ts'
import { requireBearer } from './http/bearer.ts'
import { answerProblems } from './http/problem.ts'
import { publicRoutes } from './public.routes.ts'
import { registryRoutes } from './registry.routes.ts'
import { createFaults } from './simulation/faults.middleware.ts'
import { simulationRoutes } from './simulation/simulation.routes.ts'
import { startSweeper } from './transaction/transaction.job.ts'

export type SimulatedCdm = {
  readonly address: string
  /** Takes no more requests, ends those under way within 2 s, and lets go of the database. */
  close(): Promise<void>
}

const CLOSE_WITHIN_MS = 2000

/** Brings the database up to date, takes up checks that are due, and listens on 127.0.0.1. */
export async function startSimulatedCdm(
  configuration: Configuration,
  clock: () => Date,
): Promise<SimulatedCdm> {
  const db = await openDatabase(configuration.databaseUrl)
  const sweeper = startSweeper(db, clock)
  const faults = createFaults()
  let address = ''

  const app = new Koa()
  app.silent = true
  app.use(answerProblems)
  app.use(publicRoutes(db, () => configuration.publicUrl ?? address).routes())
  app.use(requireBearer(configuration.token))
  app.use(faults.middleware)
  app.use(registryRoutes(db, configuration, sweeper, clock).routes())
  app.use(simulationRoutes(db, faults, sweeper, clock).routes())

  const server = createServer(app.callback())
  try {
    server.listen(configuration.port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    await sweeper.stop()
    await db.destroy()
    throw error
  }
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    async close() {
      await closeServer(server)
      await sweeper.stop()
      await db.destroy()
    },
  }
}

async function closeServer(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
  await new Promise((resolve) => server.close(resolve))
  clearTimeout(late)
}
