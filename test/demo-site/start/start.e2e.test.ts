import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Child, startNode } from '@offset-button/demo-site/start/child-process'
import { freePort } from '@offset-button/demo-site/start/free-port'
import { removePostgresHome } from '@offset-button/demo-site/start/postgres'
import { isSameProcess } from '@offset-button/demo-site/start/process-identity'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { temporaryFolder } from '../../support/own-server.ts'

const start = suite('npm start')
const keep = cleanUp(start)

const folder = temporaryFolder()
const data = join(folder, 'data')
const port = await freePort()
const demoPort = await freePort()
keep(() => removePostgresHome(data))
const READY = /^ready (\S+)/

interface Entry {
  readonly name: string
  readonly pid: number
  readonly identity: string
}

/** The launcher itself, with data and ports of the suite's own. */
async function launch(...args: readonly string[]): Promise<Child> {
  return keep(
    await startNode({
      name: 'npm start',
      file: join(import.meta.dirname, '../../../demo-site/start/main.ts'),
      args,
      env: { DATA_FOLDER: data, PORT: String(port), DEMO_PORT: String(demoPort) },
      logFile: join(folder, 'start.log'),
      ownGroup: true,
      stopSignals: [['SIGTERM', 11_000]],
    }),
  )
}

function recorded(): readonly Entry[] {
  return JSON.parse(readFileSync(join(data, 'run.json'), 'utf8'))
}

function stillRunning(entries: readonly Entry[]): readonly string[] {
  return entries.filter(({ pid, identity }) => isSameProcess(pid, identity)).map(({ name }) => name)
}

async function readiness(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`)
  return response.status
}

start('brings everything up, says so, and ends all of it on Ctrl-C', async () => {
  const launcher = await launch()
  const [, demoUrl = ''] = await launcher.waitForLine(READY, 60_000)
  assert.is((await fetch(demoUrl)).status, 200)
  assert.is(await readiness(), 200)
  assert.is((await fetch(`http://127.0.0.1:${port}/openapi.json`)).status, 200)
  const entries = recorded()
  await launcher.kill('SIGINT')
  assert.is(launcher.exit?.code, 0)
  assert.match(launcher.tail, /stopped$/)
  assert.equal(stillRunning(entries), [])
  assert.not(existsSync(join(data, 'run.json')))
})

start('a second start in the same folder is refused, and the first goes on', async () => {
  const first = await launch()
  await first.waitForLine(READY, 60_000)
  const second = await launch()
  assert.is((await second.exited).code, 1)
  assert.match(second.tail, /^npm start already runs in this folder/m)
  assert.is(await readiness(), 200)
  await first.kill('SIGINT')
})

start('after the launcher was killed, the next start ends what it left and is ready', async () => {
  const killed = await launch()
  await killed.waitForLine(READY, 60_000)
  const left = recorded().slice(1)
  await killed.kill('SIGKILL')
  assert.ok(stillRunning(left).includes('API'))
  const next = await launch()
  await next.waitForLine(READY, 60_000)
  assert.equal(stillRunning(left), [])
  assert.is(await readiness(), 200)
  await next.kill('SIGTERM')
  assert.is(next.exit?.code, 0)
})

start('when a server crashes, everything ends with its log and exit code 1', async () => {
  const launcher = await launch()
  await launcher.waitForLine(READY, 60_000)
  const entries = recorded()
  const api = entries.find(({ name }) => name === 'API')
  assert.ok(api)
  process.kill(api.pid, 'SIGKILL')
  assert.is((await launcher.exited).code, 1)
  assert.match(launcher.tail, /API ended by itself \(SIGKILL\)/)
  assert.equal(stillRunning(entries), [])
})

start('a port taken is one sentence, and nothing is left running', async () => {
  const server = createServer()
  keep(server)
  await new Promise<void>((resolve) => server.listen(port, () => resolve()))
  const launcher = await launch()
  assert.is((await launcher.exited).code, 1)
  assert.is(
    launcher.tail
      .split('\n')
      .at(-1)
      ?.replace(/ Set.*/, ''),
    `Port ${port} is taken by another program.`,
  )
  server.close()
})

start('--fresh begins with empty databases', async () => {
  const password = join(data, 'postgres.password')
  const before = readFileSync(password, 'utf8')
  const launcher = await launch('--fresh')
  await launcher.waitForLine(READY, 60_000)
  assert.is.not(readFileSync(password, 'utf8'), before)
  assert.is(await readiness(), 200)
  await launcher.kill('SIGINT')
})

start.run()
