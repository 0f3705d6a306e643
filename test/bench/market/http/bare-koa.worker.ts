/** The least that an order through HTTP could cost: Koa, the body read and parsed, an answer in JSON. */
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { answerWith } from '../../support/worker.ts'

answerWith(async (): Promise<string> => {
  const app = new Koa()
  app.use(async (context) => {
    const chunks: Buffer[] = []
    for await (const chunk of context.req) chunks.push(chunk as Buffer)
    const order: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    context.status = 201
    context.body = { order }
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
