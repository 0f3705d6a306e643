/**
 * The simulation stands on a model of the Store. Here the model and Postgres go through the same histories: two sessions take
 * turns, each with an epoch and a book of its own that may be stale, and with versions that may be. Every answer is the same,
 * every refusal is one in both, and after each step every order and the book read the same.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { History } from './two-sessions.ts'

const SEEDS = 12
const STEPS = 110

const conformance = suite('Postgres and the model of the simulation')
const keep = cleanUp(conformance)

conformance('answer alike in any history of two sessions', async () => {
  const kinds = new Map<string, number>()
  for (let seed = 1; seed <= SEEDS; seed++) {
    const history = await History.begin(seed, keep)
    for (let step = 0; step < STEPS; step++) await history.step(kinds, `seed ${seed}, step ${step}`)
  }
  for (const kind of EXPECTED) assert.ok(kinds.get(kind), `${kind} never came about: ${[...kinds]}`)
})

const EXPECTED = [
  'commit: committed',
  'commit: fenced',
  'commit: threw',
  'begin: true',
  'begin: false',
  'record: recorded',
  'record: conflict',
  'record: threw',
  'allocate: serials',
  'allocate: threw',
  'merge: done',
  'due: some',
]

conformance.run()
