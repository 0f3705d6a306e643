import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PaymentSnapshot } from '../../../api/payment/payment.ts'
import {
  mergePayment,
  type PaymentView,
  paymentView,
  STATUS_ORDER,
} from '../../../api/payment/payment-merge.ts'

const it = suite('payment merge')

const amount = fc.integer({ min: 0, max: 99_999_999 })
const views: fc.Arbitrary<PaymentView> = fc
  .record({
    status: fc.constantFrom(...STATUS_ORDER),
    capturedMinor: amount,
    refundedMinor: amount,
    failed: fc.uniqueArray(fc.constantFrom('ch_1', 'ch_2', 'ch_3', 'ch_4', 'pm_1')),
    code: fc.constantFrom('generic_decline', 'insufficient_funds', 'expired_card'),
  })
  .map(({ failed, code, ...rest }) => ({
    id: 'pi_1',
    amountMinor: 3976,
    ...rest,
    failures: failed.sort(),
    lastFailureCode: failed.length === 0 ? null : code,
  }))

const snapshot: PaymentSnapshot = {
  id: 'pi_1',
  order: 'order-1',
  status: 'requires_payment_method',
  amountMinor: 3976,
  capturedMinor: 0,
  refundedMinor: 0,
  clientSecret: 'pi_1_secret_x',
  failure: null,
}

it('gives the same whichever view comes first', () => {
  fc.assert(
    fc.property(views, views, (one, other) => {
      assert.equal(mergePayment(one, other), mergePayment(other, one))
    }),
  )
})

it('gives the same however views are grouped', () => {
  fc.assert(
    fc.property(views, views, views, (one, two, three) => {
      assert.equal(
        mergePayment(mergePayment(one, two), three),
        mergePayment(one, mergePayment(two, three)),
      )
    }),
  )
})

it('changes nothing when the same view comes again', () => {
  fc.assert(
    fc.property(views, views, (one, two) => {
      assert.equal(mergePayment(one, one), one)
      const merged = mergePayment(one, two)
      assert.equal(mergePayment(merged, two), merged)
    }),
  )
})

it('never goes back: not in state, nor in sums, nor in failures', () => {
  fc.assert(
    fc.property(views, views, (one, two) => {
      const merged = mergePayment(one, two)
      assert.ok(STATUS_ORDER.indexOf(merged.status) >= STATUS_ORDER.indexOf(one.status))
      assert.ok(merged.capturedMinor >= one.capturedMinor)
      assert.ok(merged.refundedMinor >= one.refundedMinor)
      assert.ok(one.failures.every((failure) => merged.failures.includes(failure)))
    }),
  )
})

it('counts each failed charge once, however often and in whatever order it is told', () => {
  const failing = (charge: string, code: string) =>
    paymentView({ ...snapshot, failure: { charge, code } })
  const told = [
    failing('ch_2', 'insufficient_funds'),
    failing('ch_1', 'generic_decline'),
    failing('ch_2', 'insufficient_funds'),
    paymentView(snapshot),
  ]
  const merged = told.reduce(mergePayment)
  assert.equal(merged.failures, ['ch_1', 'ch_2'])
  assert.is(merged.lastFailureCode, 'insufficient_funds')
})

it('keeps an end that was told, whatever late news says', () => {
  const late = paymentView({ ...snapshot, status: 'requires_action' })
  for (const end of ['succeeded', 'canceled', 'requires_capture'] as const) {
    assert.is(mergePayment(paymentView({ ...snapshot, status: end }), late).status, end)
  }
})

it('refuses to merge two payments into one', () => {
  const other = paymentView({ ...snapshot, id: 'pi_2' })
  assert.throws(() => mergePayment(paymentView(snapshot), other), /one payment/)
})

it.run()
