import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createFormat, perTonne } from '../../widget/format.ts'
import { countdown } from '../../widget/format-later.ts'
import { ENGLISH_FORMAT as en } from './support/english.ts'

const format = suite('format')

format('tonnes have a narrow space that does not break', () => {
  assert.is(en.tonnes(12), '12\u202ft')
  assert.is(en.tonnes(1_204_310), '1,204,310\u202ft')
})

format('money is narrow in lines and says US in totals', () => {
  assert.is(en.line(308), '$3.08')
  assert.is(en.total(3976), 'US$39.76')
  assert.is(en.total(5), 'US$0.05')
})

format('money is exact to the cent at the largest amounts', () => {
  assert.is(en.line(9_007_199_254_740_991), '$90,071,992,547,409.91')
})

format('among Arabic words money keeps its order', () => {
  const { line } = createFormat('ar-u-nu-latn', (n) => `${n}`)
  assert.match(line(308), /^\u2066.*3\.08\u00a0US\$\u2069$/)
})

format('basis points read as per cent', () => {
  assert.is(en.percent(300), '3%')
  assert.is(en.percent(275), '2.75%')
})

format('hosts have names, and an unknown code stays as it is', () => {
  assert.is(en.host('KE'), 'Kenya')
  assert.is(en.host('ZZ'), 'Unknown Region')
})

format('a countdown rounds up to the second and ends at zero', () => {
  assert.is(countdown(120_000), '2:00')
  assert.is(countdown(57_001), '0:58')
  assert.is(countdown(1), '0:01')
  assert.is(countdown(0), '0:00')
  assert.is(countdown(-5), '0:00')
})

format('the price of one tonne is rounded half up to the cent', () => {
  assert.is(perTonne(3976, 12), 331)
  assert.is(perTonne(3, 2), 2)
  assert.is(perTonne(1, 3), 0)
})

format.run()
