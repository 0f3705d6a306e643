import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clockText, createFormat, isoDay, yearsText } from '../../../api/pages/format.ts'
import { languageOf } from '../../../api/pages/language.ts'

const it = suite('format')
const format = createFormat('en-GB')

it('money is exact to the cent, also where a float would not be', () => {
  assert.is(format.money(308), '$3.08')
  assert.is(format.money(5), '$0.05')
  assert.is(format.money(900_719_925_474_099), '$9,007,199,254,740.99')
  assert.is(format.total(3976), 'US$39.76')
})

it('days and times are UTC, whatever the zone of the machine', () => {
  assert.is(format.day('2026-11-23T23:59:59.000Z'), '23 November 2026')
  assert.is(format.shortDay('2026-11-24T00:00:00.000Z'), '24 Nov 2026')
  assert.is(clockText('2026-11-23T00:00:07.000Z'), '00:00:07')
  assert.is(isoDay('2026-11-23T23:59:59.999Z'), '2026-11-23')
})

it('years that follow each other are a range', () => {
  assert.is(yearsText([2016, 2013, 2014, 2014]), '2013–2014, 2016')
  assert.is(yearsText([2020]), '2020')
})

it('a fee is a percentage', () => {
  assert.is(format.percent(290), '2.9%')
})

it('numbers, money and days are those of the language, in European digits', () => {
  assert.is(createFormat('de').count(1204310), '1.204.310')
  assert.is(createFormat('fr').money(308), '3,08\u00a0$')
  assert.is(createFormat('hi-u-nu-latn').count(1204310), '12,04,310')
  assert.match(createFormat('ar-u-nu-latn').day('2026-11-23T12:00:00.000Z'), /^23 \S+ 2026$/)
})

it('what is no country stands for itself', () => {
  assert.is(format.country('CR'), 'Costa Rica')
  assert.is(format.country('"><b>'), '"><b>')
})

it('tonnes are grouped and keep their unit beside them', () => {
  assert.is(languageOf('en').tonnes(1204310), '1,204,310\u202ft')
  assert.is(languageOf('ar').tonnes(2), 'طنان')
})

it('a project is told by host, technology, year and reference', () => {
  const project = {
    reference: '0037',
    title: 'Rio Azul',
    host: 'CR',
    technology: 'not_stated',
    scope: null,
    scope_derived: false,
  } as const
  assert.is(
    languageOf('en').project(project, 2011),
    'Costa Rica, technology not stated, 2011, project 0037',
  )
  assert.is(
    languageOf('fr').project(project, 2011),
    'Costa Rica, technologie non précisée, 2011, projet 0037',
  )
})

it.run()
