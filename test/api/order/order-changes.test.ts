import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orderChanges } from '../../../api/order/order-changes.ts'
import { oneAtATime } from '../../../api/turns.ts'

const changes = suite('who watches an order')

/** Looks that end when they are told to. */
function slowLooks() {
  const ends: (() => void)[] = []
  let atOnce = 0
  let most = 0
  const look = oneAtATime(async () => {
    most = Math.max(most, ++atOnce)
    await new Promise<void>((resolve) => ends.push(resolve))
    atOnce--
  })
  return { look, ends, most: () => most }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

changes('two looks are never under way at once', async () => {
  const { look, ends, most } = slowLooks()
  const looks = [look(), look(), look()]
  ends[0]?.()
  await soon()
  ends[1]?.()
  await Promise.all(looks)
  assert.is(most(), 1)
})

changes('however many changes come during a look, one look follows', async () => {
  const { look, ends } = slowLooks()
  const looks = [look(), look(), look()]
  ends[0]?.()
  await soon()
  assert.is(ends.length, 2)
  ends[1]?.()
  await Promise.all(looks)
  assert.is(ends.length, 2)
})

changes('when all looks are over, the next change is looked at', async () => {
  const { look, ends } = slowLooks()
  const first = look()
  ends[0]?.()
  await first
  void look()
  await soon()
  assert.is(ends.length, 2)
  ends[1]?.()
})

changes('a change is told to those who watch that order, as long as they do', () => {
  const told: string[] = []
  const { announce, listen } = orderChanges()
  const forget = listen('a', () => told.push('one'))
  listen('a', () => told.push('two'))
  listen('b', () => told.push('three'))
  announce('a')
  forget()
  announce('a')
  announce('c')
  assert.equal(told, ['one', 'two', 'two'])
})

changes.run()
