import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Stopwatch } from './stopwatch.ts'

const stopwatch = suite('stopwatch')

stopwatch('a loop is done in pieces that miss nothing and repeat nothing', () => {
  const done: number[] = []
  const clock = new Stopwatch(Number.POSITIVE_INFINITY)
  const next = clock.run(5, 1000, (from, to) => {
    for (let at = from; at < to; at++) done.push(at)
  })
  assert.equal(
    done,
    Array.from({ length: 995 }, (_, at) => at + 5),
  )
  assert.is(next, 1000)
  assert.is(clock.operations, 995)
  assert.ok(clock.nanoseconds > 0)
})

stopwatch('nothing is begun once the cap is passed', () => {
  const clock = new Stopwatch(0.001)
  const spin = (): void => {
    const until = performance.now() + 1
    while (performance.now() < until);
  }
  const next = clock.run(0, 100, spin)
  assert.is(next, 1)
  assert.is(clock.operations, 1)
  assert.ok(clock.isOver)
  assert.is(clock.run(1, 100, spin), 1)
})

stopwatch('work that was not done has no time', () => {
  assert.ok(Number.isNaN(new Stopwatch(1).each))
})

stopwatch.run()
