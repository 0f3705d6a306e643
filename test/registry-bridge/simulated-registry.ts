/** The simulated CDM registry as a process of its own, on a database of its own. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startNode } from '@offset-button/demo-site/start/child-process'
import { freePort } from '@offset-button/demo-site/start/free-port'
import {
  connectCdmRegistry,
  parseSerialBlock,
  type SerialBlock,
} from '@offset-button/registry-bridge'
import {
  type SimulationClient,
  simulationClient,
} from '@offset-button/registry-bridge/simulated-cdm'
import { temporaryFolder } from '../support/own-server.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { HoldingAccount, RegistryWorld } from './registry.conformance.ts'

export const TOKEN = 'a-token-of-the-tests'

export type SimulatedRegistry = RegistryWorld & {
  readonly url: string
  readonly databaseUrl: string
  readonly simulation: SimulationClient
  /** A raw call with the token, for what the port would never send. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Starts it again at the same address with the same database. */
  restart(): Promise<void>
  /** SIGTERM; the exit code. */
  terminate(): Promise<number | null>
}

export type Body = {
  readonly simulated: boolean
  readonly codes?: readonly number[]
  readonly transaction?: { readonly identifier: string; readonly status: number }
}

/** CERs of project 8, first commitment period, vintage 2012. */
const UNITS = {
  originating_party: 'BR',
  original_commitment_period: 1,
  applicable_commitment_period: 1,
  project_identifier: 8,
  vintage: 2012,
} as const

export async function startSimulatedRegistry(
  env: Readonly<Record<string, string>> = {},
): Promise<SimulatedRegistry> {
  const folder = temporaryFolder()
  const database = await freshDatabase()
  const port = String(await freePort())
  const environment = {
    PORT: port,
    DATABASE_URL: database.url,
    REGISTRY_API_TOKEN: TOKEN,
    CHECK_DELAY_MS: '20',
    ...env,
  }
  const removeData = async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  let child = await startProcess(folder, environment).catch(async (error: unknown) => {
    await removeData()
    throw error
  })
  const url = `http://127.0.0.1:${port}`
  const simulation = simulationClient({ url, token: TOKEN })
  const registry = await connectCdmRegistry({ url, token: TOKEN, callTimeoutMs: 5000 })

  return {
    url,
    databaseUrl: database.url,
    simulation,
    registry,
    holdingAccount: (...quantities) => holdingAccount(simulation, quantities),
    refuseNextCheck: (account, code) =>
      simulation.refuseAtNextCheck({ holding_account: account, code }),
    setOpen: (isOpen) => simulation.setRegistry({ is_open: isOpen }),
    async call(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as Body }
    },
    async kill() {
      child.signal('SIGKILL')
      await child.exited
    },
    async restart() {
      child = await startProcess(folder, environment)
    },
    async terminate() {
      await child.stop()
      return (await child.exited).code
    },
    async close() {
      await child.stop()
      await removeData()
    },
  }
}

async function startProcess(folder: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const file = fileURLToPath(
    import.meta.resolve('@offset-button/registry-bridge/simulated-cdm/main'),
  )
  const logFile = join(folder, 'simulated-cdm.log')
  const child = await startNode({ name: 'simulated CDM registry', file, env, logFile })
  await child.waitForLine(/^listening (\S+)/, 60_000)
  return child
}

async function holdingAccount(
  simulation: SimulationClient,
  quantities: readonly number[],
): Promise<HoldingAccount> {
  const [account] = await simulation.openAccounts([{ holder: 'A project participant (demo)' }])
  if (account === undefined) throw new Error('No account was opened')
  const units = quantities.map((quantity) => ({
    ...UNITS,
    holding_account: account.number,
    quantity,
  }))
  const blocks = units.length === 0 ? [] : await simulation.issueUnits({ units })
  return { holdingAccount: account.number, blocks: blocks.map(readBlock) }
}

export function readBlock(wire: { readonly start: string; readonly end: string }): SerialBlock {
  const parsed = parseSerialBlock(wire.start, wire.end)
  if (parsed.kind === 'invalid') throw new Error(parsed.problem)
  return parsed.block
}
