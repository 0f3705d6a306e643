/** What the simulated registry refuses: at once by its local checks, later by the checks of a proposed transaction. */
import {
  formatAccountNumber,
  formatSerialBlock,
  type SerialBlock,
} from '@offset-button/registry-bridge'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { settled, value } from './registry.conformance.ts'
import { startSimulatedRegistry } from './simulated-registry.ts'

const it = suite('checks of the simulated CDM registry')
const keep = cleanUp(it)

const world = keep(await startSimulatedRegistry())
const database = keep(new pg.Client(world.databaseUrl))
await database.connect()

/** Its check digits hold, but nobody opened it. */
const NOBODY = formatAccountNumber({
  registry: 'CDM',
  type: 100,
  identifier: 999_999,
  commitmentPeriod: 0,
})

type Wire = { readonly start: string; readonly end: string }
type Scene = { readonly account: string; readonly block: SerialBlock; readonly wire: Wire }

let references = 0
const next = () => `check-${++references}`

/** An account with a block of ten units, earmarked. */
async function scene(): Promise<Scene> {
  const { holdingAccount, blocks } = await world.holdingAccount(10)
  const [block] = blocks
  assert.ok(block)
  value(await world.registry.earmark({ reference: next(), holdingAccount, blocks }))
  return { account: holdingAccount, block, wire: formatSerialBlock(block) }
}

function propose(account: string, blocks: readonly Wire[], more: object = {}) {
  const reference = next()
  const body = { reference, holding_account: account, blocks, beneficiary: null, purpose: null }
  return world.call('POST', '/transactions', { ...body, ...more })
}

/** A serial number with one of its seven parts changed. */
function changed(wire: Wire, part: number, to: string | number): Wire {
  const change = (serial: string) => serial.split('-').with(part, String(to)).join('-')
  return { start: change(wire.start), end: change(wire.end) }
}

const LOCAL: readonly [
  code: number,
  rule: string,
  ask: (scene: Scene) => Promise<{ status: number; body: { codes?: readonly number[] } }>,
][] = [
  [1001, 'wrong check digits', ({ account, wire }) => propose(wrongDigits(account), [wire])],
  [1002, 'no such account', ({ wire }) => propose(NOBODY, [wire])],
  [
    1002,
    'an acquiring account that does not exist',
    ({ account, wire }) => propose(account, [wire], { acquiring_account: NOBODY }),
  ],
  [
    1003,
    'a closed account',
    async ({ account, wire }) => {
      await world.simulation.setAccountState(account, 'closed')
      return propose(account, [wire])
    },
  ],
  [
    1004,
    'a suspended account',
    async ({ account, wire }) => {
      await world.simulation.setAccountState(account, 'suspended')
      return propose(account, [wire])
    },
  ],
  [
    1006,
    'another pending transaction of the account',
    async ({ account, block }) => {
      const low = { ...block, end: block.start }
      const rest = { ...block, start: block.start + 1 }
      assert.is((await propose(account, [formatSerialBlock(low)])).status, 201)
      return propose(account, [formatSerialBlock(rest)])
    },
  ],
  [
    2003,
    'a closed acquiring account',
    async ({ account, wire }) => {
      const cancellation = await cancellationAccount(1)
      await world.simulation.setAccountState(cancellation, 'closed')
      try {
        return await propose(account, [wire])
      } finally {
        await world.simulation.setAccountState(cancellation, 'open')
      }
    },
  ],
  [
    2007,
    'an acquiring account that is a holding account',
    async ({ account, wire }) => propose(account, [wire], { acquiring_account: account }),
  ],
  [
    3001,
    'a commitment period that there never was',
    ({ account, wire }) => propose(account, [changed(wire, 4, 3)]),
  ],
  [
    3003,
    'blocks of two applicable commitment periods',
    ({ account, wire }) => propose(account, [wire, changed(changed(wire, 3, 2), 4, 2)]),
  ],
  [
    3004,
    'more than 3000 blocks',
    ({ account, wire }) =>
      propose(
        account,
        Array.from({ length: 3001 }, (_, index) => changed(wire, 2, index + 1)),
      ),
  ],
  [
    3005,
    'more than the balance',
    ({ account, block }) => propose(account, [formatSerialBlock({ ...block, end: block.end + 1 })]),
  ],
  [3006, 'an assigned amount unit', ({ account, wire }) => propose(account, [changed(wire, 1, 1)])],
  [
    3007,
    'a block that ends just before its start',
    ({ account, block, wire }) =>
      propose(account, [{ ...wire, end: changed(wire, 2, block.start - 1).end }]),
  ],
  [3008, 'half a unit', ({ account, wire }) => propose(account, [changed(wire, 2, '1.5')])],
  [
    3008,
    'a block that ends long before its start',
    ({ account, wire }) => propose(account, [{ start: wire.end, end: wire.start }]),
  ],
  [
    3016,
    'a reconciliation in progress',
    async ({ account, wire }) => {
      await world.simulation.setRegistry({ reconciling: true })
      try {
        return await propose(account, [wire])
      } finally {
        await world.simulation.setRegistry({ reconciling: false })
      }
    },
  ],
  [
    4003,
    'units of another account',
    async ({ account }) => propose(account, [(await scene()).wire]),
  ],
  [
    4003,
    'units that nobody issued',
    ({ account, wire }) => propose(account, [changed(wire, 2, 900_000_000_000)]),
  ],
  [
    4004,
    'a project that the units are not of',
    ({ account, wire }) => propose(account, [changed(wire, 6, 9)]),
  ],
  [
    4004,
    'a start and an end of two series',
    ({ account, wire }) => propose(account, [{ ...wire, end: changed(wire, 6, 9).end }]),
  ],
  [
    4011,
    'units that are cancelled already',
    async ({ account, block, wire }) => {
      const made = await propose(account, [formatSerialBlock({ ...block, end: block.start + 4 })])
      const identifier = made.body.transaction?.identifier ?? ''
      await settled(world.registry, identifier)
      value(await world.registry.complete(identifier))
      return propose(account, [wire])
    },
  ],
  [4012, 'no block at all', ({ account }) => propose(account, [])],
  [
    9001,
    'a block that lies across two earmarks',
    async () => {
      const { holdingAccount, blocks } = await world.holdingAccount(5, 5)
      const [one, other] = blocks
      assert.ok(one && other)
      for (const block of blocks)
        value(await world.registry.earmark({ reference: next(), holdingAccount, blocks: [block] }))
      return propose(holdingAccount, [formatSerialBlock({ ...one, end: other.end })])
    },
  ],
  [9011, 'the same units twice', ({ account, wire }) => propose(account, [wire, wire])],
]
for (const [code, rule, ask] of LOCAL)
  it(`${code}: ${rule} is refused, and nothing is set aside`, async () => {
    const before = await pendingUnits()
    const { status, body } = await ask(await scene())
    assert.ok(status === 422 || status === 404, `status ${status}`)
    assert.ok(body.codes?.includes(code), `${body.codes}`)
    // 1006 leaves the first proposal pending, of one unit.
    assert.is(await pendingUnits(), before + (code === 1006 ? 1 : 0))
  })

it('4010: units in a pending transaction are refused to another', async () => {
  const beside = keep(await startSimulatedRegistry({ ONE_TRANSACTION_AT_A_TIME: 'false' }))
  const { holdingAccount, blocks } = await beside.holdingAccount(10)
  value(await beside.registry.earmark({ reference: next(), holdingAccount, blocks }))
  const proposal = { holdingAccount, blocks, beneficiary: null, purpose: null }
  value(await beside.registry.propose({ ...proposal, reference: next() }))
  const answer = await beside.registry.propose({ ...proposal, reference: next() })
  assert.equal(answer.kind === 'refused' && answer.codes, [4010])
})

/** Changed behind a proposal's back, while its checks wait. */
const DISCREPANCIES: readonly [
  code: number,
  rule: string,
  change: (scene: Scene) => Promise<unknown>,
][] = [
  [1003, 'the account was closed', ({ account }) => setState(account, 'closed')],
  [1004, 'the account was suspended', ({ account }) => setState(account, 'suspended')],
  [
    4003,
    'a unit is gone',
    ({ wire }) =>
      database.query(
        "UPDATE unit_block SET units = int8range(lower(units), upper(units) - 1) WHERE units @> $1::int8 AND originating_party = 'BR'",
        [Number(wire.start.split('-')[2])],
      ),
  ],
  [
    4004,
    'a block turned out to be of another project',
    ({ block }) =>
      database.query('UPDATE unit_block SET project_identifier = 9 WHERE units @> $1::int8', [
        block.start,
      ]),
  ],
  [
    4012,
    'no block is set aside any more',
    ({ block }) =>
      database.query('UPDATE unit_block SET transaction = NULL WHERE units @> $1::int8', [
        block.start,
      ]),
  ],
  [
    4011,
    'units were cancelled behind its back',
    async ({ block }) =>
      database.query('UPDATE unit_block SET account = $2 WHERE units @> $1::int8', [
        block.start,
        await cancellationAccount(1),
      ]),
  ],
  [
    5153,
    'the acquiring account is no cancellation account',
    ({ account }) =>
      database.query(
        'UPDATE registry_transaction SET acquiring_account = $1 WHERE holding_account = $1',
        [account],
      ),
  ],
  [
    7001,
    'the simulation was told to refuse its units',
    ({ wire }) => world.simulation.refuseAtNextCheck({ code: 7001, block: wire }),
  ],
]
for (const [code, rule, change] of DISCREPANCIES)
  it(`${code}: checked where ${rule}, a transaction goes by 3 to 5`, async () => {
    const given = await scene()
    await world.simulation.setRegistry({ checks_paused: true })
    let identifier = ''
    try {
      identifier = (await propose(given.account, [given.wire])).body.transaction?.identifier ?? ''
      await change(given)
    } finally {
      await world.simulation.setRegistry({ checks_paused: false })
    }
    const transaction = await settled(world.registry, identifier)
    assert.is(transaction.status, 5)
    assert.ok(transaction.codes.includes(code), `${transaction.codes}`)
    const { rows } = await database.query(
      'SELECT status_from, status_to FROM audit WHERE transaction = $1 ORDER BY id',
      [identifier],
    )
    assert.equal(
      rows.map(({ status_from, status_to }) => [status_from, status_to]),
      [
        [null, 1],
        [1, 3],
        [3, 5],
      ],
    )
  })

it('5155: a named cancellation account of another commitment period is found by the checks', async () => {
  const { account, wire } = await scene()
  const acquiring_account = await cancellationAccount(2)
  const { body } = await propose(account, [wire], { acquiring_account })
  const transaction = await settled(world.registry, body.transaction?.identifier ?? '')
  assert.equal([transaction.status, transaction.codes], [5, [5155]])
})

it('while its checks are paused a transaction stays proposed, and cannot be completed yet', async () => {
  const { account, wire } = await scene()
  await world.simulation.setRegistry({ checks_paused: true })
  const { body } = await propose(account, [wire])
  const identifier = body.transaction?.identifier ?? ''
  await new Promise((resolve) => setTimeout(resolve, 150))
  assert.is((await world.registry.transaction({ identifier }))?.status, 1)
  const answer = await world.registry.complete(identifier)
  assert.equal(answer.kind === 'refused' && [answer.codes, answer.advice], [[9007], 'retry'])
  await world.simulation.setRegistry({ checks_paused: false })
  assert.is((await settled(world.registry, identifier)).status, 2)
})

it('the audit trail only grows', async () => {
  for (const attempt of ['DELETE FROM audit', 'UPDATE audit SET quantity = 0']) {
    const failure = await database.query(attempt).then(
      () => null,
      (error: Error) => error.message,
    )
    assert.is(failure, 'the audit trail only grows')
  }
})

function wrongDigits(account: string): string {
  const digits = Number(account.split('-')[4])
  return account
    .split('-')
    .with(4, String(digits === 98 ? 2 : digits + 1))
    .join('-')
}

async function setState(account: string, state: 'closed' | 'suspended'): Promise<void> {
  await world.simulation.setAccountState(account, state)
}

async function cancellationAccount(period: number): Promise<string> {
  const { accounts } = await world.simulation.books()
  const found = accounts.find(({ number }) => number.startsWith(`CDM-230-1-${period}-`))
  assert.ok(found)
  return found.number
}

async function pendingUnits(): Promise<number> {
  const { accounts } = await world.simulation.books()
  return accounts.reduce((sum, account) => sum + account.pending, 0)
}

it.run()
