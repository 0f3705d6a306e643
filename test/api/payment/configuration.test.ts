import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  paymentConfiguration,
  refuseMixedWorlds,
  type Worlds,
} from '../../../api/payment/configuration.ts'

const it = suite('payment configuration')

const TEST = {
  STRIPE_SECRET_KEY: 'sk_test_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_abc',
}
const LIVE = {
  ...TEST,
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
}

it('takes the stand-in where no key is given, and takes empty ones for none', () => {
  assert.equal(paymentConfiguration({}), { kind: 'stand-in' })
  const empty = { STRIPE_SECRET_KEY: '', STRIPE_PUBLISHABLE_KEY: ' ', STRIPE_WEBHOOK_SECRET: '' }
  assert.equal(paymentConfiguration(empty), { kind: 'stand-in' })
})

const accepted: readonly [string, Record<string, string>, 'test' | 'live'][] = [
  ['test keys', TEST, 'test'],
  ['live keys', LIVE, 'live'],
  ['a restricted test key', { ...TEST, STRIPE_SECRET_KEY: 'rk_test_abc' }, 'test'],
  ['a restricted live key', { ...LIVE, STRIPE_SECRET_KEY: 'rk_live_abc' }, 'live'],
]
for (const [what, env, mode] of accepted) {
  it(`reads ${what} as ${mode}`, () => {
    const read = paymentConfiguration(env)
    assert.is(read.kind, 'stripe')
    assert.is(read.kind === 'stripe' && read.mode, mode)
    assert.is(read.kind === 'stripe' && read.secretKey, env.STRIPE_SECRET_KEY)
  })
}

const refusals: readonly [string, Record<string, string>, RegExp][] = [
  [
    'a missing webhook secret',
    { ...TEST, STRIPE_WEBHOOK_SECRET: '' },
    /^STRIPE_WEBHOOK_SECRET is missing/,
  ],
  ['a missing secret key', { ...TEST, STRIPE_SECRET_KEY: '' }, /^STRIPE_SECRET_KEY is missing/],
  [
    'a missing publishable key',
    { ...TEST, STRIPE_PUBLISHABLE_KEY: '' },
    /^STRIPE_PUBLISHABLE_KEY is missing/,
  ],
  [
    'a secret key alone',
    { STRIPE_SECRET_KEY: 'sk_live_abc' },
    /^STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET are missing/,
  ],
  [
    'a live secret key with a test publishable key',
    { ...LIVE, STRIPE_PUBLISHABLE_KEY: 'pk_test_abc' },
    /live key but STRIPE_PUBLISHABLE_KEY is a test key/,
  ],
  [
    'a test secret key with a live publishable key',
    { ...TEST, STRIPE_PUBLISHABLE_KEY: 'pk_live_abc' },
    /test key but STRIPE_PUBLISHABLE_KEY is a live key/,
  ],
  [
    'keys in each other’s place',
    { ...TEST, STRIPE_SECRET_KEY: 'pk_test_abc', STRIPE_PUBLISHABLE_KEY: 'sk_test_abc' },
    /^STRIPE_SECRET_KEY is not a Stripe secret key/,
  ],
  [
    'a publishable key that is none',
    { ...TEST, STRIPE_PUBLISHABLE_KEY: 'abc' },
    /^STRIPE_PUBLISHABLE_KEY is not/,
  ],
  [
    'a webhook secret that is none',
    { ...TEST, STRIPE_WEBHOOK_SECRET: 'abc' },
    /^STRIPE_WEBHOOK_SECRET is not/,
  ],
]
for (const [what, env, sentence] of refusals) {
  it(`refuses ${what} in one sentence that repeats no key`, () => {
    const read = paymentConfiguration(env)
    assert.is(read.kind, 'refused')
    if (read.kind !== 'refused') return
    assert.match(read.sentence, sentence)
    assert.not.match(read.sentence, /_abc/)
  })
}

const worlds: readonly [
  Worlds['payment'],
  'simulated' | 'real',
  'seeded' | 'own',
  RegExp | null,
][] = [
  ['stand-in', 'simulated', 'seeded', null],
  ['stand-in', 'simulated', 'own', null],
  ['stand-in', 'real', 'seeded', /real registry must not meet the payment stand-in/],
  ['stand-in', 'real', 'own', /real registry must not meet the payment stand-in/],
  ['test', 'simulated', 'seeded', null],
  ['test', 'simulated', 'own', null],
  ['test', 'real', 'seeded', /real registry must not meet a Stripe test key/],
  ['test', 'real', 'own', /real registry must not meet a Stripe test key/],
  ['live', 'simulated', 'seeded', /live Stripe key must not meet a simulated registry/],
  ['live', 'simulated', 'own', /live Stripe key must not meet a simulated registry/],
  ['live', 'real', 'seeded', /live Stripe key must not meet a seeded market/],
  ['live', 'real', 'own', null],
]
for (const [payment, registry, market, sentence] of worlds) {
  const together = `${payment} payments, a ${registry} registry and ${market} offers`
  it(sentence === null ? `lets ${together} meet` : `refuses ${together} in one sentence`, () => {
    const refusal = refuseMixedWorlds({
      payment,
      registrySimulated: registry === 'simulated',
      marketSeeded: market === 'seeded',
    })
    if (sentence === null) assert.is(refusal, null)
    else assert.match(refusal ?? '', sentence)
  })
}

it.run()
