import { randomUUID } from 'node:crypto'
import type { ProjectList } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, PROJECTS, type TestMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const operator = suite('the operator')
const keep = cleanUp(operator)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket

operator.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [{ seller: 0, quantity: 100, priceMinor: 300 }], 2)
  api = await declared(stack.url)
})

const tell = (method: string, path: string, body: unknown) =>
  api.send<ProblemBody>(method, `/v1/operator${path}`, { key: stack.keys.operatorToken, body })
const freshKey = () => `sk_pp_${randomUUID().replaceAll('-', '')}`
const seller = (body: object) => ({
  name: 'Demo seller',
  api_key: freshKey(),
  holding_accounts: ['CDM-100-77-0-1'],
  demo: true,
  ...body,
})

operator('saying it again changes nothing, and corrects what is said otherwise', async () => {
  const [project] = PROJECTS
  assert.ok(project)
  assert.is((await tell('POST', '/projects', { projects: PROJECTS })).status, 200)
  const corrected = { ...project, title: 'Rio Azul landfill gas (demo correction)' }
  assert.is((await tell('POST', '/projects', { projects: [corrected] })).status, 200)
  const { body } = await api.send<ProjectList>('GET', '/v1/projects', { key: PAGE_KEY })
  assert.equal(
    body.projects.map((one) => one.title),
    [corrected.title],
  )
})

operator('what offers of a project were chosen by stays as it is', async () => {
  const [project] = PROJECTS
  for (const moved of [{ host: 'KE' }, { technology: 'wind' }, { scope: 13 }]) {
    const told = await tell('POST', '/projects', { projects: [{ ...project, ...moved }] })
    assert.is(told.status, 400, JSON.stringify(moved))
    assert.is(told.body.errors?.[0]?.path, 'projects')
  }
  const unoffered = { ...PROJECTS[1], host: 'KE' }
  assert.is((await tell('POST', '/projects', { projects: [unoffered] })).status, 200)
})

operator('a project listed twice in one call is refused', async () => {
  const told = await tell('POST', '/projects', {
    projects: [PROJECTS[0], PROJECTS[1], PROJECTS[0]],
  })
  assert.is(told.status, 400)
  assert.is(told.body.errors?.[0]?.path, 'projects')
})

operator('a project needs a reference, a title, a host and a known technology', async () => {
  const [project] = PROJECTS
  for (const wrong of [
    { reference: '37' },
    { title: '' },
    { host: 'Costa Rica' },
    { technology: 'coal' },
    { scope: 16 },
    { source: '' },
    { price_minor: 5 },
  ]) {
    const told = await tell('POST', '/projects', { projects: [{ ...project, ...wrong }] })
    assert.is(told.body.code, 'invalid_request', JSON.stringify(wrong))
  }
  assert.is((await tell('POST', '/projects', { projects: [] })).status, 400)
})

operator('a key opens one seller’s books only', async () => {
  const taken = market.sellers[0]?.key ?? ''
  const told = await tell('PUT', '/sellers/another', seller({ api_key: taken }))
  assert.is(told.status, 400)
  assert.is(told.body.errors?.[0]?.path, 'api_key')
})

operator('a holding account belongs to one seller only', async () => {
  const [first] = market.sellers
  const told = await tell('PUT', '/sellers/another', seller({ holding_accounts: [first?.account] }))
  assert.is(told.status, 400)
  assert.is(told.body.errors?.[0]?.path, 'holding_accounts')
  const after = seller({ api_key: freshKey() })
  assert.is((await tell('PUT', '/sellers/another', after)).status, 200, 'nothing was half entered')
})

operator('a seller’s new key opens what the old one did', async () => {
  const [, second] = market.sellers
  const key = freshKey()
  const body = seller({ name: second?.name, api_key: key, holding_accounts: [second?.account] })
  assert.is((await tell('PUT', '/sellers/demo-seller-2', body)).status, 200)
  assert.is((await api.send('GET', '/v1/holdings', { key })).status, 200)
})

operator('a key of another form, a name that is none and no account are refused', async () => {
  for (const wrong of [
    { api_key: 'sk_pp_short' },
    { api_key: PAGE_KEY },
    { name: '' },
    { holding_accounts: [] },
    { demo: 'yes' },
  ]) {
    const told = await tell('PUT', '/sellers/another', seller(wrong))
    assert.is(told.body.code, 'invalid_request', JSON.stringify(wrong))
  }
  assert.is((await tell('PUT', '/sellers/Not%20a%20slug', seller({}))).status, 400)
})

operator.run()
