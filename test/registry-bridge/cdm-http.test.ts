import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  cdmRegistry,
  connectCdmRegistry,
  type Proposal,
  type Registry,
  RegistryUnreachable,
} from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { refusal, settled, value } from './registry.conformance.ts'
import { startSimulatedRegistry, TOKEN } from './simulated-registry.ts'

const it = suite('CDM over HTTP: when there is no definite answer')
const keep = cleanUp(it)

const world = keep(await startSimulatedRegistry())
const hasty = await connectCdmRegistry({ url: world.url, token: TOKEN, callTimeoutMs: 250 })

/** A server that answers everything in one way, and the port to it. */
async function answering(reply: (response: ServerResponse) => void): Promise<Registry> {
  const server = keep(createServer((_, response) => reply(response)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { description } = world.registry
  return cdmRegistry({ url, token: TOKEN, callTimeoutMs: 250, description })
}

async function isUnreachable(call: Promise<unknown>): Promise<void> {
  const outcome = await call.then(
    (answer) => answer,
    (error: unknown) => error,
  )
  assert.instance(outcome, RegistryUnreachable)
}

async function proposable(): Promise<Proposal> {
  const account = await world.holdingAccount(10)
  const reference = `of-${account.holdingAccount}`
  value(await world.registry.earmark({ reference, ...account }))
  return { reference, ...account, beneficiary: null, purpose: null }
}

const problem = (status: number, codes: readonly number[]) => (response: ServerResponse) => {
  response.statusCode = status
  const body = { type: 'about:blank', title: 'No', status, detail: 'No.', codes, simulated: true }
  response.end(JSON.stringify(body))
}

const WITHOUT_ANSWER: readonly [what: string, reply: (response: ServerResponse) => void][] = [
  ['a 500', problem(500, [])],
  ['a 503, even with codes', problem(503, [9005])],
  ['a 4xx without codes', problem(404, [])],
  ['a 4xx that is no problem', (response) => response.writeHead(422).end('{"codes":[3005]}')],
  ['a page instead of JSON', (response) => response.end('<!doctype html>')],
  ['JSON of another form', (response) => response.end('{"simulated":true}')],
  ['half a reply', (response) => response.writeHead(200, { 'content-length': '99' }).end('{')],
  ['a redirect', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['a cut connection', (response) => response.destroy()],
  ['no reply in time', () => undefined],
]
for (const [what, reply] of WITHOUT_ANSWER)
  it(`${what} leaves the outcome unknown, whatever was asked`, async () => {
    const registry = await answering(reply)
    const nothing = { holdingAccount: 'CDM-100-1-0-1', blocks: [], reference: 'a' }
    await isUnreachable(registry.state())
    await isUnreachable(registry.holdings('CDM-100-1-0-1'))
    await isUnreachable(registry.earmark(nothing))
    await isUnreachable(registry.releaseEarmark('a'))
    await isUnreachable(registry.propose({ ...nothing, beneficiary: null, purpose: null }))
    await isUnreachable(registry.complete('CDM1'))
    await isUnreachable(registry.terminate('CDM1'))
    await isUnreachable(registry.transaction({ identifier: 'CDM1' }))
  })

it('a completed transaction without its attestation is not believed', async () => {
  const transaction = {
    identifier: 'CDM1',
    reference: 'a',
    status: 4,
    quantity: 0,
    blocks: [],
    codes: [],
    attestation: null,
  }
  const body = JSON.stringify({ simulated: true, transaction })
  const registry = await answering((response) => response.end(body))
  await isUnreachable(registry.complete('CDM1'))
})

it('a 4xx with codes is a refusal, and an unknown code wants a person', async () => {
  const registry = await answering(problem(422, [7777]))
  const answer = refusal(await registry.complete('CDM1'))
  assert.equal(answer.codes, [7777])
  assert.is(answer.advice, 'person')
})

it('a wrong token, or nobody there, is no definite answer', async () => {
  const { url } = world
  await isUnreachable(connectCdmRegistry({ url, token: 'not-the-token', callTimeoutMs: 1000 }))
  const nobody = 'http://127.0.0.1:9'
  await isUnreachable(connectCdmRegistry({ url: nobody, token: TOKEN, callTimeoutMs: 1000 }))
})

it('configuration has the last word on name and dates, never on whether it is simulated', async () => {
  const closesAt = new Date('2026-12-31T23:59:59Z')
  const registry = await connectCdmRegistry({
    url: world.url,
    token: TOKEN,
    callTimeoutMs: 1000,
    description: { name: 'Ours', closesAt, closesAtReported: true },
  })
  assert.equal(registry.description, {
    id: 'cdm',
    name: 'Ours',
    simulated: true,
    phases: 'two-phase',
    oneTransactionAtATime: true,
    maxBlocksPerTransaction: 3000,
    opensAt: null,
    closesAt,
    closesAtReported: true,
  })
})

for (const action of ['drop', 'delay'] as const)
  for (const when of ['before', 'after'] as const)
    it(`a proposal whose reply is lost (${action} ${when} the effect) can be asked for and sent again`, async () => {
      const proposal = await proposable()
      const { reference } = proposal
      await world.simulation.plantFault({ call: 'propose', action, when, delay_ms: 500 })
      await isUnreachable(hasty.propose(proposal))
      const found = await world.registry.transaction({ reference })
      assert.is(found !== null, when === 'after')
      const again = value(await world.registry.propose(proposal))
      if (found !== null) assert.is(again.identifier, found.identifier)
      await settled(world.registry, again.identifier)
    })

for (const when of ['before', 'after'] as const)
  it(`a completion whose reply is lost ${when} the effect is made once`, async () => {
    const { identifier } = value(await world.registry.propose(await proposable()))
    await settled(world.registry, identifier)
    await world.simulation.plantFault({ call: 'complete', action: 'drop', when })
    await isUnreachable(world.registry.complete(identifier))
    const found = await world.registry.transaction({ identifier })
    assert.is(found?.status, when === 'after' ? 4 : 2)
    const completed = value(await world.registry.complete(identifier))
    if (when === 'after') assert.equal(completed, found)
  })

it.run()
