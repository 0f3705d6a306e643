import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { driven, drivesOf, operationsOf } from './drive.ts'

const books = suite('books of every plan against the oracle: instruments')
const sum = driven()

for (const [name, drive] of drivesOf('instruments')) {
  books(`every answer and every state is the oracle's: ${name}`, () => drive(sum))
}

books('all the operations were done', () => {
  assert.is(sum.operations, operationsOf('instruments'))
})

books.run()
