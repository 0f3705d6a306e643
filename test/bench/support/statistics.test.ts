import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { quantile, summarise } from './statistics.ts'

const statistics = suite('statistics')

statistics(
  'a summary names the middle, the quartiles and the ends, in whatever order values come',
  () => {
    assert.equal(summarise([50, 10, 40, 20, 30]), {
      median: 30,
      lowerQuartile: 20,
      upperQuartile: 40,
      least: 10,
      most: 50,
      repetitions: 5,
    })
  },
)

statistics('values are ordered as numbers', () => {
  assert.is(summarise([9, 10, 100]).median, 10)
})

statistics('a quantile between two values is between them', () => {
  assert.is(summarise([1, 2, 3, 4]).median, 2.5)
  assert.is(quantile(Float64Array.of(0, 10), 0.75), 7.5)
})

statistics('one value is all of its summary', () => {
  const { median, least, most } = summarise([7])
  assert.equal([median, least, most], [7, 7, 7])
})

statistics('nothing cannot be summarised', () => {
  assert.throws(() => summarise([]), /no values/)
})

statistics.run()
