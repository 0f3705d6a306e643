import { createServer } from 'node:net'
import { readSettings, refuseTakenPorts } from '@offset-button/demo-site/start/settings'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'

const settings = suite('settings of a start')
const keep = cleanUp(settings)

settings('without any, the API has port 4000 and the demo site 4001', () => {
  const { port, demoPort, isFresh, databaseUrl, stripe } = readSettings([], {})
  assert.equal(
    [port, demoPort, isFresh, databaseUrl, stripe],
    [4000, 4001, false, undefined, undefined],
  )
})

settings('one node, or as many as are asked for', () => {
  assert.is(readSettings([], {}).nodes, 1)
  assert.is(readSettings(['--nodes', '3', '--fresh'], {}).nodes, 3)
})

settings('an empty variable counts as not given', () => {
  assert.is(readSettings([], { PORT: '', DATABASE_URL: '' }).port, 4000)
})

for (const [what, args, env, sentence] of [
  ['a port that is no number', [], { PORT: 'abc' }, /PORT is "abc"/],
  ['a port beyond 65535', [], { DEMO_PORT: '65536' }, /DEMO_PORT is "65536"/],
  ['a port of 0', [], { PORT: '0' }, /PORT is "0"/],
  ['one port for both', [], { PORT: '5000', DEMO_PORT: '5000' }, /must differ/],
  ['an unknown argument', ['--clean'], {}, /knows no --clean/],
  ['no number of nodes', ['--nodes'], {}, /--nodes is a whole number from 1 to 9/],
  ['no node at all', ['--nodes', '0'], {}, /--nodes is a whole number from 1 to 9/],
  ['an address that is none', [], { REDIS_URL: 'localhost' }, /REDIS_URL is not an address/],
  [
    '--fresh on a Postgres of somebody else',
    ['--fresh'],
    { DATABASE_URL: 'postgres://a@b/c' },
    /empty the one behind DATABASE_URL yourself/,
  ],
] as const) {
  settings(`${what} is refused in one sentence`, () => {
    assert.throws(() => readSettings(args, env), sentence)
  })
}

settings('a port taken is refused, naming the variable to set', async () => {
  const server = keep(createServer())
  await new Promise<void>((resolve) => server.listen(0, () => resolve()))
  const port = (server.address() as { port: number }).port
  const taken = readSettings([], { PORT: String(port) })
  try {
    await refuseTakenPorts(taken)
    assert.unreachable('the port is taken')
  } catch (error) {
    assert.match((error as Error).message, new RegExp(`^Port ${port} is taken .* Set PORT to `))
  }
})

settings.run()
