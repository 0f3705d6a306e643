/** Three real nodes under load: what a rolling restart, a killed holder, with Redis and without, and a lost Postgres may cost. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { orderBody, request } from '../support/market.ts'
import { PAGE_KEY } from '../support/stack.ts'
import { FAULTS } from './faults.ts'
import { startTown, type Town } from './town.ts'

const nodes = suite('three nodes under load')
const keep = cleanUp(nodes)

let town: Town
nodes.before(async () => {
  town = keep(await startTown(3))
  await town.load.orders(5)
})

nodes.before.each(() => town.load.forget())
nodes.after.each(() => {
  for (const link of [...town.links('redis'), ...town.links('postgres')]) link.mend()
})

const happen = async (name: string) => {
  const fault = FAULTS[name]
  assert.ok(fault, `no fault ${name}`)
  await fault.happens(town)
  await town.load.orders(5)
}

nodes('a rolling restart refuses no order, and drops no request that was sent', async () => {
  await happen('a rolling restart')
  assert.equal([...town.load.refusals], [])
  // A node that ends may be gone between two questions for its health.
  assert.equal(
    [...town.load.losses.keys()].filter((loss) => loss !== 'connection refused'),
    [],
  )
})

nodes('without Redis the holder goes on in its epoch, and refuses nothing', async () => {
  const epoch = await town.epoch()
  await happen('Redis is cut off')
  await happen('Redis is silent')
  await happen('Redis forgets everything')
  assert.is(await town.epoch(), epoch)
  assert.equal([...town.load.refusals], [])
})

nodes('a killed holder is replaced, and the market refuses nothing', async () => {
  const epoch = await town.epoch()
  await happen('SIGKILL of the holder')
  assert.ok((await town.epoch()) > epoch)
  // Whose payment the killed node was creating is told to come again until that call has been looked up.
  const refusals = [...town.load.refusals.keys()]
  assert.equal(
    refusals.filter((code) => code !== 'payment_unavailable'),
    [],
  )
})

nodes('a killed holder is replaced without Redis, too', async () => {
  const epoch = await town.epoch()
  const holder = await town.holder()
  for (const link of town.links('redis')) link.cut()
  // The node in its place starts without Redis, too.
  await Promise.all([town.replace(holder, 'SIGKILL'), town.load.orders(5)])
  for (const link of town.links('redis')) link.mend()
  assert.ok((await town.epoch()) > epoch)
})

nodes('a holder that stood still past its lease changes nothing', async () => {
  await happen('SIGSTOP of the holder past its lease')
})

nodes('without Postgres orders are refused with a 503 that says when to come again', async () => {
  for (const link of town.links('postgres')) link.cut()
  const told = await request<{ code: string }>(town.nodes[0]?.url ?? '', 'POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(2, 100_000),
    headers: { 'idempotency-key': 'without-postgres-0001' },
  })
  assert.is(told.status, 503, JSON.stringify(told.body))
  assert.ok(['market_unavailable', 'outcome_unknown'].includes(told.body.code), told.body.code)
  assert.ok(Number(told.headers.get('retry-after')) > 0)
  for (const link of town.links('postgres')) link.mend()
  await town.load.orders(5)
  await happen('Postgres commits, and its answers are lost')
})

nodes('what was promised is kept, and all books agree', async () => {
  assert.equal(await town.settle(), [])
  assert.equal(town.load.failures, [])
})

nodes.run()
