import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { place, taken } from './commands.ts'

const filters = suite('filters')

// The book knows a filter again by 32 bits of it, and looks again: these two have the same.
const ALIKE = [{ project: [1, 3] }, { project: [2, 16_777_326] }] as const

for (const options of [{ plan: 'scan' }, { plan: 'merge' }, {}] as const) {
  filters(
    `two filters with the same fingerprint are told apart: ${JSON.stringify(options)}`,
    () => {
      const book = createBook(options)
      const first = place(book, 100, 5, { project: 3 })
      const second = place(book, 100, 5, { project: 16_777_326 })
      // A few instruments in each.
      for (const vintage of [2001, 2002, 2003]) {
        for (const project of [3, 16_777_326]) place(book, 200, 5, { project, vintage })
      }
      for (const [at, offer] of [first, second, first].entries()) {
        const filter = ALIKE[at % 2]
        assert.equal(taken(book, { quantityTonnes: 5, ...(filter && { filter }) }), [[offer, 5]])
      }
    },
  )
}

filters.run()
