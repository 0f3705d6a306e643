/** Many at once: whatever the order, a serial is cancelled once and the books add up. */
import { type Answer, type SerialBlock, splitSerialBlock } from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { settled, value } from './registry.conformance.ts'
import { readBlock, type SimulatedRegistry, startSimulatedRegistry } from './simulated-registry.ts'

const it = suite('the simulated CDM registry under concurrency')
const keep = cleanUp(it)

const one = keep(await startSimulatedRegistry())
const beside = keep(await startSimulatedRegistry({ ONE_TRANSACTION_AT_A_TIME: 'false' }))

let references = 0
const next = () => `race-${++references}`

async function earmarked(world: SimulatedRegistry, quantity: number) {
  const account = await world.holdingAccount(quantity)
  const earmark = next()
  value(await world.registry.earmark({ reference: earmark, ...account }))
  const [block] = account.blocks
  assert.ok(block)
  return { holdingAccount: account.holdingAccount, block, earmark }
}

function proposalOf(holdingAccount: string, block: SerialBlock, reference = next()) {
  return { reference, holdingAccount, blocks: [block], beneficiary: null, purpose: null }
}

async function checked(world: SimulatedRegistry, holdingAccount: string, block: SerialBlock) {
  const { identifier } = value(await world.registry.propose(proposalOf(holdingAccount, block)))
  assert.is((await settled(world.registry, identifier)).status, 2)
  return identifier
}

async function unitsOf(world: SimulatedRegistry, holdingAccount: string) {
  const { accounts } = await world.simulation.books()
  return accounts.find(({ number }) => number === holdingAccount)
}

const times = <T>(count: number, act: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)))

const oks = (answers: readonly Answer<unknown>[]) => answers.filter(({ kind }) => kind === 'ok')

it('fifty proposals for the same units set them aside once', async () => {
  for (const world of [one, beside]) {
    const { holdingAccount, block } = await earmarked(world, 10)
    const answers = await times(50, () => world.registry.propose(proposalOf(holdingAccount, block)))
    assert.is(oks(answers).length, 1)
    assert.is((await unitsOf(world, holdingAccount))?.pending, 10)
  }
})

it('fifty proposals under one reference are one transaction', async () => {
  const { holdingAccount, block } = await earmarked(beside, 10)
  const proposal = proposalOf(holdingAccount, block)
  const answers = (await times(50, () => beside.registry.propose(proposal))).map(value)
  assert.is(new Set(answers.map(({ identifier }) => identifier)).size, 1)
})

it('one reference from two accounts at once is one transaction', async () => {
  const accounts = [await earmarked(one, 10), await earmarked(one, 10)] as const
  const reference = next()
  const answers = await times(20, (index) => {
    const { holdingAccount, block } = accounts[index % 2 === 0 ? 0 : 1]
    return one.registry.propose(proposalOf(holdingAccount, block, reference))
  })
  const made = answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value.identifier] : []))
  assert.is(new Set(made).size, 1)
  for (const answer of answers) if (answer.kind === 'refused') assert.equal(answer.codes, [9002])
})

it('fifty completions of one transaction cancel its units once', async () => {
  const { holdingAccount, block } = await earmarked(one, 10)
  const identifier = await checked(one, holdingAccount, block)
  const before = (await one.simulation.books()).cancelled.length
  const answers = (await times(50, () => one.registry.complete(identifier))).map(value)
  assert.is(new Set(answers.map(({ attestation }) => attestation?.reference)).size, 1)
  assert.is((await one.simulation.books()).cancelled.length, before + 1)
  assert.is((await unitsOf(one, holdingAccount))?.quantity, 0)
})

it('completion against termination has one winner, and everybody is told the same end', async () => {
  for (let round = 0; round < 5; round++) {
    const { holdingAccount, block } = await earmarked(one, 10)
    const identifier = await checked(one, holdingAccount, block)
    const answers = await times(20, (index) =>
      index % 2 === round % 2
        ? one.registry.complete(identifier)
        : one.registry.terminate(identifier),
    )
    const end = await one.registry.transaction({ identifier })
    assert.ok(end?.status === 4 || end?.status === 5)
    assert.is(oks(answers).length, 10)
    for (const answer of answers) {
      if (answer.kind === 'ok') assert.equal(answer.value, end)
      else assert.equal(answer.codes, [9004])
    }
    assert.is((await unitsOf(one, holdingAccount))?.quantity, end?.status === 4 ? 0 : 10)
  }
})

it('fifty earmarks of overlapping parts of one block never overlap', async () => {
  const { holdingAccount, blocks } = await one.holdingAccount(100)
  const [block] = blocks
  assert.ok(block)
  const answers = await times(50, (index) => {
    const start = block.start + index * 2
    const part = { ...block, start, end: Math.min(start + 4, block.end) }
    return one.registry.earmark({ reference: next(), holdingAccount, blocks: [part] })
  })
  const taken = answers.flatMap((answer) => (answer.kind === 'ok' ? answer.value.blocks : []))
  const units = taken.flatMap(({ start, end }) =>
    Array.from({ length: end - start + 1 }, (_, index) => start + index),
  )
  assert.ok(units.length >= 40)
  assert.is(new Set(units).size, units.length)
  assert.is((await unitsOf(one, holdingAccount))?.earmarked, units.length)
})

it('proposals, ends and releases of one block, all at once, lose no unit and double none', async () => {
  const { holdingAccount, block, earmark } = await earmarked(beside, 500)
  await times(50, async (index) => {
    const start = block.start + ((index * 37) % 480)
    const part = splitSerialBlock({ ...block, start }, 1 + (index % 20)).low
    const answer = await beside.registry.propose(proposalOf(holdingAccount, part))
    if (answer.kind === 'refused') return
    const { identifier } = answer.value
    if (index % 3 === 0) await beside.registry.terminate(identifier)
    else {
      await settled(beside.registry, identifier)
      await beside.registry.complete(identifier)
    }
    if (index === 40) await beside.registry.releaseEarmark(earmark)
  })
  const books = await beside.simulation.books()
  const ours = books.transactions.filter((row) => row.holding_account === holdingAccount)
  const completed = ours.filter(({ status }) => status === 4)
  assert.ok(completed.length > 0)
  const sum = completed.reduce((units, { quantity }) => units + quantity, 0)
  const left = books.accounts.find(({ number }) => number === holdingAccount)
  assert.is(left?.quantity, 500 - sum)
  assert.is(left?.pending, 0)
  const identifiers = new Set(completed.map(({ identifier }) => identifier))
  const cancelled = books.cancelled.filter(({ transaction }) => identifiers.has(transaction))
  const serials = cancelled
    .map(readBlock)
    .flatMap(({ start, end }) =>
      Array.from({ length: end - start + 1 }, (_, index) => start + index),
    )
  assert.is(serials.length, sum)
  assert.is(new Set(serials).size, sum)
})

it('attestations of completions at once are numbered one after another', async () => {
  const before = (await one.simulation.books()).transactions.filter((row) => row.status === 4)
  const identifiers = await times(10, async () => {
    const { holdingAccount, block } = await earmarked(one, 1)
    return checked(one, holdingAccount, block)
  })
  const done = (await times(10, (i) => one.registry.complete(identifiers[i] ?? ''))).map(value)
  const numbers = done.map(({ attestation }) =>
    Number(/^VC(\d+)\//.exec(attestation?.reference ?? '')?.[1]),
  )
  const expected = Array.from({ length: 10 }, (_, index) => before.length + 1 + index)
  assert.equal(
    numbers.toSorted((low, high) => low - high),
    expected,
  )
})

it.run()
