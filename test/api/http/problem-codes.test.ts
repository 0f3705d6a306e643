import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROBLEMS, type ProblemCode, problem } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { problemOf } from '../../../api/http/refusal.ts'

/** Where each problem is made to happen, and met. */
const MET_IN: Record<ProblemCode, string> = {
  invalid_request: 'http/bodies',
  invalid_quantity: 'market/quotes.bad',
  unknown_filter: 'market/quotes.bad',
  idempotency_key_missing: 'http/bodies',
  key_not_valid: 'http/keys',
  signature_not_valid: 'order/trouble',
  origin_not_allowed: 'http/keys',
  form_not_ours: 'pages/purchase.e2e',
  not_found: 'http/problems',
  order_not_found: 'http/keys',
  offer_not_found: 'offer/offer.amend',
  certificate_not_found: 'http/certificates',
  idempotency_key_reused: 'offer/offer.place',
  price_moved: 'order/trouble',
  not_enough_available: 'market/quotes',
  nothing_available: 'market/quotes',
  amount_too_small: 'market/quotes',
  amount_too_large: 'market/many-offers',
  too_many_fills: 'market/many-offers',
  order_not_stoppable: 'order/trouble',
  journal_too_long: 'order/order.explain',
  card_declined: 'order/trouble',
  hold_expired: 'order/hold',
  stopped: 'order/trouble',
  capture_refused: 'order/order.decide.authorised',
  registry_refused: 'order/trouble',
  registry_timed_out: 'order/hold',
  registry_unavailable: 'http/unavailable',
  registry_closed: 'order/hold',
  units_not_available: 'offer/offer.place',
  project_not_listed: 'offer/offer.place',
  units_expired: 'offer/offer.place',
  holding_account_not_yours: 'offer/offer.place',
  offer_ended: 'offer/offer.amend',
  below_reserved_and_sold: 'offer/offer.amend',
  above_earmarked: 'offer/offer.amend',
  market_halted: 'http/unavailable',
  market_unavailable: 'http/unavailable',
  outcome_unknown: 'http/unavailable',
  payment_unavailable: 'http/unavailable',
  internal: 'http/problems',
}

const codes = suite('the codes of problems')

codes('every problem is met by a test', () => {
  for (const [code, file] of Object.entries(MET_IN)) {
    const source = readFileSync(join(import.meta.dirname, '..', `${file}.test.ts`), 'utf8')
    assert.ok(source.includes(`'${code}'`), `${file} does not meet ${code}`)
  }
})

codes('every problem says what happened and what to do, in sentences', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const made = problemOf(code)
    assert.ok(problem.safeParse(made).success, code)
    assert.match(made.title, /^[A-Z].+\.$/s, code)
    assert.match(made.remedy, /^[A-Z].+\.$/s, code)
    assert.ok(made.status >= 400 && made.status < 600, code)
    assert.match(code, /^[a-z]+(_[a-z]+)*$/)
  }
})

codes('what never took effect for good is not called retryable, and trouble of ours is', () => {
  for (const [code, { status, retryable }] of Object.entries(PROBLEMS)) {
    if (status >= 500) assert.ok(retryable, code)
    if (status < 402 || status === 403 || status === 404) assert.not.ok(retryable, code)
  }
})

codes.run()
