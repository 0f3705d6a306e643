/** The tables of states. Every pair is written out here once more, so that none comes or goes unseen. */
import { LEG_STATES, ORDER_STATES } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  LEG_TRANSITIONS,
  legIsOpen,
  ORDER_TRANSITIONS,
  orderHasEnded,
} from '../../../api/order/order.ts'

const states = suite('the states of orders and legs')

const pairs = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([from, list]) => list.map((to) => `${from} → ${to}`))

states('an order is authorised before it is captured, and captured before it closes', () => {
  assert.equal(pairs(ORDER_TRANSITIONS), [
    'reserved → authorised',
    'reserved → declined',
    'reserved → expired',
    'authorised → captured',
    'authorised → declined',
    'authorised → rejected',
    'captured → closed',
    'captured → refunded',
  ])
})

states('a leg is completed only when it was checked', () => {
  assert.equal(pairs(LEG_TRANSITIONS), [
    'waiting → proposed',
    'waiting → checked',
    'waiting → refused',
    'waiting → terminated',
    'proposed → checked',
    'proposed → refused',
    'proposed → terminated',
    'proposed → waiting',
    'checked → completed',
    'checked → refused',
    'checked → terminated',
    'checked → waiting',
    'refused → refunded',
  ])
})

states('every state of the wire has its row, and no other', () => {
  assert.equal(Object.keys(ORDER_TRANSITIONS).toSorted(), [...ORDER_STATES].toSorted())
  assert.equal(Object.keys(LEG_TRANSITIONS).toSorted(), [...LEG_STATES].toSorted())
})

states('an order has ended where nothing follows', () => {
  assert.equal(ORDER_STATES.filter(orderHasEnded).toSorted(), [
    'closed',
    'declined',
    'expired',
    'refunded',
    'rejected',
  ])
})

states('a leg is open until the registry has had its last word', () => {
  assert.equal(LEG_STATES.filter(legIsOpen), ['waiting', 'proposed', 'checked'])
})

states.run()
