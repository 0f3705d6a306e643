import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { healthOf } from '../../../api/http/health.routes.ts'

const health = suite('the health of a node')

const host = (state: 'following' | 'rebuilding' | 'holding') => ({
  state: () => state,
  epoch: () => 3,
})

health('is good once it has started, or holds the market', () => {
  assert.equal(healthOf(host('following'), false), { ok: false, market: 'following', epoch: 3 })
  assert.is(healthOf(host('rebuilding'), false).ok, false)
  assert.is(healthOf(host('holding'), false).ok, true)
  assert.is(healthOf(host('following'), true).ok, true)
  assert.is(healthOf(host('rebuilding'), true).ok, true)
})

health.run()
