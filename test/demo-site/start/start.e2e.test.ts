import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
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
/** Longer than any machine that still works should take. */
const WITHIN_MS = 300_000

interface Entry {
  readonly name: string
  readonly pid: number
  readonly identity: string
}

/** The launcher itself, with data and ports of the suite's own. */
async function launch(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  return keep(
    await startNode({
      name: 'npm start',
      file: join(import.meta.dirname, '../../../demo-site/start/main.ts'),
      args,
      env: { DATA_FOLDER: data, PORT: String(port), DEMO_PORT: String(demoPort), ...env },
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
  const [, demoUrl = ''] = await launcher.waitForLine(READY, WITHIN_MS)
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
  await first.waitForLine(READY, WITHIN_MS)
  const second = await launch()
  assert.is((await second.exited).code, 1)
  assert.match(second.tail, /^npm start already runs in this folder/m)
  assert.is(await readiness(), 200)
  await first.kill('SIGINT')
})

start('after the launcher was killed, the next start ends what it left and is ready', async () => {
  const killed = await launch()
  await killed.waitForLine(READY, WITHIN_MS)
  const left = recorded().slice(1)
  await killed.kill('SIGKILL')
  assert.ok(stillRunning(left).includes('API'))
  const next = await launch()
  await next.waitForLine(READY, WITHIN_MS)
  assert.equal(stillRunning(left), [])
  assert.is(await readiness(), 200)
  await next.kill('SIGTERM')
  assert.is(next.exit?.code, 0)
})

start('when a server crashes, everything ends with its log and exit code 1', async () => {
  const launcher = await launch()
  await launcher.waitForLine(READY, WITHIN_MS)
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
  const launcher = await launch(['--fresh'])
  await launcher.waitForLine(READY, WITHIN_MS)
  assert.is.not(readFileSync(password, 'utf8'), before)
  assert.is(await readiness(), 200)
  await launcher.kill('SIGINT')
})

start('where no Redis can be had, the lease is kept in Postgres, and a line says so', async () => {
  const other = join(folder, 'without-redis')
  keep(() => removePostgresHome(other))
  // A PATH with all that is needed but a Redis and a package manager.
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  for (const name of ['id', 'sh', 'npm', 'env']) {
    const found = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, name))
    symlinkSync(found.find((path) => existsSync(path)) ?? '', join(programs, name))
  }
  const PATH = [dirname(process.execPath), programs].join(delimiter)
  const launcher = await launch([], { DATA_FOLDER: other, PATH })
  await launcher.waitForLine(/lease .* Postgres/, WITHIN_MS)
  await launcher.waitForLine(READY, WITHIN_MS)
  assert.is(await readiness(), 200)
  await launcher.kill('SIGINT')
  assert.is(launcher.exit?.code, 0)
})

start('data under a folder that only its owner may enter are kept all the same', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const other = join(closed, 'data')
  keep(() => removePostgresHome(other))
  const launcher = await launch([], { DATA_FOLDER: other })
  await launcher.waitForLine(READY, WITHIN_MS)
  assert.is(await readiness(), 200)
  await launcher.kill('SIGINT')
  const again = await launch([], { DATA_FOLDER: other })
  const line = await again.waitForLine(/^Demo market: (.*)/, WITHIN_MS)
  assert.match(line[1] ?? '', /already|is there/, 'the market survived')
  await again.waitForLine(READY, WITHIN_MS)
  await again.kill('SIGINT')
})

start.run()
