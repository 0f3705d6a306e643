/** The telling part of the crash matrix; `npm run chaos -- --matrix` runs all of it. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { CASES } from './matrix.ts'
import { runCase } from './matrix-case.ts'
import { type MatrixStack, startMatrixStack } from './matrix-stack.ts'

/** The effects on money and units where the API is killed, and where something else is lost. */
const TELLING = [
  'create the payment / after call / app',
  'propose the second leg / before call / app',
  'propose what takes the place of a refused leg / after call / app',
  'capture / after call / app',
  'complete the first leg / after call / app',
  'void / after call / app',
  'terminate a leg / after call / app',
  'refund / after call / app',
  'book: reserve / after call / link',
  'book: hold without end / before call / Postgres',
  'capture / after intent / link',
  'capture / after call / link',
  'capture / before result / Postgres',
  'complete the first leg / after call / Redis',
  'book: commit / after call / Postgres',
]

const matrix = suite('the crash matrix')
const keep = cleanUp(matrix)

/** One for all, and a new one after a case that failed. */
let on: MatrixStack | null = null
keep(() => on?.close())

matrix('every case has a name of its own', () => {
  assert.is(new Set(CASES.map(({ name }) => name)).size, CASES.length)
  assert.is(CASES.length, 320)
})

for (const name of TELLING) {
  matrix(name, async () => {
    const one = CASES.find((known) => known.name === name)
    assert.ok(one, 'no such case')
    on ??= await startMatrixStack()
    try {
      await runCase(on, one)
    } catch (error) {
      await on.close()
      on = null
      throw error
    }
  })
}

matrix.run()
