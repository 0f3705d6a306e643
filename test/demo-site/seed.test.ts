import { demoMarket } from '@offset-button/demo-site/seed/market'
import { seed } from '@offset-button/demo-site/seed/seed'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../support/clean-up.ts'
import { demoProjects } from './demo-projects.ts'
import { FakeServers } from './fake-servers.ts'

const seeding = suite('seeding the demo market')
const keep = cleanUp(seeding)
const projects = demoProjects()
const whole = demoMarket(projects, 2026)
const market = { ...whole, offers: whole.offers.slice(0, 400) }

async function town() {
  const servers = keep(new FakeServers())
  const addresses = await servers.listen()
  const configuration = {
    ...addresses,
    operatorToken: 'operator',
    registryToken: 'registry',
    demoOrigin: 'http://localhost:4001',
    publishableKey: 'pk_demo_1',
    sellerApiKey: `sk_pp_${'0'.repeat(32)}`,
  }
  const run = () => seed(configuration, projects, market, () => undefined)
  return { servers, run, sellerApiKey: configuration.sellerApiKey }
}

seeding(
  'issues the units, admits the sellers, places every offer, then lets the page in',
  async () => {
    const { servers, run } = await town()
    assert.is(await run(), true)
    assert.is(servers.units.length, market.issues.length)
    assert.is(servers.sellers.size, market.sellers.length)
    assert.equal([...servers.keys], ['pk_demo_1'])
    assert.equal(servers.offers.map(serialOf).toSorted(), market.offers.map(serialOf).toSorted())
  },
)

seeding('gives the first seller the key as given, and every other one its own', async () => {
  const { servers, run, sellerApiKey } = await town()
  await run()
  assert.is(servers.sellers.get(sellerApiKey)?.slug, market.sellers[0]?.slug)
})

seeding('changes nothing where the market is there already', async () => {
  const { servers, run } = await town()
  await run()
  const offers = [...servers.offers]
  assert.is(await run(), false)
  assert.equal(servers.offers, offers)
})

seeding('goes on where it was interrupted, and offers nothing twice', async () => {
  const { servers, run } = await town()
  servers.offersUntilTrouble = 150
  await run().then(
    () => assert.unreachable('the trouble should be told'),
    (failure) => assert.match(String(failure), '503'),
  )
  assert.is(servers.keys.size, 0, 'the page is not let into half a market')
  servers.offersUntilTrouble = Number.POSITIVE_INFINITY
  assert.is(await run(), true)
  assert.equal(servers.offers.map(serialOf).toSorted(), market.offers.map(serialOf).toSorted())
})

seeding('begins an offer anew whose units were given back meanwhile', async () => {
  const { servers, run } = await town()
  for (const offer of market.offers.slice(0, 3)) servers.givenBack.add(serialOf(offer))
  await run()
  assert.equal(servers.offers.map(serialOf).toSorted(), market.offers.map(serialOf).toSorted())
})

seeding('sends at most 24 requests at a time', async () => {
  const { servers, run } = await town()
  await run()
  assert.ok(servers.busiest > 1 && servers.busiest <= 24, `${servers.busiest}`)
})

function serialOf({ blocks }: { readonly blocks: readonly { readonly start: string }[] }): string {
  return blocks[0]?.start ?? ''
}

seeding.run()
