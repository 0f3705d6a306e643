import {
  ACCOUNT_TYPES,
  type AccountNumberProblem,
  checkDigits,
  formatAccountNumber,
  parseAccountNumber,
} from '@offset-button/registry-bridge'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const it = suite('account numbers')

const anyAccount = fc.record(
  {
    registry: fc.stringMatching(/^[A-Z]{2,3}$/),
    type: fc.constantFrom(...ACCOUNT_TYPES),
    identifier: fc.integer({ min: 1, max: 999_999_999_999_999 }),
    commitmentPeriod: fc.integer({ min: 0, max: 99 }),
  },
  { noNullPrototype: true },
)

it("the field's example GB-230-1020-2-82 holds, with UK for its letters", () => {
  const account = { registry: 'GB', type: 230, identifier: 1020, commitmentPeriod: 2 } as const
  assert.equal(parseAccountNumber('GB-230-1020-2-82'), { kind: 'ok', account })
  assert.is(checkDigits(account), 82)
  assert.is(formatAccountNumber(account), 'GB-230-1020-2-82')
})

const INVALID: readonly [text: string, problem: AccountNumberProblem][] = [
  ['', 'form_invalid'],
  ['GB-230-1020-2', 'form_invalid'],
  ['gb-230-1020-2-82', 'form_invalid'],
  ['GB-230-01020-2-82', 'form_invalid'],
  ['GB-230-0-2-82', 'form_invalid'],
  ['GB-230-1020-02-82', 'form_invalid'],
  ['GB-230-1020-2-082', 'form_invalid'],
  ['GB-999-1020-2-82', 'type_unknown'],
  ['GB-230-1020-2-83', 'check_digits_wrong'],
  ['GB-230-1002-2-82', 'check_digits_wrong'],
  ['GB-250-1020-2-82', 'check_digits_wrong'],
]
for (const [text, problem] of INVALID)
  it(`"${text}" is refused as ${problem}`, () => {
    assert.equal(parseAccountNumber(text), { kind: 'invalid', problem })
  })

it('reading what was printed gives the same account', () => {
  fc.assert(
    fc.property(anyAccount, (account) => {
      assert.equal(parseAccountNumber(formatAccountNumber(account)), { kind: 'ok', account })
    }),
  )
})

it('one wrong digit of the identifier, or two neighbours swapped, is noticed', () => {
  fc.assert(
    fc.property(anyAccount, fc.nat(), fc.integer({ min: 1, max: 9 }), (account, at, shift) => {
      const digits = [...String(account.identifier)]
      const place = at % digits.length
      const wrong = digits.with(place, String((Number(digits[place]) + shift) % 10))
      const swapped = digits.toSpliced(place, 2, ...digits.slice(place, place + 2).reverse())
      const good = formatAccountNumber(account)
      for (const other of [wrong.join(''), swapped.join('')]) {
        if (other === digits.join('') || other.startsWith('0')) continue
        const changed = good.split('-').with(2, other).join('-')
        assert.is(parseAccountNumber(changed).kind, 'invalid', changed)
      }
    }),
  )
})

it.run()
