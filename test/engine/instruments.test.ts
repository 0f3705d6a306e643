/** Instruments come and go, by the hundred thousand: what they cost is theirs, and what is gone costs little. */
import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Instruments } from '../../engine/instruments.ts'
import { ATTRIBUTES, accepted, place, quote, withdraw } from './commands.ts'
import { heapBytes } from './heap.ts'

const instruments = suite('instruments')

instruments('dense numbers are told apart in a few steps', () => {
  // Seller and project by themselves make the same sums, differences and exclusive ors again and again.
  const all = new Instruments()
  for (let seller = 1; seller <= 300; seller++) {
    for (let project = 1; project <= 300; project++) all.of({ ...ATTRIBUTES, project }, seller)
  }
  assert.is(all.length, 90_000)
  let reads = 0
  for (let seller = 1; seller <= 300; seller++) {
    const attributes = {
      ...ATTRIBUTES,
      get project() {
        reads++
        return seller
      },
    }
    assert.is(all.of(attributes, seller), (seller - 1) * 301)
  }
  // One for the hash, one for each instrument that it is compared with.
  assert.ok(reads < 300 * 4, `${reads} reads`)
})

for (const isAsked of [false, true]) {
  instruments(
    `of what ended no queue is kept${isAsked ? ', where filters were asked' : ''}`,
    () => {
      const book = createBook()
      const come = (from: number, to: number): void => {
        for (let project = from; project < to; project++) {
          const offer = place(book, 100, 5, { project })
          if (isAsked) quote(book, { quantityTonnes: 1, filter: { project: [project] } })
          accepted(book, withdraw(offer))
        }
      }
      come(1, 20_000)
      const before = heapBytes()
      come(20_000, 40_000)
      // An instrument itself is kept for good; a leaf of its queue would be 512 bytes more.
      assert.ok(heapBytes() - before < 20_000 * 500, 'their queues are gone')
      book.verify()
    },
  )
}

instruments.run()
