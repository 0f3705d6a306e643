import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followRequests } from '../../../api/http/draining.ts'
import { cleanUp } from '../../support/clean-up.ts'

const draining = suite('draining')
const keep = cleanUp(draining)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function ask(agent: Agent, port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST' }, (answer) => {
      answer.resume().once('end', () => resolve(answer))
    })
    asked.once('error', reject).end('a body')
  })
}

draining('whoever keeps a connection busy is told that it ends, and loses no answer', async () => {
  const server = keep(createServer((_, response) => setTimeout(() => response.end(), 2)))
  const requests = followRequests(server)
  const port = await listen(server)
  const agent = new Agent({ keepAlive: true })
  keep(() => agent.destroy())
  let answers = 0
  const client = async (number: number): Promise<string | undefined> => {
    for (;;) {
      const answer = await ask(agent, port)
      answers++
      // Whoever asks for the health of a node does not come again.
      if (answer.headers.connection === 'close') return answer.headers.connection
      await pause(number % 5)
    }
  }
  const clients = Promise.all(Array.from({ length: 25 }, (_, number) => client(number)))
  while (answers < 200) await pause(5)
  await Promise.all([clients, requests.drain()])
  assert.equal(new Set(await clients), new Set(['close']))
  const refused = await ask(agent, port).catch(({ code }: NodeJS.ErrnoException) => code)
  assert.is(refused, 'ECONNREFUSED')
})

draining('a request that is under way is answered', async () => {
  let isThere = () => {}
  const arrived = new Promise<void>((resolve) => {
    isThere = resolve
  })
  let answer = () => {}
  const server = keep(
    createServer((_, response) => {
      answer = () => response.end()
      isThere()
    }),
  )
  const requests = followRequests(server)
  const port = await listen(server)
  const asked = ask(new Agent(), port)
  await arrived
  const drained = requests.drain()
  while (server.listening) await pause(20)
  answer()
  assert.is((await asked).statusCode, 200)
  await drained
})

draining.run()
