/** The one suite that every adapter of the registry port has to pass. */
import {
  type Answer,
  type Registry,
  type SerialBlock,
  splitSerialBlock,
  type Transaction,
  totalUnitCount,
} from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

/** A registry to try, and what a suite needs to set the scene there. */
export type RegistryWorld = {
  readonly registry: Registry
  /** A new holding account with free CERs of one project and vintage: a block for each quantity, lowest first. */
  holdingAccount(...quantities: readonly number[]): Promise<HoldingAccount>
  /** Its checks of the next proposal from this account find this code. */
  refuseNextCheck(holdingAccount: string, code: number): Promise<void>
  setOpen(isOpen: boolean): Promise<void>
  close(): Promise<void>
}

export type HoldingAccount = {
  readonly holdingAccount: string
  readonly blocks: readonly SerialBlock[]
}

const CHECKED_WITHIN_MS = 10_000

/** Runs the rules of the port against the registry that `open` gives; `name` says which adapter it is. */
export function registryConformance(name: string, open: () => Promise<RegistryWorld>): void {
  const it = suite<{ world: RegistryWorld }>(`${name}: the registry port`)
  let references = 0
  const next = (kind: string) => `conformance-${kind}-${++references}`

  it.before(async (context) => {
    context.world = await open()
  })
  it.after(async ({ world }) => {
    await world?.close()
  })

  /** An account whose blocks are earmarked as a whole. */
  async function earmarked(world: RegistryWorld, ...quantities: readonly number[]) {
    const account = await world.holdingAccount(...quantities)
    const reference = next('earmark')
    value(await world.registry.earmark({ reference, ...account }))
    return { ...account, earmark: reference }
  }
  function proposalOf(holdingAccount: string, blocks: readonly SerialBlock[]) {
    const reference = next('leg')
    return { reference, holdingAccount, blocks, beneficiary: 'A Visitor', purpose: null }
  }
  async function checked(world: RegistryWorld, account: HoldingAccount): Promise<Transaction> {
    const proposal = proposalOf(account.holdingAccount, account.blocks)
    const proposed = value(await world.registry.propose(proposal))
    return settled(world.registry, proposed.identifier)
  }

  it('a registry says what it is and what it can do', async ({ world }) => {
    const { description } = world.registry
    assert.ok(description.id.length > 0 && description.name.length > 0)
    assert.type(description.simulated, 'boolean')
    assert.ok(description.maxBlocksPerTransaction >= 1)
    assert.is(await world.registry.state(), 'open')
  })

  it('holdings are the free blocks of an account, with their attributes', async ({ world }) => {
    const { holdingAccount, blocks } = await world.holdingAccount(5, 7)
    const holdings = value(await world.registry.holdings(holdingAccount))
    assert.is(totalUnitCount(holdings.map(({ block }) => block)), totalUnitCount(blocks))
    for (const { block, attributes } of holdings) {
      assert.is(attributes.unitType, block.unitType)
      assert.is(attributes.projectIdentifier, block.projectIdentifier)
      assert.ok(attributes.vintage >= 2000 && attributes.vintage <= 2020)
    }
  })

  it('an account that does not exist is refused', async ({ world }) => {
    const { blocks } = await world.holdingAccount(5)
    const unknown = { holdingAccount: 'ZZ-100-1-0-1', blocks }
    refusal(await world.registry.holdings(unknown.holdingAccount))
    refusal(await world.registry.earmark({ reference: next('earmark'), ...unknown }))
    refusal(await world.registry.propose(proposalOf(unknown.holdingAccount, blocks)))
  })

  it('an earmark sets blocks aside, and its attributes are the registry’s', async ({ world }) => {
    const { holdingAccount, blocks } = await world.holdingAccount(10)
    const reference = next('earmark')
    const earmark = value(await world.registry.earmark({ reference, holdingAccount, blocks }))
    assert.is(earmark.reference, reference)
    assert.is(earmark.holdingAccount, holdingAccount)
    assert.is(earmark.quantity, 10)
    assert.equal(earmark.blocks, blocks)
    assert.is(earmark.attributes.projectIdentifier, blocks[0]?.projectIdentifier)
    assert.equal(value(await world.registry.holdings(holdingAccount)), [])
  })

  it('part of a block can be earmarked, and the rest stays free', async ({ world }) => {
    const { holdingAccount, blocks } = await world.holdingAccount(10)
    const { low, rest } = splitSerialBlock(first(blocks), 4)
    const middle = { ...low, start: low.start + 1 }
    const reference = next('earmark')
    value(await world.registry.earmark({ reference, holdingAccount, blocks: [middle] }))
    const free = value(await world.registry.holdings(holdingAccount)).map(({ block }) => block)
    assert.equal(free, [{ ...low, end: low.start }, rest])
  })

  it('the same earmark again is the same answer, and another under its reference is refused', async ({
    world,
  }) => {
    const { holdingAccount, blocks } = await world.holdingAccount(10, 10)
    const [one, other] = [first(blocks), second(blocks)]
    const request = { reference: next('earmark'), holdingAccount, blocks: [one] }
    const made = value(await world.registry.earmark(request))
    assert.equal(value(await world.registry.earmark(request)), made)
    refusal(await world.registry.earmark({ ...request, blocks: [other] }))
    assert.is(value(await world.registry.holdings(holdingAccount)).length, 1)
  })

  it('units are in one earmark at most', async ({ world }) => {
    const { holdingAccount, blocks } = await earmarked(world, 10)
    const overlapping = [splitSerialBlock(first(blocks), 1).low]
    const reference = next('earmark')
    refusal(await world.registry.earmark({ reference, holdingAccount, blocks: overlapping }))
  })

  it('units of another account are refused', async ({ world }) => {
    const { blocks } = await world.holdingAccount(10)
    const { holdingAccount } = await earmarked(world, 10)
    refusal(await world.registry.earmark({ reference: next('earmark'), holdingAccount, blocks }))
    refusal(await world.registry.propose(proposalOf(holdingAccount, blocks)))
  })

  it('what is not a serial block is refused', async ({ world }) => {
    const { holdingAccount, blocks } = await earmarked(world, 10)
    const half = { ...first(blocks), end: first(blocks).start + 0.5 }
    const none = { ...first(blocks), end: first(blocks).start - 1 }
    for (const broken of [[half], [none], []])
      refusal(await world.registry.propose(proposalOf(holdingAccount, broken)))
  })

  it('a released earmark frees its units, and releasing it again is the same answer', async ({
    world,
  }) => {
    const { holdingAccount, blocks, earmark } = await earmarked(world, 10)
    assert.equal(value(await world.registry.releaseEarmark(earmark)), { released: 10 })
    assert.equal(value(await world.registry.releaseEarmark(earmark)), { released: 10 })
    const free = value(await world.registry.holdings(holdingAccount)).map(({ block }) => block)
    assert.equal(free, blocks)
    refusal(await world.registry.earmark({ reference: earmark, holdingAccount, blocks }))
    refusal(await world.registry.releaseEarmark(next('unknown')))
  })

  it('units outside an earmark cannot be proposed', async ({ world }) => {
    const { holdingAccount, blocks } = await world.holdingAccount(10)
    refusal(await world.registry.propose(proposalOf(holdingAccount, blocks)))
  })

  it('a proposal is checked, and holds its units until it ends', async ({ world }) => {
    const { holdingAccount, blocks, earmark } = await earmarked(world, 10)
    const proposal = proposalOf(holdingAccount, [splitSerialBlock(first(blocks), 4).low])
    const proposed = value(await world.registry.propose(proposal))
    assert.is(proposed.reference, proposal.reference)
    assert.is(proposed.quantity, 4)
    assert.equal(proposed.blocks, proposal.blocks)
    assert.equal(proposed.codes, [])
    assert.is(proposed.attestation, null)
    const transaction = await settled(world.registry, proposed.identifier)
    assert.is(transaction.status, 2)
    refusal(await world.registry.propose(proposalOf(holdingAccount, proposal.blocks)))
    assert.equal(value(await world.registry.releaseEarmark(earmark)), { released: 6 })
  })

  it('the same proposal again is the transaction as it stands, and another under its reference is refused', async ({
    world,
  }) => {
    const { holdingAccount, blocks } = await earmarked(world, 10)
    const proposal = proposalOf(holdingAccount, blocks)
    const { identifier } = value(await world.registry.propose(proposal))
    const later = await settled(world.registry, identifier)
    assert.equal(value(await world.registry.propose(proposal)), later)
    refusal(await world.registry.propose({ ...proposal, purpose: 'Something else' }))
  })

  it('a transaction is found by its identifier and by its reference', async ({ world }) => {
    const { holdingAccount, blocks } = await earmarked(world, 10)
    const proposal = proposalOf(holdingAccount, blocks)
    const { identifier } = value(await world.registry.propose(proposal))
    const transaction = await settled(world.registry, identifier)
    const { reference } = proposal
    assert.equal(await world.registry.transaction({ reference }), transaction)
    assert.is(await world.registry.transaction({ identifier: `${identifier}0` }), null)
    assert.is(await world.registry.transaction({ reference: next('unknown') }), null)
  })

  it('a completed transaction has an attestation, and completing it again is the same answer', async ({
    world,
  }) => {
    const account = await earmarked(world, 3, 4)
    const { identifier } = await checked(world, account)
    const completed = value(await world.registry.complete(identifier))
    assert.is(completed.status, 4)
    assert.is(completed.quantity, 7)
    assert.match(completed.attestation?.reference ?? '', /^VC[1-9]\d*\/\d{4}$/)
    assert.instance(completed.attestation?.completedAt, Date)
    assert.equal(value(await world.registry.complete(identifier)), completed)
    assert.equal(await world.registry.transaction({ identifier }), completed)
  })

  it('cancelled units are gone for good', async ({ world }) => {
    const { holdingAccount, blocks, earmark } = await earmarked(world, 10)
    const low = splitSerialBlock(first(blocks), 4).low
    const { identifier } = await checked(world, { holdingAccount, blocks: [low] })
    value(await world.registry.complete(identifier))
    refusal(await world.registry.terminate(identifier))
    refusal(await world.registry.propose(proposalOf(holdingAccount, [low])))
    assert.equal(value(await world.registry.releaseEarmark(earmark)), { released: 6 })
    refusal(
      await world.registry.earmark({ reference: next('earmark'), holdingAccount, blocks: [low] }),
    )
  })

  it('a terminated transaction gives its units back to their earmark, and cannot be completed', async ({
    world,
  }) => {
    const account = await earmarked(world, 10)
    const { identifier } = await checked(world, account)
    const terminated = value(await world.registry.terminate(identifier))
    assert.is(terminated.status, 5)
    assert.is(terminated.attestation, null)
    assert.equal(value(await world.registry.terminate(identifier)), terminated)
    assert.is(refusal(await world.registry.complete(identifier)).advice, 'refuse')
    const again = await checked(world, account)
    assert.is(value(await world.registry.complete(again.identifier)).status, 4)
  })

  it('units pending when their earmark is released are free once their transaction is terminated', async ({
    world,
  }) => {
    const { holdingAccount, blocks, earmark } = await earmarked(world, 10)
    const { identifier } = await checked(world, { holdingAccount, blocks })
    assert.equal(value(await world.registry.releaseEarmark(earmark)), { released: 0 })
    value(await world.registry.terminate(identifier))
    const free = value(await world.registry.holdings(holdingAccount)).map(({ block }) => block)
    assert.equal(free, blocks)
  })

  it('a transaction that the registry’s checks refuse is terminated with codes, its units free', async ({
    world,
  }) => {
    const account = await earmarked(world, 10)
    await world.refuseNextCheck(account.holdingAccount, 4003)
    const refused = await checked(world, account)
    assert.is(refused.status, 5)
    assert.equal(refused.codes, [4003])
    refusal(await world.registry.complete(refused.identifier))
    assert.is((await checked(world, account)).status, 2)
  })

  it('acting on a transaction that the registry does not know is refused', async ({ world }) => {
    refusal(await world.registry.complete('CDM0'))
    refusal(await world.registry.terminate('CDM0'))
  })

  it('a second pending transaction of an account is refused for now where the registry takes one at a time', async ({
    world,
  }) => {
    const { holdingAccount, blocks } = await earmarked(world, 5, 5)
    const pending = await checked(world, { holdingAccount, blocks: [first(blocks)] })
    const proposal = proposalOf(holdingAccount, [second(blocks)])
    const answer = await world.registry.propose(proposal)
    if (!world.registry.description.oneTransactionAtATime) {
      value(answer)
      return
    }
    assert.equal(refusal(answer).codes, [1006])
    assert.is(refusal(answer).advice, 'retry')
    value(await world.registry.terminate(pending.identifier))
    value(await world.registry.propose(proposal))
  })

  it('a closed registry takes no proposals, and lets what was proposed before end', async ({
    world,
  }) => {
    const account = await earmarked(world, 10)
    const late = await earmarked(world, 10)
    const { identifier } = await checked(world, account)
    await world.setOpen(false)
    try {
      assert.is(await world.registry.state(), 'closed')
      const answer = await world.registry.propose(proposalOf(late.holdingAccount, late.blocks))
      assert.is(refusal(answer).advice, 'retry')
      assert.is(value(await world.registry.complete(identifier)).status, 4)
    } finally {
      await world.setOpen(true)
    }
    assert.is(await world.registry.state(), 'open')
  })

  it('twenty completions at once are one cancellation with one attestation', async ({ world }) => {
    const { identifier } = await checked(world, await earmarked(world, 10))
    const calls = Array.from({ length: 20 }, () => world.registry.complete(identifier))
    const answers = (await Promise.all(calls)).map(value)
    assert.is(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
    assert.is(answers[0]?.status, 4)
  })

  it.run()
}

/** Asks until the registry has checked the transaction. */
export async function settled(registry: Registry, identifier: string): Promise<Transaction> {
  const deadline = Date.now() + CHECKED_WITHIN_MS
  while (Date.now() < deadline) {
    const transaction = await registry.transaction({ identifier })
    if (transaction !== null && transaction.status !== 1) return transaction
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  throw new Error(`${identifier} was not checked within ${CHECKED_WITHIN_MS} ms`)
}

/** The value of an answer that has to be ok. */
export function value<T>(answer: Answer<T>): T {
  if (answer.kind === 'ok') return answer.value
  throw new Error(`Refused: ${answer.codes.join(', ')} ${answer.message}`)
}

/** The refusal of an answer that has to be one: with codes, a sentence and advice. */
export function refusal<T>(answer: Answer<T>): Extract<Answer<T>, { kind: 'refused' }> {
  if (answer.kind === 'ok') throw new Error(`Not refused: ${JSON.stringify(answer.value)}`)
  assert.ok(answer.codes.length > 0 && answer.message.length > 0)
  return answer
}

function first(blocks: readonly SerialBlock[]): SerialBlock {
  return nth(blocks, 0)
}

function second(blocks: readonly SerialBlock[]): SerialBlock {
  return nth(blocks, 1)
}

function nth(blocks: readonly SerialBlock[], index: number): SerialBlock {
  const block = blocks[index]
  if (block === undefined) throw new Error(`There is no block ${index}`)
  return block
}
