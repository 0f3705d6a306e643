import { systemClock } from '@offset-button/engine-host/clock-system'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const it = suite('the system clock')

it('sleeps so long, by the monotonic clock', async () => {
  const startedAt = systemClock.monotonic()
  await systemClock.sleep(50, new AbortController().signal)
  assert.ok(systemClock.monotonic() - startedAt >= 49)
  await systemClock.sleep(0)
})

it('wakes at once, without an error, when the signal aborts or has aborted', async () => {
  const startedAt = systemClock.monotonic()
  const abort = new AbortController()
  const asleep = systemClock.sleep(60_000, abort.signal)
  abort.abort()
  await asleep
  await systemClock.sleep(60_000, abort.signal)
  assert.ok(systemClock.monotonic() - startedAt < 10_000)
})

it('calls back after so long, unless that is called off', async () => {
  const startedAt = systemClock.monotonic()
  await new Promise<void>((resolve, reject) => {
    systemClock.after(10, () => reject(new Error('it was called off')))()
    systemClock.after(50, resolve)
  })
  assert.ok(systemClock.monotonic() - startedAt >= 49)
})

it('tells the time of the wall in epoch milliseconds', () => {
  assert.ok(Math.abs(systemClock.now() - Date.now()) < 1000)
})

it.run()
