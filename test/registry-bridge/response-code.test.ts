import { adviceOf, messageOf, RESPONSE_CODES } from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const it = suite('response codes')

const ADVICE: readonly [codes: readonly number[], advice: string][] = [
  [[1006], 'retry'],
  [[3016, 4010], 'retry'],
  [[3005], 'refuse'],
  [[1006, 3005], 'refuse'],
  [[3005, 9002], 'person'],
  [[1006, 12345], 'person'],
  [[], 'person'],
]
for (const [codes, advice] of ADVICE)
  it(`the gravest advice counts: [${codes}] is ${advice}`, () => {
    assert.is(adviceOf(codes), advice)
  })

it('a code of the log is marked as indicative wherever its sentence shows', () => {
  for (const [code, { sentence, origin }] of Object.entries(RESPONSE_CODES)) {
    const message = messageOf([Number(code)])
    assert.match(message, sentence)
    assert.is(/indicative/.test(message), origin === 'indicative', code)
    assert.is(/^[45]/.test(code), origin === 'indicative', code)
  }
})

it.run()
