/**
 * `npm start`: brings up everything on this machine, says where it is, and takes it down again on
 * Ctrl-C. `npm start -- --fresh` begins with empty databases.
 */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { RunRecord } from './run-record.ts'
import { Running } from './running.ts'
import { readSettings, refuseTakenPorts, type Settings } from './settings.ts'
import { sentenceOf } from './start-failure.ts'
import { removeData, startTown, type Town } from './town.ts'

const began = performance.now()
let running: Running | undefined
/** A terminal that is gone must not end us before what we started has ended. */
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askedToStop)
process.on('uncaughtException', (error) => fail(sentenceOf(error)))

try {
  await main()
} catch (error) {
  await fail(sentenceOf(error))
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env)
  makeFolder(settings.folder)
  const record = await RunRecord.open(join(settings.folder, 'run.json'), say)
  running = new Running(record, fail)
  await refuseTakenPorts(settings)
  if (settings.isFresh) removeData(settings.folder)
  const town = await startTown(settings, running, say)
  if (!running.isStopping) announce(settings, town)
}

function announce(settings: Settings, town: Town): void {
  const payment = settings.stripe ? 'Stripe' : 'the stand-in, TEST'
  say('')
  say(`  demo page          ${town.demoUrl}/`)
  say(`  market and API     ${town.apiUrl}/`)
  say(`  its description    ${town.apiUrl}/openapi.json`)
  say(`  a PP's API key     ${town.sellerKey}`)
  say(`  publishable key    ${town.publishableKey}`)
  say(`  card (${payment})  4242 4242 4242 4242, any later date, any CVC`)
  say(`  data and logs      ${settings.folder}`)
  say('')
  say(
    `ready ${town.demoUrl}/ after ${((performance.now() - began) / 1000).toFixed(1)} s; Ctrl-C stops it`,
  )
}

/** The first Ctrl-C stops in order, a second one at once. */
async function askedToStop(): Promise<void> {
  if (!running) process.exit(0)
  if (running.isStopping) {
    running.kill()
    return
  }
  say('\nStopping …')
  await running.stop()
  say('stopped')
  process.exit(process.exitCode ?? 0)
}

/** Says why it cannot go on, stops what runs, and ends with exit code 1. */
async function fail(sentence: string): Promise<void> {
  if (running?.isStopping) return
  process.exitCode = 1
  console.error(sentence)
  await running?.stop()
  process.exit(1)
}

/** Others may pass through, as Postgres does when root starts it; what is secret is closed by itself. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  fs.mkdirSync(folder, { recursive: true })
  fs.chmodSync(folder, 0o755)
}

function say(line: string): void {
  console.log(line)
}
