import { readFile } from 'node:fs/promises'
import { inspect } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const ENGINE = new URL('../../engine/', import.meta.url)

test("the example in the engine's README runs and prints what it says", async () => {
  const readme = await readFile(new URL('README.md', ENGINE), 'utf8')
  const example = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const promised = [...example.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(([, says]) => says)
  assert.is(promised.length, 2)
  assert.equal(await printedBy(example), promised)
})

/** Runs a module's text and collects what it logs. */
async function printedBy(text: string): Promise<string[]> {
  const entry = new URL('index.ts', ENGINE).href
  const source = text.replace("'@offset-button/engine'", `'${entry}'`)
  const printed: string[] = []
  const { log } = console
  console.log = (value: unknown) => {
    printed.push(typeof value === 'string' ? value : inspect(value))
  }
  try {
    await import(`data:text/javascript,${encodeURIComponent(source)}`)
  } finally {
    console.log = log
  }
  return printed
}

test.run()
