import { gathered } from '@offset-button/registry-bridge/gathered'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const gathering = suite('what is asked at the same time')

/** Calls that answer only when they are let go. */
function held() {
  const calls: { readonly asked: readonly number[]; end(failure?: Error): void }[] = []
  const ask = gathered(
    (asked: readonly number[]) =>
      new Promise<readonly number[]>((resolve, reject) => {
        const end = (failure?: Error) =>
          failure ? reject(failure) : resolve(asked.map((one) => one * 10))
        calls.push({ asked, end })
      }),
  )
  return { calls, ask }
}

gathering('goes at once where no call is under way, and else together in the next', async () => {
  const { calls, ask } = held()
  const first = ask(1)
  const later = [ask(2), ask(3)]
  assert.equal(
    calls.map(({ asked }) => asked),
    [[1]],
  )
  calls[0]?.end()
  assert.is(await first, 10)
  assert.equal(
    calls.map(({ asked }) => asked),
    [[1], [2, 3]],
  )
  calls[1]?.end()
  assert.equal(await Promise.all(later), [20, 30])
})

gathering('fails with its own call alone', async () => {
  const { calls, ask } = held()
  const first = ask(1)
  const later = ask(2)
  calls[0]?.end(new Error('gone'))
  await first.then(
    () => assert.unreachable('it should have failed'),
    (error) => assert.is(error.message, 'gone'),
  )
  calls[1]?.end()
  assert.is(await later, 20)
})

gathering('is asked in calls of 200 at most', async () => {
  const { calls, ask } = held()
  const all = Array.from({ length: 401 }, (_, index) => ask(index))
  for (let call = 0; call < 3; call++) {
    calls[call]?.end()
    await all[call * 200]
  }
  assert.equal(
    calls.map(({ asked }) => asked.length),
    [1, 200, 200],
  )
  await Promise.all(all)
})

gathering('is asked one after another where it has the same key', async () => {
  const calls: (readonly string[])[] = []
  const ask = gathered(
    async (asked: readonly string[]) => {
      calls.push(asked)
      return asked
    },
    (asked) => asked[0],
  )
  await Promise.all(['a1', 'a2', 'b1', 'a3', 'b2'].map(ask))
  assert.equal(calls, [['a1'], ['a2', 'b1'], ['a3', 'b2']])
})

gathering.run()
