import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfiguration } from '../../../api/configuration.ts'

const configuration = suite('configuration of the API')

const LEAST = {
  DATABASE_URL: 'postgres://127.0.0.1/offset_button',
  REGISTRY_URL: 'http://127.0.0.1:5000',
  REGISTRY_API_TOKEN: 'token',
  OPERATOR_TOKEN: 'sixteen letters!',
  STRIPE_SECRET_KEY: 'sk_test_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_abc',
}
const LIVE = { STRIPE_SECRET_KEY: 'sk_live_abc', STRIPE_PUBLISHABLE_KEY: 'pk_live_abc' }
const STAND_IN = 'http://127.0.0.1:6000'

const read = (env: Record<string, string> = {}) => {
  const result = readConfiguration({ ...LEAST, ...env })
  assert.is(result.kind, 'ok', JSON.stringify(result))
  if (result.kind !== 'ok') throw new Error(result.sentence)
  return result.configuration
}

configuration('what is not said has a sensible value', () => {
  const { PORT, LOG_LEVEL, publicUrl, REDIS_URL, DEMO, STRIPE_SCRIPT_URL, ...rest } = read()
  assert.equal(
    [PORT, LOG_LEVEL, publicUrl, REDIS_URL, DEMO],
    [4000, 'info', null, undefined, undefined],
  )
  assert.is(STRIPE_SCRIPT_URL, 'https://js.stripe.com/endive/stripe.js')
  assert.is(rest.HOLD_SECONDS, 120)
  assert.is(rest.BANK_HOLD_SECONDS, 600)
  assert.is(rest.GIVE_UP_SECONDS, 600)
})

configuration('an empty value counts as absent', () => {
  const { PORT, REDIS_URL, publicUrl, HOLD_SECONDS } = read({
    PORT: '',
    REDIS_URL: ' ',
    PUBLIC_URL: '',
    HOLD_SECONDS: '',
  })
  assert.equal([PORT, REDIS_URL, publicUrl, HOLD_SECONDS], [4000, undefined, null, 120])
})

configuration('a slash at the end of the public address is dropped', () => {
  assert.is(read({ PUBLIC_URL: 'https://offset.example/' }).publicUrl, 'https://offset.example')
})

configuration('the mode of payment follows from the keys and the address', () => {
  assert.is(read().payment.mode, 'test')
  assert.is(read({ STRIPE_API_URL: STAND_IN }).payment.mode, 'stand-in')
  assert.is(read(LIVE).payment.mode, 'live')
})

const REFUSED: readonly [what: string, env: Record<string, string>, sentence: RegExp][] = [
  ['no database', { DATABASE_URL: '' }, /^Missing or not readable: DATABASE_URL\.$/],
  ['a port that is none', { PORT: 'http' }, /: PORT\.$/],
  ['a port too high', { PORT: '65536' }, /: PORT\.$/],
  ['a port below', { PORT: '-1' }, /: PORT\.$/],
  ['a registry that is no address', { REGISTRY_URL: 'localhost' }, /: REGISTRY_URL\.$/],
  ['a public address of another kind', { PUBLIC_URL: 'ftp://x.test' }, /: PUBLIC_URL\.$/],
  ['a short operator token', { OPERATOR_TOKEN: 'short' }, /: OPERATOR_TOKEN\.$/],
  ['DEMO said otherwise', { DEMO: 'yes' }, /: DEMO\.$/],
  ['a hold without length', { HOLD_SECONDS: '0' }, /: HOLD_SECONDS\.$/],
  ['a date that is none', { REGISTRY_CLOSES_AT: 'soon' }, /: REGISTRY_CLOSES_AT\.$/],
  ['two at once', { PORT: 'x', DEMO: 'x' }, /: PORT, DEMO\.$/],
  [
    'no keys at all',
    { STRIPE_SECRET_KEY: '', STRIPE_PUBLISHABLE_KEY: '', STRIPE_WEBHOOK_SECRET: '' },
    /^STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET are missing/,
  ],
  ['one key missing', { STRIPE_WEBHOOK_SECRET: '' }, /^STRIPE_WEBHOOK_SECRET is missing/],
  ['keys of two modes', { STRIPE_SECRET_KEY: 'sk_live_abc' }, /both must be of one mode/],
  ['a live key for a stand-in', { ...LIVE, STRIPE_API_URL: STAND_IN }, /^A live Stripe key/],
]
for (const [what, env, sentence] of REFUSED) {
  configuration(`${what}: refused in one sentence that repeats no secret`, () => {
    const result = readConfiguration({ ...LEAST, ...env })
    assert.is(result.kind, 'refused')
    if (result.kind !== 'refused') return
    assert.match(result.sentence, sentence)
    assert.not.match(result.sentence, /sk_|pk_live_abc|whsec_abc/)
    assert.is(result.sentence.trim().split('\n').length, 1)
  })
}

configuration.run()
