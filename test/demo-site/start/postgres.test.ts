import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Postgres,
  removePostgresHome,
  startPostgres,
  usePostgres,
} from '@offset-button/demo-site/start/postgres'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { temporaryFolder } from '../../support/own-server.ts'

const postgres = suite('embedded Postgres')
const keep = cleanUp(postgres)

const folder = join(temporaryFolder(), 'data')
const logFile = join(folder, 'logs', 'postgres.log')
mkdirSync(folder)
keep(() => removePostgresHome(folder))

/** Starts the server on the suite's data; the suite stops it at the end if the test does not. */
async function start(port?: number): Promise<Postgres> {
  return keep(await startPostgres({ folder, logFile, ...(port ? { port } : {}) }))
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

postgres('what is written survives a stop and a start', async () => {
  const first = await start()
  const url = await first.database('kept')
  await ask(url, 'CREATE TABLE note AS SELECT 42 AS answer')
  await first.stop()
  const second = await start()
  assert.equal(await ask(await second.database('kept'), 'SELECT answer FROM note'), [
    { answer: 42 },
  ])
  await second.stop()
})

postgres('a server that was killed comes back on its port, with what was committed', async () => {
  const first = await start()
  await first.child?.kill('SIGKILL')
  const second = await start(first.port)
  assert.is(second.port, first.port)
  assert.equal(await ask(second.urlOf('kept'), 'SELECT answer FROM note'), [{ answer: 42 }])
  await second.stop()
})

postgres('a lock that names another program by now is no hindrance', async () => {
  const first = await start()
  const data = /-D (\S+)/.exec(
    readFileSync(`/proc/${first.child?.pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
  )
  const lock = join(data?.[1] ?? '', 'postmaster.pid')
  const text = readFileSync(lock, 'utf8')
  await first.child?.kill('SIGKILL')
  writeFileSync(lock, text.replace(/^\d+/, String(process.ppid)))
  const second = await start()
  assert.is(second.version, first.version)
  await second.stop()
})

postgres('it lets nobody in without the password, which only its owner can read', async () => {
  const server = await start()
  const url = new URL(server.urlOf('postgres'))
  url.password = 'guess'
  await ask(url.href, 'SELECT 1').then(
    () => assert.unreachable('a wrong password was taken'),
    (error: { code?: string }) => assert.is(error.code, '28P01'),
  )
  assert.is(statSync(join(folder, 'postgres.password')).mode & 0o777, 0o600)
  await server.stop()
})

postgres('a Postgres of somebody else that does not answer is named in one sentence', async () => {
  await usePostgres('postgres://someone:secret@127.0.0.1:1/market').then(
    () => assert.unreachable('nobody listens there'),
    (error: Error) => {
      assert.match(error.message, /^Postgres at 127\.0\.0\.1:1 does not answer/)
      assert.not.match(error.message, /secret/)
    },
  )
})

postgres('a Postgres of somebody else is given our databases beside its own', async () => {
  const server = await start()
  const used = await usePostgres(await server.database('theirs'))
  assert.match(await used.database('offset_button'), /\/theirs$/)
  assert.match(await used.database('simulated_cdm'), /\/simulated_cdm$/)
  assert.equal(await ask(used.urlOf('simulated_cdm'), 'SELECT 1 AS one'), [{ one: 1 }])
  await server.stop()
})

postgres('a user that may not make databases is told what is missing', async () => {
  const server = await start()
  await ask(server.urlOf('postgres'), "CREATE ROLE guest LOGIN PASSWORD 'guest'")
  const url = new URL(server.urlOf('postgres'))
  url.username = 'guest'
  url.password = 'guest'
  const used = await usePostgres(url.href)
  await used.database('payment_stand_in').then(
    () => assert.unreachable('a guest made a database'),
    (error: Error) =>
      assert.match(error.message, /^The database payment_stand_in is missing and the user guest /),
  )
  await server.stop()
})

postgres('removing it leaves nothing of it', async () => {
  removePostgresHome(folder)
  assert.not(existsSync(join(folder, 'postgres')))
  assert.not(existsSync(join(folder, 'postgres.password')))
})

postgres('a closed parent folder does not keep the server from its data', async () => {
  const closed = join(temporaryFolder(), 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o700)
  const inside = join(closed, 'project')
  const options = { folder: inside, logFile: join(inside, 'postgres.log') }
  const server = keep(await startPostgres(options))
  const { elsewhere } = server
  // Only root starts it as another user, who could not enter: the data then lie where that one can.
  assert.is(elsewhere !== undefined, process.getuid?.() === 0)
  if (elsewhere !== undefined) assert.is(statSync(elsewhere).mode & 0o777, 0o700)
  await server.database('kept')
  await server.stop()
  const again = keep(await startPostgres(options))
  assert.is(again.elsewhere, elsewhere)
  assert.is((await ask(again.urlOf('kept'), 'SELECT 1')).length, 1)
  await again.stop()
  removePostgresHome(inside)
  assert.not(existsSync(elsewhere ?? join(inside, 'postgres')))
})

postgres.run()
