import {
  type Registry,
  type RegistryDescription,
  RegistryUnreachable,
  type Transaction,
  withOpeningHours,
} from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const it = suite('opening hours of a registry')

const OPENS = Date.parse('2026-01-01T00:00:00Z')
const CLOSES = Date.parse('2026-12-31T00:00:00Z')
const DESCRIPTION: RegistryDescription = {
  id: 'any',
  name: 'Any registry',
  simulated: true,
  phases: 'two-phase',
  oneTransactionAtATime: false,
  maxBlocksPerTransaction: 3000,
  opensAt: new Date(OPENS),
  closesAt: new Date(CLOSES),
  closesAtReported: true,
}
const PROPOSAL = {
  reference: 'leg-1',
  holdingAccount: 'CDM-100-1020-0-1',
  blocks: [],
  beneficiary: null,
  purpose: null,
}

/** A registry that takes everything, and remembers what it took. */
function openRegistry(description = DESCRIPTION): Registry {
  const made = new Map<string, Transaction>()
  const ended = (status: 4 | 5) => async (identifier: string) => {
    const found = [...made.values()].find((one) => one.identifier === identifier)
    if (found === undefined) throw new RegistryUnreachable('not made')
    return { kind: 'ok', value: { ...found, status } } as const
  }
  return {
    description,
    state: async () => 'open',
    holdings: async () => ({ kind: 'ok', value: [] }),
    earmark: async () => Promise.reject(new RegistryUnreachable('not asked for here')),
    releaseEarmark: async () => ({ kind: 'ok', value: { released: 0 } }),
    async propose({ reference, blocks }) {
      const transaction = {
        identifier: `CDM${made.size + 1}`,
        reference,
        status: 1,
        quantity: 0,
        blocks,
        codes: [],
        attestation: null,
      } as const
      made.set(reference, transaction)
      return { kind: 'ok', value: transaction }
    },
    complete: ended(4),
    terminate: ended(5),
    async transaction(by) {
      return ('reference' in by ? made.get(by.reference) : undefined) ?? null
    },
  }
}

/** A clock that is set by hand. */
function clockAt(now: number) {
  return { now: () => now }
}

const TIMES: readonly [when: string, now: number, code: number | null, advice: string | null][] = [
  ['a millisecond before it opens', OPENS - 1, 9005, 'retry'],
  ['as it opens', OPENS, null, null],
  ['a millisecond before it closes', CLOSES - 1, null, null],
  ['as it closes', CLOSES, 9006, 'refuse'],
  ['a year later', CLOSES + 365 * 86_400_000, 9006, 'refuse'],
]
for (const [when, now, code, advice] of TIMES)
  it(`${when} it is ${code === null ? 'open' : `closed, with ${code}`}`, async () => {
    const registry = withOpeningHours(openRegistry(), clockAt(now))
    assert.is(await registry.state(), code === null ? 'open' : 'closed')
    const answer = await registry.propose(PROPOSAL)
    assert.is(answer.kind, code === null ? 'ok' : 'refused')
    if (answer.kind === 'refused') {
      assert.equal(answer.codes, [code])
      assert.is(answer.advice, advice)
    }
  })

it('without dates it is as open as the registry says', async () => {
  const description = { ...DESCRIPTION, opensAt: null, closesAt: null }
  const open = withOpeningHours(openRegistry(description), clockAt(CLOSES * 2))
  assert.is(await open.state(), 'open')
  const closed = { ...openRegistry(description), state: async () => 'closed' as const }
  assert.is(await withOpeningHours(closed, clockAt(0)).state(), 'closed')
})

it('what was proposed in time is still answered, completed and terminated afterwards', async () => {
  let now = CLOSES - 1
  const registry = withOpeningHours(openRegistry(), { now: () => now })
  const proposed = await registry.propose(PROPOSAL)
  now = CLOSES
  assert.equal(await registry.propose(PROPOSAL), proposed)
  assert.is((await registry.propose({ ...PROPOSAL, reference: 'leg-2' })).kind, 'refused')
  assert.is((await registry.complete('CDM1')).kind, 'ok')
  assert.is((await registry.terminate('CDM1')).kind, 'ok')
})

it.run()
