import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as format from '../../../api/pages/format.ts'

const it = suite('format')

it('tonnes are grouped and keep their unit beside them', () => {
  assert.is(format.tonnesText(1204310), '1,204,310\u202ft')
})

it('money is exact to the cent, also where a float would not be', () => {
  assert.is(format.moneyText(308, 'USD'), '$3.08')
  assert.is(format.moneyText(5, 'USD'), '$0.05')
  assert.is(format.moneyText(900_719_925_474_099, 'USD'), '$9,007,199,254,740.99')
})

it('days and times are UTC, whatever the zone of the machine', () => {
  assert.is(format.dayText('2026-11-23T23:59:59.000Z'), '23 November 2026')
  assert.is(format.shortDayText('2026-11-24T00:00:00.000Z'), '24 Nov 2026')
  assert.is(format.clockText('2026-11-23T00:00:07.000Z'), '00:00:07')
  assert.is(format.isoDay('2026-11-23T23:59:59.999Z'), '2026-11-23')
})

it('years that follow each other are a range', () => {
  assert.is(format.yearsText([2016, 2013, 2014, 2014]), '2013–2014, 2016')
  assert.is(format.yearsText([2020]), '2020')
})

it('a fee is a percentage', () => {
  assert.is(format.basisPointsText(290), '2.9\u00a0%')
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
    format.projectText(project, 2011),
    'Costa Rica, technology not stated, 2011, project 0037',
  )
})

it.run()
