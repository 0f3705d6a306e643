import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { attempt, keptConnections } from './attempt.ts'

const attempts = suite('attempt')
const keep = cleanUp(attempts)
const agent = keep(keptConnections())

async function serve(listener: RequestListener) {
  const server = keep(createServer(listener))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

attempts('an answer is told, with when to come again', async () => {
  const { url } = await serve((_, response) =>
    response.writeHead(503, { 'retry-after': '2' }).end('{"code":"none"}'),
  )
  const told = await attempt(agent, url, {}, {})
  assert.equal(told, { status: 503, body: { code: 'none' }, retryAfter: '2' })
})

attempts('a request that was sent whole and has no answer was dropped', async () => {
  const { url } = await serve((request) => {
    request.resume().once('end', () => request.socket.destroy())
  })
  assert.equal(await attempt(agent, url, { a: 'body' }, {}), { loss: 'dropped without an answer' })
})

attempts('an answer that ends in its midst is none', async () => {
  const { url } = await serve((_, response) => {
    response.write('{"code":')
    setTimeout(() => response.destroy(), 5)
  })
  assert.equal(await attempt(agent, url, {}, {}), { loss: 'dropped without an answer' })
})

attempts('where nobody listens the connection is refused', async () => {
  const { server, url } = await serve(() => undefined)
  await new Promise((resolve) => server.close(resolve))
  assert.equal(await attempt(agent, url, {}, {}), { loss: 'connection refused' })
})

attempts.run()
