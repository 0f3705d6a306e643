/** The purchase by HTTP that the README shows, run as it stands there. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { openMarket } from '../support/market.ts'
import { PAGE_KEY, startStack } from '../support/stack.ts'

const readme = suite('the README')
const keep = cleanUp(readme)

readme('its purchase by HTTP ends in a certificate', async () => {
  const stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 5, priceMinor: 308 },
    { seller: 1, quantity: 500, priceMinor: 310 },
  ])
  const text = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(text) ?? []
  const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script], {
    env: { ...process.env, API: stack.url, KEY: PAGE_KEY },
    timeout: 60_000,
  })
  const lines = stdout.trim().split('\n')
  assert.match(lines[0] ?? '', /"state":"reserved"/)
  assert.match(lines.at(-2) ?? '', /"state":"closed"/)
  const certificate = await fetch(lines.at(-1) ?? '', { headers: { accept: 'text/html' } })
  assert.is(certificate.status, 200)
  assert.match(await certificate.text(), /12 tonnes, cancelled for good/)
})

readme.run()
