import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { holesOf, MAX_HOLES, punchBand, tonnesPerHole } from '../../widget/perfin.ts'

const perfin = suite('perfin')

perfin('every digit has holes of its own', () => {
  const shapes = [...'0123456789'].map((digit) => JSON.stringify(holesOf(digit).holes))
  assert.is(new Set(shapes).size, 10)
})

perfin('holes keep to seven rows and to the columns', () => {
  const { holes, columns } = holesOf('1234567890 t')
  assert.ok(holes.every((hole) => hole.row >= 0 && hole.row < 7 && hole.column < columns))
})

perfin('the band grows with what is punched into it', () => {
  assert.is(punchBand('12 t').width, 320)
  assert.ok(punchBand('1000000 t').width > 320)
})

perfin('a hole stands for one tonne up to forty, and then for as few as keep to forty', () => {
  assert.is(tonnesPerHole(1), 1)
  assert.is(tonnesPerHole(40), 1)
  assert.is(tonnesPerHole(41), 2)
  assert.is(tonnesPerHole(5000), 200)
  assert.is(tonnesPerHole(1_000_000), 50_000)
  for (const tonnes of [1, 39, 99, 4_001, 999_999])
    assert.ok(tonnes / tonnesPerHole(tonnes) <= MAX_HOLES)
})

perfin.run()
