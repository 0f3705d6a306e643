/** The words of the hosted pages: whole in every language. */
import { PROBLEMS, type ProblemCode } from '@offset-button/contract'
import { LANGUAGES, type LanguageCode, type Plural } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CATALOGUES } from '../../../api/pages/catalogues.ts'
import { codeOfTag, languageOf } from '../../../api/pages/language.ts'
import { inLanguage, linkTo } from '../../../api/pages/reader.ts'
import type { WordKey } from '../../../api/pages/words.ts'
import { readerOf } from './readers.ts'

const it = suite('languages of the hosted pages')
const KEYS = Object.keys(CATALOGUES.en.words) as WordKey[]
const OTHERS = LANGUAGES.filter((code) => code !== 'en')

const formsOf = (entry: string | Plural): readonly string[] =>
  typeof entry === 'string' ? [entry] : Object.values(entry)
const namesIn = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]))
const namesOf = (code: LanguageCode, key: WordKey) =>
  namesIn(formsOf(CATALOGUES[code].words[key]).join())

it('every language has the same sentences, none of them empty, with the same names to fill in', () => {
  for (const code of LANGUAGES) {
    const { words } = CATALOGUES[code]
    assert.equal(Object.keys(words).toSorted(), KEYS.toSorted(), code)
    for (const key of KEYS) {
      assert.equal(namesOf(code, key), namesOf('en', key), `${code}: ${key}`)
      for (const form of formsOf(words[key])) {
        assert.ok(form.trim() !== '', `${code}: ${key}`)
        assert.is(form.split('*').length % 2, 1, `${code}: ${key} leaves bold open`)
      }
    }
  }
})

it('a form for one or two may leave out the number, and no form has a name that others lack', () => {
  for (const code of LANGUAGES) {
    for (const [key, entry] of Object.entries<string | Plural>(CATALOGUES[code].words)) {
      if (typeof entry === 'string') continue
      const known = new Intl.PluralRules(CATALOGUES[code].tag).resolvedOptions().pluralCategories
      for (const [category, form] of Object.entries(entry)) {
        assert.ok(known.includes(category as Intl.LDMLPluralRule), `${code}: ${key}.${category}`)
        const has = namesIn(form)
        const missing = [...namesIn(entry.other)].filter((name) => name !== 'n' && !has.has(name))
        assert.equal(missing, [], `${code}: ${key}.${category}`)
      }
    }
  }
})

it('every refusal is told in every language, in a sentence and a remedy', () => {
  for (const code of OTHERS) {
    const { problems } = CATALOGUES[code]
    assert.equal(Object.keys(problems).toSorted(), Object.keys(PROBLEMS).toSorted(), code)
    for (const refusal of Object.keys(PROBLEMS) as ProblemCode[]) {
      for (const part of ['sentence', 'remedy'] as const) {
        assert.match(problems[refusal][part], /[.。।]$/, `${code}: ${refusal}.${part}`)
        assert.is.not(problems[refusal][part], PROBLEMS[refusal][part], `${code}: ${refusal}`)
      }
    }
  }
})

it('no language makes a climate claim', () => {
  const claims = /carbon.?neutral|net.?zero|neutre en carbone|klimaneutral|carbono neutr|碳中和/i
  for (const code of LANGUAGES) assert.not.match(JSON.stringify(CATALOGUES[code]), claims)
})

it('the number chooses the form, by the rules of the language', () => {
  const { credits } = languageOf('ar')
  assert.equal([1, 2, 3, 12, 100].map(credits), [
    'رصيد واحد',
    'رصيدان',
    '3 أرصدة',
    '12 رصيدًا',
    '100 رصيد',
  ])
  assert.is(languageOf('fr').credits(0), '0 crédit')
  assert.is(languageOf('hi').credits(120_000), '1,20,000 क्रेडिट')
})

it('what is put into a sentence from right to left keeps its own order', () => {
  const { money, rich, say } = languageOf('ar')
  assert.is(money(308), '\u20663.08\u00a0US$\u2069')
  assert.match(say('order.until', { time: '14:02:07 UTC' }), '\u206814:02:07 UTC\u2069')
  assert.match(rich('order.until', { time: '<b>' }).toString(), '\u2068&lt;b&gt;\u2069')
  assert.not.match(languageOf('fr').say('order.until', { time: '14:02' }), /[\u2066-\u2069]/)
})

it('a tag names a language by its first part; what is none of ours names none', () => {
  for (const [tag, code] of [
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['PT_br', 'pt'],
    ['zh-Hant-TW', 'zh'],
    ['it', null],
    ['*', null],
    ['', null],
    ['constructor', null],
  ] as const) {
    assert.is(codeOfTag(tag), code, tag)
  }
})

it('a link names the language where the browser alone would not ask for it, and once', () => {
  assert.is(linkTo(readerOf('fr'), '/buy?tonnes=2'), '/buy?tonnes=2')
  assert.is(linkTo(readerOf('fr', { isKept: true }), '/buy?tonnes=2'), '/buy?tonnes=2&lang=fr')
  assert.is(inLanguage('/orders/a?lang=de&lang=ar', 'fr'), '/orders/a?lang=fr')
})

it.run()
