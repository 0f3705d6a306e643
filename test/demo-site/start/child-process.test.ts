import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Child,
  describeExit,
  startChild,
  startNode,
} from '@offset-button/demo-site/start/child-process'
import { processIdentity } from '@offset-button/demo-site/start/process-identity'
import { RunRecord } from '@offset-button/demo-site/start/run-record'
import { Running } from '@offset-button/demo-site/start/running'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { temporaryFolder } from '../../support/own-server.ts'

const processes = suite('processes that we start')
const keep = cleanUp(processes)
const folder = temporaryFolder()
let count = 0

/** A Node process that runs a few lines of JavaScript. */
async function run(name: string, lines: string): Promise<Child> {
  const file = join(folder, `${++count}.js`)
  writeFileSync(file, lines)
  return keep(
    await startNode({ name, file, logFile: join(folder, `${count}.log`), ownGroup: true }),
  )
}

const WAIT = 'setInterval(() => {}, 1000)'

processes('a line is waited for, also when it was printed before', async () => {
  const child = await run('Server', `console.log('listening http://here'); ${WAIT}`)
  assert.is((await child.waitForLine(/^listening (\S+)/, 5000))[1], 'http://here')
  assert.is((await child.waitForLine(/^listening (\S+)/, 5000))[1], 'http://here')
})

processes(
  'one that ends before its line is described by its exit code and the end of its log',
  async () => {
    const child = await run('Server', "console.error('no room'); process.exit(3)")
    await child.waitForLine(/^listening/, 5000).then(
      () => assert.unreachable(),
      (error: Error) =>
        assert.match(error.message, /^Server ended by itself \(exit code 3\).*no room/s),
    )
  },
)

processes('one that never says its line is given up', async () => {
  const child = await run('Server', WAIT)
  await child.waitForLine(/^listening/, 200).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /^Server was not ready after 0 s/),
  )
})

processes('one that ignores SIGTERM is killed when its time is over', async () => {
  const file = join(folder, 'stubborn.js')
  writeFileSync(file, `process.on('SIGTERM', () => {}); console.log('deaf'); ${WAIT}`)
  const logFile = join(folder, 'stubborn.log')
  const child = keep(
    await startNode({ name: 'Stubborn', file, logFile, stopSignals: [['SIGTERM', 200]] }),
  )
  await child.waitForLine(/deaf/, 5000)
  await child.stop()
  assert.is(child.exit?.signal, 'SIGKILL')
  assert.is(processIdentity(child.pid), undefined)
})

processes('the log of the run before is kept once', async () => {
  const logFile = join(folder, 'twice.log')
  for (const word of ['first', 'second']) {
    const child = await startChild({ name: 'Echo', command: 'echo', args: [word], logFile })
    await child.exited
  }
  assert.is(readFileSync(`${logFile}.previous`, 'utf8'), 'first\n')
})

processes('a program that is not there is one sentence', async () => {
  const logFile = join(folder, 'none.log')
  await startChild({ name: 'Nothing', command: '/no/such/program', args: [], logFile }).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /^Nothing could not be started: /),
  )
})

processes('what was started last ends first, and the folder is free again', async () => {
  const record = await RunRecord.open(join(folder, 'order.json'), () => undefined)
  const running = new Running(record, (sentence) => assert.unreachable(sentence))
  const ended: string[] = []
  for (const name of ['first', 'second', 'third']) {
    const child = await run(name, `console.log('up'); ${WAIT}`)
    await child.waitForLine(/up/, 5000)
    running.add(child)
    running.watch(child)
    void child.exited.then(() => ended.push(name))
  }
  await running.stop()
  assert.equal(ended, ['third', 'second', 'first'])
  assert.not(existsSync(join(folder, 'order.json')))
})

processes('a crash is told once, with what it was', async () => {
  const record = await RunRecord.open(join(folder, 'crash.json'), () => undefined)
  const told = await new Promise<string>((resolve) => {
    const running = new Running(record, resolve)
    void run('API', "setTimeout(() => { throw new Error('boom') }, 100)").then((child) => {
      running.add(child)
      running.watch(child)
    })
  })
  record.close()
  assert.match(told, /^API ended by itself \(exit code 1\).*boom/s)
})

processes('a second start in the same folder is refused', async () => {
  const file = join(folder, 'second.json')
  const record = await RunRecord.open(file, () => undefined)
  await RunRecord.open(file, () => undefined).then(
    () => assert.unreachable(),
    (error: Error) =>
      assert.match(error.message, /^npm start already runs in this folder \(process \d+\)/),
  )
  record.close()
})

processes(
  'what a killed start left behind is ended, and a process that only has its number is not',
  async () => {
    const left = await run('Left', `console.log('up'); ${WAIT}`)
    const other = await run('Other', `console.log('up'); ${WAIT}`)
    const file = join(folder, 'left.json')
    writeFileSync(
      file,
      JSON.stringify([
        { name: 'npm start', pid: process.pid, identity: 'of another time', signal: 'SIGTERM' },
        { name: 'Left', pid: left.pid, identity: processIdentity(left.pid), signal: 'SIGTERM' },
        { name: 'Other', pid: other.pid, identity: 'of another time', signal: 'SIGTERM' },
      ]),
    )
    const record = await RunRecord.open(file, () => undefined)
    record.close()
    await left.exited
    assert.match(describeExit(left), /SIGTERM/)
    assert.is(other.exit, undefined)
  },
)

processes.run()
