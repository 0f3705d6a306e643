import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sumEstimate } from '../../widget/estimate.ts'
import { ACTIVITIES, FACTORS } from '../../widget/factors.ts'

const estimate = suite('estimate')

estimate('each factor names its source and its year, and is a whole number of grams', () => {
  for (const activity of ACTIVITIES) {
    const { gramsPerUnit, source, year } = FACTORS[activity]
    assert.ok(Number.isSafeInteger(gramsPerUnit) && gramsPerUnit > 0)
    assert.ok(source.length > 10 && year > 2000, activity)
  }
})

estimate('lines are whole kilograms, and the sum is rounded up to whole tonnes', () => {
  const sum = sumEstimate({ electricity: '3,200', car: '11,000', flights: '2' }, '.')
  assert.equal(
    sum.lines.map((line) => line.kg),
    [1520, 0, 1804, 4400],
  )
  assert.is(sum.kg, 7724)
  assert.is(sum.tonnes, 8)
})

estimate('nothing typed is nothing to buy', () => {
  assert.is(sumEstimate({}, '.').tonnes, 0)
  assert.is(sumEstimate({ car: '0' }, '.').tonnes, 0)
})

estimate('a decimal comma is read where the language has one', () => {
  assert.is(sumEstimate({ gas: '1.000,5' }, ',').kg, 183)
})

estimate('what is not a number counts nothing and is told apart', () => {
  for (const typed of ['-5', 'many', '1e9', '99999999999'])
    assert.is(sumEstimate({ car: typed }, '.').lines[2]?.kg, null, typed)
})

estimate.run()
