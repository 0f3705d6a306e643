import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { say, sayRuns } from '../../widget/strings.ts'
import { ENGLISH as language } from './support/english.ts'

const strings = suite('strings')

strings('the plural follows the number, and the number is grouped', () => {
  assert.is(say(language, 'quote.credits', { n: 1 }), '1 UN carbon credit')
  assert.is(say(language, 'quote.credits', { n: 5000 }), '5,000 UN carbon credits')
})

strings('bold words are told apart, and left out of plain text', () => {
  assert.equal(sayRuns(language, 'trouble.offline')[0], { text: 'You are offline.', bold: true })
  assert.is(say(language, 'trouble.offline').includes('*'), false)
})

strings('a value cannot bring its own markup', () => {
  const runs = sayRuns(language, 'certificate.for', { name: '*<b>x</b>*', date: 'today' })
  assert.equal(runs, [{ text: 'For <b>x</b>, on today.', bold: false }])
})

strings('the consent has the agreed words', () => {
  assert.is(
    say(language, 'payment.consent', { n: 12 }),
    'I understand that cancelling these 12 credits is permanent. Once the registry has done it, nobody can undo it, and it is not refunded.',
  )
})

strings('cancel is said of credits or tonnes only, and nothing is promised about a person', () => {
  const all = Object.values(language.words).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  )
  const never = /carbon neutral|net zero|compensat|climate-friendly|your impact|planted|!/i
  assert.equal(
    all.filter((sentence) => never.test(sentence)),
    [],
  )
  assert.equal(
    all.filter((sentence) => /^Cancel\b/.test(sentence)),
    [],
  )
})

strings.run()
