import { createHmac } from 'node:crypto'
import {
  importProjects,
  knowsPublishableKey,
  placeOffers,
  putPublishableKey,
  putSeller,
} from './api.ts'
import { concurrently } from './concurrently.ts'
import type { SeedConfiguration } from './configuration.ts'
import type { Server } from './http.ts'
import type { DemoMarket } from './market.ts'
import type { DemoProject } from './projects.ts'
import { issueUnits, openAccounts } from './registry.ts'
import { DEMO_SELLERS, type DemoSeller } from './sellers.ts'

const AT_ONCE = 24
/** Offers in one request; few, so that no seller is far ahead of the others. */
const LISTED_AT_ONCE = 25

/**
 * Sets the demo market up through the two servers' own HTTP; false where it was there already. It may be
 * interrupted anywhere and run again: what is there stays as it is. The publishable key comes last, so
 * whoever can use the button meets the whole market, and a known key says that nothing is left to do.
 */
export async function seed(
  configuration: SeedConfiguration,
  projects: readonly DemoProject[],
  market: DemoMarket,
  say: (line: string) => void,
): Promise<boolean> {
  const { apiUrl, publishableKey, sellerApiKey, demoOrigin } = configuration
  if (await knowsPublishableKey(apiUrl, publishableKey)) return false
  const registry: Server = { url: configuration.registryUrl, key: configuration.registryToken }
  const operator: Server = { url: apiUrl, key: configuration.operatorToken }
  const serverOf = (seller: DemoSeller): Server => ({
    url: apiUrl,
    key: sellerKey(sellerApiKey, seller),
  })

  await importProjects(operator, projects)
  await openAccounts(registry, market.sellers)
  say(`${projects.length} projects, ${market.sellers.length} sellers`)
  await issueUnits(registry, projects, market.issues)
  say(`${market.issues.length} unit blocks issued at the simulated registry`)
  await concurrently(market.sellers, AT_ONCE, (seller) =>
    putSeller(operator, seller, serverOf(seller).key),
  )
  // Side by side, so that sellers take turns at every price.
  let placed = 0
  const offersBySeller = [...Map.groupBy(market.offers, ({ seller }) => seller)]
  await concurrently(offersBySeller, AT_ONCE, async ([seller, offers]) => {
    for (let first = 0; first < offers.length; first += LISTED_AT_ONCE) {
      const some = offers.slice(first, first + LISTED_AT_ONCE)
      await placeOffers(serverOf(seller), some)
      placed += some.length
      say(`${placed} of ${market.offers.length} offers`)
    }
  })
  await putPublishableKey(operator, publishableKey, demoOrigin)
  return true
}

/** The first seller has the key as given, so that somebody can be told it; the others' follow from it. */
export function sellerKey(first: string, seller: DemoSeller): string {
  if (seller === DEMO_SELLERS[0]) return first
  return `sk_pp_${createHmac('sha256', first).update(seller.slug).digest('hex').slice(0, 48)}`
}
