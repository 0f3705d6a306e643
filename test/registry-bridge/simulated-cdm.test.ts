/** The simulated CDM registry as a server: who may ask, restarts, time, bulk, pages. */
import { type Attestation, formatSerialBlock } from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { settled, value } from './registry.conformance.ts'
import { type SimulatedRegistry, startSimulatedRegistry, TOKEN } from './simulated-registry.ts'

const it = suite('the simulated CDM registry as a server')
const keep = cleanUp(it)

const world = keep(await startSimulatedRegistry())

let references = 0
const next = () => `server-${++references}`

async function proposed(
  at: SimulatedRegistry,
  words: { beneficiary: string | null; purpose: string | null },
) {
  const account = await at.holdingAccount(10)
  value(await at.registry.earmark({ reference: next(), ...account }))
  const proposal = { reference: next(), ...account, ...words }
  return { ...account, ...value(await at.registry.propose(proposal)) }
}
const SILENT = { beneficiary: null, purpose: null }

async function completed(words: { beneficiary: string | null; purpose: string | null }) {
  const { identifier } = await proposed(world, words)
  await settled(world.registry, identifier)
  return value(await world.registry.complete(identifier))
}

it('without the token nothing is told and nothing is done', async () => {
  const calls: readonly [string, string][] = [
    ['GET', '/state'],
    ['POST', '/transactions'],
    ['GET', '/transactions/CDM40140'],
    ['GET', '/simulation/books'],
    ['PUT', '/simulation/registry'],
  ]
  for (const authorization of ['', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])
    for (const [method, path] of calls) {
      const response = await fetch(`${world.url}${path}`, { method, headers: { authorization } })
      assert.is(response.status, 401)
      assert.equal(((await response.json()) as { codes: number[] }).codes, [])
    }
})

it('every answer says that it is simulated, problems and lost routes included', async () => {
  for (const path of [
    '/state',
    '/description',
    '/transactions/CDM0',
    '/nowhere',
    '/simulation/books',
  ])
    assert.is((await world.call('GET', path)).body.simulated, true, path)
  const page = await fetch(world.url)
  assert.is(page.headers.get('x-simulated'), 'true')
  assert.match(await page.text(), 'SIMULATED')
})

it('a body that is too long, no JSON or of another form is refused with 9000', async () => {
  const bodies: readonly [body: string, status: number][] = [
    ['{', 400],
    ['[]', 400],
    ['{"reference":"a b","holding_account":"x","blocks":[]}', 400],
    [`"${'x'.repeat(1 << 20)}"`, 413],
  ]
  for (const [body, status] of bodies) {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const response = await fetch(`${world.url}/earmarks`, { method: 'POST', headers, body })
    assert.is(response.status, status)
    assert.is(response.headers.get('content-type'), 'application/problem+json')
    assert.equal(((await response.json()) as { codes: number[] }).codes, [9000])
  }
})

it('three thousand blocks are one transaction', async () => {
  const [account] = await world.simulation.openAccounts([{ holder: 'Many blocks (demo)' }])
  assert.ok(account)
  // Every second unit of one block, so that no two of them are neighbours.
  const [issued] = await world.simulation.issueUnits({
    units: [{ ...UNIT, holding_account: account.number, quantity: 6000 }],
  })
  assert.ok(issued)
  const first = Number(issued.start.split('-')[2])
  const blocks = Array.from({ length: 3000 }, (_, index) => ({
    originatingParty: 'KE',
    unitType: 5 as const,
    start: first + 2 * index,
    end: first + 2 * index,
    originalCommitmentPeriod: 2,
    applicableCommitmentPeriod: 2,
    lulucfActivity: 0,
    projectIdentifier: 37,
  }))
  const request = { holdingAccount: account.number, blocks }
  value(await world.registry.earmark({ reference: next(), ...request }))
  const { identifier } = value(
    await world.registry.propose({ reference: next(), ...request, ...SILENT }),
  )
  await settled(world.registry, identifier)
  const transaction = value(await world.registry.complete(identifier))
  assert.is(transaction.quantity, 3000)
  assert.equal(transaction.blocks, blocks)
  const free = value(await world.registry.holdings(account.number))
  assert.is(free.length, 3000)
  const address = `${world.url}/attestations/${transaction.attestation?.reference}`
  const { lines } = (await (await fetch(address)).json()) as { lines: { blocks: unknown[] }[] }
  assert.equal(
    lines.map((line) => line.blocks.length),
    [3000],
  )
})

it('five thousand blocks are issued at once, all or none', async () => {
  const accounts = await world.simulation.openAccounts(
    Array.from({ length: 10 }, (_, index) => ({ holder: `Bulk ${index} (demo)` })),
  )
  const units = Array.from({ length: 5000 }, (_, index) => ({
    ...UNIT,
    holding_account: accounts[index % 10]?.number ?? '',
    quantity: 1 + (index % 500),
  }))
  const blocks = await world.simulation.issueUnits({ units })
  assert.is(blocks.length, 5000)

  const taken = Number(blocks[4]?.start.split('-')[2])
  const before = (await world.simulation.books()).totals
  const half = [{ ...units[0], ...UNIT, holding_account: accounts[0]?.number ?? '', quantity: 3 }]
  const clash = [
    ...half,
    { ...UNIT, holding_account: accounts[1]?.number ?? '', quantity: 1, start: taken },
  ]
  const failure = await world.simulation.issueUnits({ units: clash }).then(
    () => null,
    (error: Error) => error.message,
  )
  assert.match(failure ?? '', '9011')
  assert.equal((await world.simulation.books()).totals, before)
})

it('an account is opened once under its identifier, for one holder', async () => {
  const [opened] = await world.simulation.openAccounts([{ holder: 'One', identifier: 77 }])
  const [again] = await world.simulation.openAccounts([{ holder: 'One', identifier: 77 }])
  assert.equal(again, opened)
  const failure = await world.simulation
    .openAccounts([{ holder: 'New' }, { holder: 'Two', identifier: 77 }])
    .catch((error: Error) => error.message)
  assert.match(String(failure), '9002')
  const { accounts } = await world.simulation.books()
  assert.not.ok(accounts.some(({ holder }) => holder === 'New'))
})

it('an attestation says what was cancelled, for whom and why, to machines and to people', async () => {
  const words = { beneficiary: 'Zoë <Müller> & Co', purpose: 'Our flight' }
  const { attestation, identifier, blocks } = await completed(words)
  const reference = attestation?.reference ?? ''
  const address = `${world.url}/attestations/${reference}`
  const read = (await (await fetch(address)).json()) as Record<string, unknown>
  assert.is(read.simulated, true)
  assert.is(read.reference, reference)
  assert.is(read.transaction, identifier)
  assert.is(read.quantity, 10)
  assert.is(read.beneficiary, words.beneficiary)
  assert.is(read.purpose, words.purpose)
  assert.is(read.completed_at, (attestation as Attestation).completedAt.toISOString())
  assert.is(read.verification_address, address)
  assert.match(String(read.notice), 'SIMULATED')
  assert.equal(read.lines, [
    {
      project: { reference: '0008', host: 'BR', title: null },
      unit_type: 'CER',
      vintage: 2012,
      quantity: 10,
      original_commitment_period: 1,
      applicable_commitment_period: 1,
      blocks: blocks.map(formatSerialBlock),
    },
  ])
  const encoded = `${world.url}/attestations/${encodeURIComponent(reference)}`
  assert.equal(await (await fetch(encoded)).json(), read)
  const page = await (await fetch(address, { headers: { accept: 'text/html' } })).text()
  assert.match(page, 'SIMULATED')
  assert.match(page, 'Zoë &#60;Müller&#62; &#38; Co')
  assert.not.match(page, '<Müller>')
  assert.is((await fetch(`${world.url}/attestations/VC999999/2026`)).status, 404)
})

it('an attestation without purpose and beneficiary names the originating activity', async () => {
  const { attestation } = await completed(SILENT)
  const response = await fetch(`${world.url}/attestations/${attestation?.reference}`)
  const { statement } = (await response.json()) as { statement: string }
  assert.is(statement, 'Cancelled for the originating CDM activity.')
})

it('the books add up: what was issued is held or cancelled', async () => {
  const books = await world.simulation.books()
  const total = books.totals.reduce((sum, { quantity }) => sum + quantity, 0)
  assert.is(
    books.accounts.reduce((sum, { quantity }) => sum + quantity, 0),
    total,
  )
  const done = books.transactions.filter(({ status }) => status === 4)
  const cancelled = books.totals.filter(({ account_type }) => account_type === 230)
  assert.is(
    cancelled.reduce((sum, { quantity }) => sum + quantity, 0),
    done.reduce((sum, { quantity }) => sum + quantity, 0),
  )
  let issued = 0
  for (let after = 0, entries = await world.simulation.audit(); entries.length > 0; ) {
    for (const entry of entries) if (entry.event === 'UnitsIssued') issued += entry.quantity ?? 0
    after = entries.at(-1)?.id ?? after
    entries = await world.simulation.audit(after)
  }
  assert.is(issued, total)
})

it('killed after a proposal and started again, it goes on with the checks', async () => {
  const killed = keep(await startSimulatedRegistry({ CHECK_DELAY_MS: '400' }))
  const { identifier, status } = await proposed(killed, SILENT)
  assert.is(status, 1)
  await killed.kill()
  await killed.restart()
  assert.is((await settled(killed.registry, identifier)).status, 2)
  const done = value(await killed.registry.complete(identifier))
  await killed.kill()
  await killed.restart()
  assert.equal(value(await killed.registry.complete(identifier)), done)
  assert.is(await killed.terminate(), 0)
})

it('what is unfinished when its time is over is cancelled (7), and its units can be proposed again', async () => {
  const brief = keep(await startSimulatedRegistry({ TRANSACTION_TIMEOUT_SECONDS: '1' }))
  const { identifier, reference, holdingAccount, blocks } = await proposed(brief, SILENT)
  assert.is((await settled(brief.registry, identifier)).status, 2)
  await new Promise((resolve) => setTimeout(resolve, 1050))
  const late = await brief.registry.complete(identifier)
  assert.equal(late.kind === 'refused' && [late.codes, late.advice], [[9004], 'refuse'])
  const expired = await brief.registry.transaction({ reference })
  assert.equal([expired?.status, expired?.codes, expired?.attestation], [7, [], null])
  const again = { reference: next(), holdingAccount, blocks, ...SILENT }
  const second = value(await brief.registry.propose(again))
  const unasked = async () =>
    (await brief.registry.transaction({ identifier: second.identifier }))?.status
  for (let tries = 0; tries < 100 && (await unasked()) !== 7; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.is(await unasked(), 7)
})

it('a configuration that cannot be read is one sentence and no server', async () => {
  const failure = await startSimulatedRegistry({ CHECK_DELAY_MS: 'soon' }).then(
    () => '',
    (error: Error) => error.message,
  )
  assert.match(failure, 'CHECK_DELAY_MS')
})

const UNIT = {
  originating_party: 'KE',
  original_commitment_period: 2,
  applicable_commitment_period: 2,
  project_identifier: 37,
  vintage: 2014,
} as const

it.run()
