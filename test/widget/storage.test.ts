import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type OpenOrder, orderMemory } from '../../widget/storage.ts'

const storage = suite('order memory')

const ORDER: OpenOrder = {
  idempotencyKey: 'k'.repeat(32),
  request: null,
  orderId: 'order1',
  told: ['offset-reserved'],
  doneTonnes: null,
  label: 'Your order is under way',
}

const mapStorage = () => {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  }
}

storage('what was written is read again by another page of the same name', () => {
  const kept = mapStorage()
  orderMemory(() => kept, 'api', 'pk_1', 'a').write(ORDER)
  assert.equal(orderMemory(() => kept, 'api', 'pk_1', 'a').read(), ORDER)
})

storage('another API, key or element remembers its own', () => {
  const kept = mapStorage()
  orderMemory(() => kept, 'api', 'pk_1', 'a').write(ORDER)
  assert.is(orderMemory(() => kept, 'api', 'pk_1', 'b').read(), null)
  assert.is(orderMemory(() => kept, 'api', 'pk_2', 'a').read(), null)
})

storage('what was forgotten is gone', () => {
  const kept = mapStorage()
  const memory = orderMemory(() => kept, 'a')
  memory.write(ORDER)
  memory.forget()
  assert.is(memory.read(), null)
  assert.is(kept.map.size, 0)
})

storage('where storage is forbidden the page itself remembers', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('SecurityError')
    },
    setItem: () => {
      throw new Error('SecurityError')
    },
    removeItem: () => {
      throw new Error('SecurityError')
    },
  }
  const memory = orderMemory(() => forbidden, 'a')
  memory.write(ORDER)
  assert.equal(memory.read(), ORDER)
  memory.forget()
  assert.is(memory.read(), null)
})

storage('what somebody else left there is not taken for an order', () => {
  for (const text of [
    '',
    'null',
    '{',
    '[]',
    '{"idempotencyKey":1}',
    '{"orderId":null,"told":[]}',
  ]) {
    const kept = mapStorage()
    kept.map.set('offset-button a', text)
    assert.is(orderMemory(() => kept, 'a').read(), null)
  }
})

storage.run()
