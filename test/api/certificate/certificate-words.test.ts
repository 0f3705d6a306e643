import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  claimsOf,
  factsOf,
  historyOf,
  numberWord,
  statementOf,
  statementParts,
  warningOf,
} from '../../../api/certificate/certificate-words.ts'
import { languageOf } from '../../../api/pages/language.ts'
import { FIVE_THOUSAND, HOSTILE, TWELVE, UNNAMED } from './certificates.ts'

const it = suite('certificate words')
const en = languageOf('en')

it('numbers are words up to twenty and digits above', () => {
  assert.equal([1, 12, 20, 21, 5000].map(numberWord), ['One', 'Twelve', 'Twenty', '21', '5,000'])
})

it('the statement says what was cancelled, when and for whom', () => {
  for (const certificate of [TWELVE, FIVE_THOUSAND, UNNAMED, HOSTILE])
    assert.is(statementOf(certificate), certificate.statement)
  assert.match(
    statementOf({ ...TWELVE, beneficiary: null }),
    'cancelled on 23 November 2026 for the purpose stated with this certificate.',
  )
})

it('the name is cut out of the kept statement where it stands, not where it first occurs', () => {
  const certificate = { ...TWELVE, beneficiary: 'UN' }
  const parts = statementParts(en, { ...certificate, statement: statementOf(certificate) })
  assert.ok(parts.before.endsWith(' on behalf of '))
  assert.is(parts.name, 'UN')
  assert.ok(parts.after.startsWith('. They cannot'))
  assert.is(statementParts(en, UNNAMED).before, UNNAMED.statement)
})

it('without beneficiary and purpose, units are cancelled for the originating CDM activity', () => {
  const facts = factsOf(en, UNNAMED)
  assert.is(facts[0]?.value, 'The originating CDM activity')
  assert.is(facts[1]?.value, 'None given')
  assert.match(claimsOf(en, UNNAMED)[0] ?? '', 'this unit was cancelled, once, for the originating')
})

it('nothing real is called simulated, and nothing simulated real', () => {
  assert.is(warningOf(en, UNNAMED), null)
  assert.is(warningOf(en, TWELVE)?.word, 'SIMULATED')
  assert.match(warningOf(en, TWELVE)?.sentence ?? '', 'No real credit was cancelled.')
  assert.is(warningOf(en, { ...TWELVE, simulated: false })?.word, 'DEMO')
})

it('units are counted by type', () => {
  const temporary = TWELVE.lines
    .slice(0, 1)
    .map((line) => ({ ...line, unit_type: 'tCER' as const }))
  const mixed = { ...TWELVE, lines: [...TWELVE.lines, ...temporary] }
  assert.match(factsOf(en, mixed)[2]?.value ?? '', '12\u00a0CERs and 3\u00a0tCERs, 1')
})

it('history carries the day only where it took more than one, and marks the step nobody can undo', () => {
  assert.equal(
    historyOf(en, TWELVE).map((entry) => entry.time),
    ['14:02:07', '14:02:31', '14:02:33', '14:02:34', '14:02:41', '14:02:42'],
  )
  assert.is(historyOf(en, FIVE_THOUSAND)[1]?.time, '24 Nov 2026, 00:02:41')
  const permanent = historyOf(en, TWELVE).filter((entry) => entry.permanent)
  assert.equal(
    permanent.map((entry) => entry.sentence),
    ['Registry cancelled 12 units'],
  )
})

it.run()
