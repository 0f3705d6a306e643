import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { type BreakableLink, breakableLink } from './breakable-link.ts'

const links = suite('breakable link')
const keep = cleanUp(links)

/** A server that keeps what it hears, and answers each piece with its name and the piece. */
async function serve(name: string) {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      heard.push(String(data))
      socket.write(`${name} ${data}`)
    })
    socket.on('end', () => heard.push('end'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  keep(() => server.close())
  return { heard, url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function call(link: BreakableLink): Promise<Socket> {
  const socket = connect(Number(new URL(link.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  keep(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

const answer = async (socket: Socket) => String((await once(socket, 'data'))[0])

async function ask(socket: Socket, what: string): Promise<string> {
  const answered = answer(socket)
  socket.write(what)
  return answered
}

const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
}

async function start() {
  const server = await serve('one')
  return { ...server, link: keep(await breakableLink(server.url)) }
}

links('what is cut is ended, what comes is refused, until it is mended', async () => {
  const { link } = await start()
  const socket = await call(link)
  assert.is(await ask(socket, 'a'), 'one a')
  link.cut()
  await closed(socket)
  await closed(await call(link))
  link.mend()
  assert.is(await ask(await call(link), 'b'), 'one b')
})

links('answers are lost one way: what is said arrives', async () => {
  const { link, heard } = await start()
  const socket = await call(link)
  assert.is(await ask(socket, 'a'), 'one a')
  const answers: string[] = []
  socket.on('data', (data) => answers.push(String(data)))
  link.hold('back')
  socket.write('b')
  await until(() => heard.includes('b'))
  link.mend()
  const other = await call(link)
  assert.is(await ask(other, 'c'), 'one c')
  assert.equal(answers, [], 'it is dead for good')
  link.reset()
  await Promise.all([closed(socket), closed(other)])
})

links('requests are lost one way: nothing of them arrives, later neither', async () => {
  const { link, heard } = await start()
  const socket = await call(link)
  assert.is(await ask(socket, 'a'), 'one a')
  link.hold('there')
  socket.write('b')
  await new Promise((resolve) => setTimeout(resolve, 20))
  link.mend()
  assert.is(await ask(await call(link), 'c'), 'one c')
  assert.equal(heard, ['a', 'c'])
})

links('what is delayed arrives in its order, and after whoever said it has gone', async () => {
  const { link, heard } = await start()
  const socket = await call(link)
  assert.is(await ask(socket, 'a'), 'one a')
  link.delay()
  socket.write('b')
  await new Promise<void>((resolve) => socket.end(resolve))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(heard, ['a'])
  link.mend()
  await until(() => heard.includes('end'))
  assert.equal(heard, ['a', 'b', 'end'])
})

links('answers that are delayed come when it is mended', async () => {
  const { link, heard } = await start()
  const socket = await call(link)
  link.delay('back')
  const answered = answer(socket)
  socket.write('a')
  await until(() => heard.includes('a'))
  link.mend()
  assert.is(await answered, 'one a')
})

links('what comes is led to another server', async () => {
  const { link } = await start()
  const socket = await call(link)
  assert.is(await ask(socket, 'a'), 'one a')
  const other = await serve('other')
  link.leadTo(other.url)
  await closed(socket)
  assert.is(await ask(await call(link), 'b'), 'other b')
})

links.run()
