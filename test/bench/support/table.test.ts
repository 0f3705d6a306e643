import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Goal, isMet } from './goal.ts'
import { count, duration, rate, spread, times } from './numbers.ts'
import { summarise } from './statistics.ts'
import { renderTable } from './table.ts'

const table = suite('table')

table('words stand on the left and numbers on the right', () => {
  const rows = [
    { name: 'add', tonnes: 5 },
    { name: 'withdraw', tonnes: 1200 },
  ]
  const text = renderTable(
    [
      { title: 'what', left: true, text: ({ name }) => name },
      { title: 'tonnes', text: ({ tonnes }) => String(tonnes) },
    ],
    rows,
  )
  assert.is(
    text,
    ['what      tonnes', '────────────────', 'add            5', 'withdraw    1200'].join('\n'),
  )
})

table('a time has the unit in which it has digits to show', () => {
  assert.equal([0.5, 47.25, 1234, 2e6, 3.5e9].map(duration), [
    '0.50 ns',
    '47.3 ns',
    '1.23 µs',
    '2.00 ms',
    '3.50 s',
  ])
})

table('what was not measured is a dash', () => {
  assert.equal(
    [duration, rate, times].map((text) => text(Number.NaN)),
    ['–', '–', '–'],
  )
})

table('rates, counts and spreads are short', () => {
  assert.is(rate(100), '10.0 M/s')
  assert.is(rate(2_000_000), '500 /s')
  assert.is(count(1_000_000), '1,000,000')
  assert.is(spread(summarise([90, 100, 120])), '−10 % +20 %')
})

table('a bound itself meets its goal, from either side', () => {
  const goal: Goal = { what: 'speed', measured: 4, bound: 4, unit: '×', better: 'more' }
  assert.ok(isMet(goal))
  assert.not.ok(isMet({ ...goal, measured: 3.99 }))
  assert.ok(isMet({ ...goal, better: 'less' }))
  assert.not.ok(isMet({ ...goal, better: 'less', measured: 4.01 }))
  assert.not.ok(isMet({ ...goal, measured: Number.NaN }))
})

table.run()
