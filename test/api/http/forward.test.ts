import { randomUUID } from 'node:crypto'
import type { Order } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody } from '../../support/market.ts'
import { PAGE_KEY, PAGE_ORIGIN, startStack } from '../../support/stack.ts'
import { declared, type ProblemBody } from './declared.ts'

const forward = suite('a request that another node answers')
const keep = cleanUp(forward)

/** A market whose holder is the stack's own API, and orders sent to the node beside it. */
async function besideAHolder() {
  const stack = keep(await startStack())
  await openMarket(stack, [{ seller: 0, quantity: 1_000, priceMinor: 300 }])
  const second = await stack.startSecondApi()
  const api = await declared(second.url)
  const order = (idempotencyKey: string) =>
    api.send<Order & ProblemBody>('POST', '/v1/orders', {
      key: PAGE_KEY,
      body: orderBody(20, 1_000_000),
      headers: { 'idempotency-key': idempotencyKey, origin: PAGE_ORIGIN },
    })
  return { stack, api, order }
}

forward(
  'is answered as if there were one, and is no other where the holder dies over it',
  async () => {
    const { stack, api, order } = await besideAHolder()

    const placed = await order(randomUUID())
    assert.is(placed.status, 201)
    assert.is(placed.headers.get('access-control-allow-origin'), PAGE_ORIGIN)
    // A load balancer keeps connections for a minute.
    assert.is(placed.headers.get('keep-alive'), 'timeout=65')
    const foreign = await api.send<ProblemBody>('GET', '/v1/market', {
      key: PAGE_KEY,
      headers: { origin: 'http://elsewhere.test' },
    })
    assert.is(foreign.status, 403)
    assert.is(foreign.headers.get('access-control-allow-origin'), 'http://elsewhere.test')
    const raw = JSON.stringify({ quantity_tonnes: 5, padding: 'x'.repeat(3_000_000) })
    const large = await api.send<ProblemBody>('POST', '/v1/quotes', { key: PAGE_KEY, raw })
    assert.is(large.status, 400)

    stack.apiProcess.signal('SIGSTOP')
    const key = randomUUID()
    const lost = order(key)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await stack.killApi()
    // The node that was asked takes the market over and asks again by the key; where that takes long, it says so.
    const told = await lost
    if (told.status !== 201) assert.is(told.body.code, 'outcome_unknown')
    const until = Date.now() + 20_000
    for (;;) {
      // A client whose connection breaks asks again with the same key, as one does who is told to.
      const again = await order(key).catch((error: unknown) => String(error))
      assert.ok(Date.now() < until, JSON.stringify(again))
      if (typeof again !== 'string') {
        if (again.status === 201) {
          if (told.status === 201) assert.is(again.body.id, told.body.id)
          break
        }
        assert.is(again.status, 503, again.text)
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  },
)

forward(
  'is answered by whoever holds the market next where the holder stands still over it',
  async () => {
    const { stack, order } = await besideAHolder()
    const key = randomUUID()

    stack.apiProcess.signal('SIGSTOP')
    // Less than a holder that is waited for to the end would take.
    const tooLate = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('nobody answered')), 20_000).unref()
    })
    const placed = await Promise.race([order(key), tooLate])
    assert.is(placed.status, 201, placed.text)
    stack.apiProcess.signal('SIGCONT')
    const again = await order(key)
    assert.is(again.status, 201, again.text)
    assert.is(again.body.id, placed.body.id)
  },
)

forward.run()
