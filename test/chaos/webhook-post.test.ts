import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { type Manner, startWebhookPost } from './webhook-post.ts'

const post = suite('webhook post')
const keep = cleanUp(post)

async function start() {
  const came: string[] = []
  const node = keep(
    createServer(async (request, response) => {
      came.push(`${request.headers['stripe-signature']} ${await text(request)}`)
      response.end()
    }),
  )
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve))
  const nowhere = 'http://127.0.0.1:1'
  const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`
  const webhooks = keep(await startWebhookPost('/webhooks', () => [nowhere, url]))
  const send = async (body: string) => {
    const headers = { 'content-type': 'application/json', 'stripe-signature': 'signed' }
    return (await fetch(webhooks.url, { method: 'POST', headers, body })).status
  }
  return { came, webhooks, send }
}

post('an event comes to a node that is there, as it was signed', async () => {
  const { came, send } = await start()
  assert.is(await send('a'), 200)
  assert.equal(came, ['signed a'])
})

const BROUGHT: readonly [Manner, readonly string[], readonly string[]][] = [
  ['never', [], []],
  ['twice', ['signed a', 'signed a', 'signed b', 'signed b'], []],
  ['late', [], ['signed a', 'signed b']],
  ['last first', [], ['signed b', 'signed a']],
]
for (const [manner, before, after] of BROUGHT) {
  post(`events come ${manner}`, async () => {
    const { came, webhooks, send } = await start()
    await webhooks.carry(manner)
    const two = webhooks.events(2)
    assert.equal([await send('a'), await send('b')], [200, 200])
    await two
    assert.equal(came, before)
    await webhooks.carry('at once')
    assert.equal(came, [...before, ...after])
  })
}

post.run()
