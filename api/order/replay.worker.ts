import { parentPort } from 'node:worker_threads'
import { type Command, explainPast } from '@offset-button/engine'
import { assert } from '../assert.ts'

/** Gathers a journal's commands, as JSON, until null comes; then explains the last of them and answers. */
const port = parentPort
assert(port, 'a worker of order.replay')
const commands: Command[] = []
port.on('message', (page: readonly string[] | null) => {
  if (page) for (const command of page) commands.push(JSON.parse(command) as Command)
  else port.postMessage(explainPast(commands, commands.length - 1))
})
