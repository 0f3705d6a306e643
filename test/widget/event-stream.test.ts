import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createStreamReader } from '../../widget/event-stream.ts'

const stream = suite('event stream')

const TEXT =
  'event: order\nid: 1\ndata: {"a":1}\n\n: beat\n\ndata: one\ndata: two\r\n\r\nevent: order\rdata:x\r\r'
const MESSAGES = [
  { event: 'order', data: '{"a":1}' },
  { event: 'message', data: 'one\ntwo' },
  { event: 'order', data: 'x' },
]

stream('messages are read, comments are passed over', () => {
  assert.equal(createStreamReader()(`${TEXT}\n`), MESSAGES)
})

stream('it does not matter where the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: TEXT.length }), { maxLength: 12 }), (cuts) => {
      const read = createStreamReader()
      const at = [0, ...cuts.sort((a, b) => a - b), TEXT.length]
      const pieces = at.slice(1).map((end, index) => TEXT.slice(at[index], end))
      assert.equal([...pieces.flatMap((piece) => [...read(piece)]), ...read('\n')], MESSAGES)
    }),
    { numRuns: 200 },
  )
})

stream('a message without its empty line is not told', () => {
  assert.equal(createStreamReader()('data: half\n'), [])
})

stream.run()
