import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createFeed } from '../../../api/http/feed.ts'

const feed = suite('a feed')

/** Waits until it holds, a little at a time. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1))
}

feed('what two watch is looked at once, and told to both when it differs', async () => {
  let value = 'one'
  let looks = 0
  const { watch } = createFeed({
    everyMs: 1,
    read: async () => {
      looks++
      return value
    },
    onError: () => assert.unreachable(),
  })
  const here: (string | null)[] = []
  const there: (string | null)[] = []
  const ends = [watch('a', (it) => here.push(it)), watch('a', (it) => there.push(it))]
  await until(() => looks >= 3)
  value = 'two'
  await until(() => here.length === 2 && there.length === 2)
  assert.equal(here, ['one', 'two'])
  assert.equal(there, here)
  for (const end of ends) end()
  const after = looks
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(looks <= after + 1, 'nobody watches: nobody looks')
})

feed('who comes later is told what is known', async () => {
  const { watch } = createFeed({
    everyMs: 60_000,
    read: async (topic) => topic,
    onError: () => assert.unreachable(),
  })
  const first: (string | null)[] = []
  const end = watch('a', (it) => first.push(it))
  await until(() => first.length === 1)
  const later: (string | null)[] = []
  const endLater = watch('a', (it) => later.push(it))
  assert.equal(later, ['a'])
  end()
  endLater()
})

feed(
  'where a look fails all are told that it is over, and the next to come begins anew',
  async () => {
    let isBroken = true
    const errors: unknown[] = []
    const { watch } = createFeed({
      everyMs: 60_000,
      read: async () => {
        if (isBroken) throw new Error('gone')
        return 'back'
      },
      onError: (error) => errors.push(error),
    })
    const told: (string | null)[] = []
    watch('a', (it) => told.push(it))
    await until(() => told.length === 1)
    assert.equal(told, [null])
    assert.is(errors.length, 1)
    isBroken = false
    const again: (string | null)[] = []
    const end = watch('a', (it) => again.push(it))
    await until(() => again.length === 1)
    assert.equal(again, ['back'])
    end()
  },
)

feed.run()
