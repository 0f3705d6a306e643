import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { confirmCard, openMarket, orderBody, placeOrder, untilOrder } from '../support/market.ts'
import { type Stack, startStack } from '../support/stack.ts'

const command = suite('npm run audit')
const keep = cleanUp(command)

let stack: Stack

command.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [{ seller: 0, quantity: 100, priceMinor: 300 }])
  const closed = await placeOrder(stack, orderBody(20, 100_000))
  await confirmCard(stack, closed.body)
  assert.is((await untilOrder(stack, closed.body.id)).state, 'closed')
  assert.is((await placeOrder(stack, orderBody(10, 100_000))).status, 201)
})

async function run() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: stack.databases.api.url,
      REGISTRY_URL: stack.registryUrl,
      REGISTRY_API_TOKEN: stack.keys.registryToken,
      STRIPE_API_URL: stack.paymentUrl,
      STRIPE_SECRET_KEY: stack.keys.secretKey,
    },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const said = await text(child.stdout)
  return { said, code: await ended }
}

command('finds nothing broken beside an order that is under way', async () => {
  const { said, code } = await run()
  assert.is(code, 0, said)
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9]) assert.match(said, `holds  ${number}`)
})

command('names what is broken by its number, and the rows', async () => {
  const client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
  await client.query('UPDATE offer SET sold = sold + 1')
  const { said, code } = await run()
  assert.is(code, 1, said)
  assert.match(said, /BROKEN 1\. an offer is available, reserved, sold and withdrawn in sum/)
  assert.match(said, /holds {2}2/)
})

command.run()
