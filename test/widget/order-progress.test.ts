import type { Order } from '@offset-button/contract'
import { order as orderSchema } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventsOf } from '../../widget/order-events.ts'
import { holdOf, isRegistrySilent, progressOf, refusedOf } from '../../widget/order-progress.ts'
import { isFinal } from '../../widget/order-watch.ts'
import { orderOf, quoteOf } from './support/fixtures.ts'

const progress = suite('order progress')
const NOW = Date.parse('2026-11-23T14:02:07Z')

const quote = quoteOf(12, {})
if (!quote) throw new Error('The fake book has 12 tonnes.')
const reserved = orderOf('order1', quote, {}, NOW)
const legs = (order: Order, ...states: Order['legs'][number]['state'][]): Partial<Order> => ({
  legs: order.legs.map((leg, index) => ({ ...leg, state: states[index] ?? leg.state })),
})
const authorised: Order = { ...reserved, state: 'authorised', hold: null }
const captured: Order = {
  ...authorised,
  ...legs(reserved, 'checked', 'checked', 'checked'),
  state: 'captured',
  captured_minor: reserved.amounts.total_minor,
}
const completed: Order = {
  ...captured,
  ...legs(reserved, 'completed', 'completed', 'completed'),
  completed_tonnes: 12,
}
const certificate = { id: 'C1', url: 'https://api.example/c', pdf_url: 'https://api.example/c.pdf' }
const closed: Order = { ...completed, state: 'closed', certificate }

const marks = (order: Order) =>
  progressOf(order)
    .map((row) => row.mark)
    .join(' ')

const TABLE: readonly [what: string, order: Order, expected: string][] = [
  ['held, the card comes next', reserved, 'ok now wait wait wait wait'],
  ['authorised, the registry checks', authorised, 'ok ok now wait wait wait'],
  [
    'checked, the card is charged',
    { ...authorised, ...legs(reserved, 'checked', 'checked', 'checked') },
    'ok ok ok now wait wait',
  ],
  [
    'one leg unchecked is not checked',
    { ...authorised, ...legs(reserved, 'checked', 'proposed', 'checked') },
    'ok ok now wait wait wait',
  ],
  ['charged, the registry cancels', captured, 'ok ok ok ok fin wait'],
  ['cancelled, the certificate comes', completed, 'ok ok ok ok fin now'],
  ['the certificate is there', closed, 'ok ok ok ok fin fin'],
]
for (const [what, order, expected] of TABLE)
  progress(what, () => {
    orderSchema.parse({ ...order, certificate: null })
    assert.is(marks(order), expected)
  })

progress('a refused leg that nobody took over is being matched again, at what it cost', () => {
  const order = { ...captured, ...legs(reserved, 'completed', 'completed', 'refused') }
  assert.equal(refusedOf(order), { tonnes: 1, costMinor: 315 })
  assert.is(refusedOf(captured), null)
})

progress('a refused leg with a successor is not being matched any more', () => {
  const refused = legs(reserved, 'completed', 'completed', 'refused').legs ?? []
  const last = refused[2]
  if (!last) throw new Error('Three legs.')
  const order = {
    ...captured,
    legs: [...refused, { ...last, number: 4, state: 'proposed' as const }],
  }
  assert.is(refusedOf(order), null)
})

progress('a registry is silent when its turn has lasted twenty seconds', () => {
  assert.is(isRegistrySilent(authorised, NOW + 19_000), false)
  assert.is(isRegistrySilent(authorised, NOW + 21_000), true)
  assert.is(isRegistrySilent(reserved, NOW + 60_000), false)
  assert.is(isRegistrySilent(closed, NOW + 60_000), false)
})

progress('a hold counts down from two minutes, or from ten with the bank', () => {
  assert.equal(holdOf(reserved, NOW + 60_000), { leftMs: 60_000, share: 0.5 })
  const expires_at = new Date(NOW + 600_000).toISOString()
  const extended = { ...reserved, hold: { expires_at, extended: true } }
  assert.equal(holdOf(extended, NOW), { leftMs: 600_000, share: 1 })
  assert.equal(holdOf(reserved, NOW + 500_000), { leftMs: 0, share: 0 })
  assert.is(holdOf(authorised, NOW), null)
})

progress('a clock that is behind never shows more than the whole hold', () => {
  assert.is(holdOf(reserved, NOW - 900_000)?.share, 1)
})

progress('each event is told once, when its time has come', () => {
  const names = (order: Order, told: string[] = []) => eventsOf(order, told).map((it) => it.name)
  assert.equal(names(reserved), ['offset-reserved'])
  assert.equal(names(captured, ['offset-reserved']), ['offset-paid'])
  assert.equal(names(closed), [
    'offset-reserved',
    'offset-paid',
    'offset-cancelled',
    'offset-certificate',
  ])
  assert.equal(names(closed, names(closed)), [])
})

progress('no event holds the client secret or the name', () => {
  const told = JSON.stringify(eventsOf({ ...closed, beneficiary: 'Somebody' }, []))
  assert.not.match(told, /secret|Somebody/)
})

progress('an order is final when it ended, or when its certificate is there', () => {
  assert.is(isFinal(closed), true)
  assert.is(isFinal({ ...closed, certificate: null }), false)
  assert.is(isFinal({ ...reserved, state: 'declined' }), true)
  assert.is(isFinal(captured), false)
})

progress.run()
