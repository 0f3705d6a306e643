/** What each language's own typography asks of every word that is shown, whoever shows it. */
import { BUTTON_WORDS } from '@offset-button/contract/words/button'
import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'
import { MARKET_WORDS } from '@offset-button/contract/words/market'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CATALOGUES } from '../../api/pages/catalogues.ts'
import { CERTIFICATE_WORDS } from '../../widget/certificate/certificate-words.ts'
import { COUNTER_WORDS } from '../../widget/counter/counter-words.ts'
import { LABELS } from '../../widget/languages/labels.ts'
import { TONNES } from '../../widget/live/words.ts'

const typography = suite('typography')

/** Every text of a language, of button, elements, pages and refusals. */
const textsOf = (code: LanguageCode): readonly string[] => {
  const tables: readonly object[] = [
    BUTTON_WORDS[code],
    MARKET_WORDS[code],
    COUNTER_WORDS[code],
    CERTIFICATE_WORDS[code],
    LABELS[code],
    TONNES[code],
    CATALOGUES[code].words,
    CATALOGUES[code].problems,
  ]
  const flat = (value: unknown): readonly string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap(flat)
  return tables.flatMap(flat)
}

typography('in French no line breaks before what belongs to the word before it', () => {
  const texts = textsOf('fr')
  assert.ok(texts.some((text) => text.includes('\u202f?')))
  const loose = texts.filter((text) => / [:;!?»%]|« |\d \d{3}|\d t\b|\d \$/.test(text))
  assert.equal(loose, [])
})

typography(
  'in French such a sign has its space: a narrow one, or a whole one before a colon',
  () => {
    const isTight = (text: string) => /[^\u202f][;!?]|[^\u00a0]:(?!\/)/.test(text)
    // The name of a header is written as it is sent.
    const tight = textsOf('fr').filter((text) => isTight(text.replace('Authorization:', '')))
    assert.equal(tight, [])
  },
)

typography('tonnes beside a number are written alike by the button and by the elements', () => {
  for (const code of LANGUAGES)
    assert.equal(TONNES[code].short, BUTTON_WORDS[code]['tonnes.short'], code)
  for (const code of LANGUAGES)
    assert.equal(CERTIFICATE_WORDS[code].valid, BUTTON_WORDS[code]['certificate.done'], code)
})

typography('in Arabic two tonnes are one word, written in one way, in whatever case', () => {
  const texts = textsOf('ar').join('\n')
  assert.match(texts, 'طنان')
  assert.not.match(texts, /طنّ|2 طن|\{n\} طنان/)
})

typography.run()
