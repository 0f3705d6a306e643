import type { LanguageCode } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { languageOf } from '../../../api/pages/language.ts'
import { quoteRequestOf, readChoice } from '../../../api/pages/purchase-choice.ts'

const it = suite('a choice as typed')

const asked = (code: LanguageCode, query: Record<string, string>) =>
  quoteRequestOf(languageOf(code), readChoice(query))
const tonnes = (code: LanguageCode, typed: string): unknown => {
  const read = asked(code, { tonnes: typed })
  return 'request' in read ? read.request.quantity_tonnes : read.faults.tonnes
}
const cents = (code: LanguageCode, typed: string): unknown => {
  const read = asked(code, { budget: typed })
  return 'request' in read ? read.request.budget_minor : read.faults.budget
}

it('tonnes are read with the groups of the language, and never rounded or guessed', () => {
  for (const [code, typed, read] of [
    ['en', '12', 12],
    ['en', '5,000', 5000],
    ['de', '5.000', 5000],
    ['fr', '5\u202f000', 5000],
    ['hi', '१२', 12],
    ['ar', '٥٬٠٠٠', 5000],
    ['en', '12.5', languageOf('en').say('typed.fraction')],
    ['fr', '12,5', languageOf('fr').say('typed.fraction')],
    ['fr', '5,000', languageOf('fr').say('typed.fraction')],
    ['es', '0', languageOf('es').say('typed.zero')],
    ['pt', '1000001', languageOf('pt').say('typed.huge')],
    ['zh', '一', languageOf('zh').say('typed.unreadable')],
    ['en', '1e3', languageOf('en').say('typed.unreadable')],
    ['en', '-1', languageOf('en').say('typed.unreadable')],
  ] as const) {
    assert.is(tonnes(code, typed), read, `${code}: ${typed}`)
  }
})

it('money is read as people of the language type it, and as the button writes it', () => {
  for (const [code, typed, read] of [
    ['en', '50', 5000],
    ['en', '$49.5', 4950],
    ['en', '1,000.50', 100_050],
    ['de', '1.000,50', 100_050],
    ['de', '49.50', 4950],
    ['fr', '49,50 $US', 4950],
    ['ar', '٤٩٫٥', 4950],
    ['en', '1.234', languageOf('en').say('typed.money_fraction')],
    ['de', '1,234', languageOf('de').say('typed.money_fraction')],
    ['es', '0,00', languageOf('es').say('typed.money_zero')],
    ['hi', '1000000000.01', languageOf('hi').say('typed.money_huge')],
    ['fr', 'beaucoup', languageOf('fr').say('typed.money_unreadable')],
  ] as const) {
    assert.is(cents(code, typed), read, `${code}: ${typed}`)
  }
})

it('a limit for one tonne is read the same way, beside what is wrong with the amount', () => {
  const { faults } = asked('de', { tonnes: 'x', max_price: 'y' }) as {
    faults: Record<string, string>
  }
  const { say } = languageOf('de')
  assert.equal(faults, { tonnes: say('typed.unreadable'), maxPrice: say('typed.money_unreadable') })
  const read = asked('de', { tonnes: '2', max_price: '3,08' })
  assert.is('request' in read && read.request.max_price_minor, 308)
})

it.run()
