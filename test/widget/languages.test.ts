import { LANGUAGES, type Plural } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LABELS } from '../../widget/languages/labels.ts'
import { formOf } from '../../widget/languages/plural.ts'

const languages = suite('languages')

type Table = Readonly<Record<string, string | Plural>>
const tables = await Promise.all(
  LANGUAGES.map(async (code) => {
    const first = await import(`@offset-button/contract/words/${code}`)
    const rest = await import(`@offset-button/contract/words/${code}.rest`)
    return { code, words: { ...first.words, ...rest.words, ...LABELS[code] } as Table }
  }),
)
const [english] = tables
if (english?.code !== 'en') throw new Error('English comes first.')

const formsOf = (entry: string | Plural | undefined): readonly string[] =>
  entry === undefined ? [] : typeof entry === 'string' ? [entry] : Object.values(entry)
const valuesIn = (entry: string | Plural | undefined): string =>
  [...new Set(formsOf(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join()

for (const { code, words } of tables) {
  languages(`no string is missing, left over or empty: ${code}`, () => {
    assert.equal(Object.keys(words).sort(), Object.keys(english.words).sort())
    const empty = Object.keys(words).filter((key) =>
      formsOf(words[key]).some((form) => form.trim() === ''),
    )
    assert.equal(empty, [])
  })

  languages(`each string has the values and the bold of the English one: ${code}`, () => {
    const other = Object.keys(words).filter(
      (key) => valuesIn(words[key]) !== valuesIn(english.words[key]),
    )
    assert.equal(other, [])
    const stars = (entry: string | Plural | undefined) => formsOf(entry)[0]?.match(/\*/g)?.length
    const bold = Object.keys(words).filter((key) => stars(words[key]) !== stars(english.words[key]))
    assert.equal(bold, [])
  })

  languages(`every number has a form: ${code}`, () => {
    for (const n of [0, 1, 2, 3, 11, 100, 1_000_000])
      for (const entry of Object.values(words))
        if (typeof entry !== 'string') assert.ok(formOf(code, entry, n).length > 0)
  })
}

languages('plural rules are the language’s own', () => {
  const say = (code: 'ar' | 'fr' | 'de', n: number) => {
    const done = tables.find((it) => it.code === code)?.words['button.done']
    return typeof done === 'object' ? formOf(code, done, n) : done
  }
  assert.is(say('ar', 2), 'أُلغي طنان')
  assert.is(say('ar', 3), 'أُلغيت {n} أطنان')
  assert.is(say('ar', 12), 'أُلغي {n} طنًا')
  assert.is(say('fr', 0), '{n} tonne annulée')
  assert.is(say('de', 0), '{n} Tonnen gelöscht')
})

languages.run()
