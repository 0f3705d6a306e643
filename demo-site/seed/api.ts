import type {
  ImportProjectsRequest,
  PlacedOffers,
  PlaceOffersRequest,
  PutPublishableKeyRequest,
  PutSellerRequest,
} from '@offset-button/contract'
import { Refused, type Server, send } from './http.ts'
import type { DemoOffer } from './market.ts'
import { type DemoProject, PROJECT_SOURCE } from './projects.ts'
import type { DemoSeller } from './sellers.ts'

/** The simulated registry's answer where an earmark was released. */
const EARMARK_RELEASED = 9010
const MOST_ATTEMPTS = 5

/** Tells the market the projects; again: nothing changes. */
export async function importProjects(
  operator: Server,
  projects: readonly DemoProject[],
): Promise<void> {
  const request: ImportProjectsRequest = {
    projects: projects.map(({ reference, title, host, technology, scope, scopeDerived }) => ({
      reference,
      title,
      host,
      technology,
      scope,
      scope_derived: scopeDerived,
      source: PROJECT_SOURCE,
    })),
  }
  await send(operator, 'POST', '/v1/operator/projects', request)
}

/** Admits a seller with its API key; again: the key is replaced. */
export async function putSeller(
  operator: Server,
  { slug, name, accounts }: DemoSeller,
  apiKey: string,
): Promise<void> {
  const request: PutSellerRequest = {
    name,
    api_key: apiKey,
    holding_accounts: [...accounts],
    demo: true,
  }
  await send(operator, 'PUT', `/v1/operator/sellers/${slug}`, request)
}

/** Lets pages of one origin use a publishable key. */
export async function putPublishableKey(
  operator: Server,
  key: string,
  origin: string,
): Promise<void> {
  const request: PutPublishableKeyRequest = { name: 'Demo site', origins: [origin] }
  await send(operator, 'PUT', `/v1/operator/publishable-keys/${key}`, request)
}

/** Whether the API knows a publishable key: it then answers the page's question, or refuses it for another reason. */
export async function knowsPublishableKey(api: string, key: string): Promise<boolean> {
  try {
    await send({ url: api, key }, 'POST', '/v1/quotes', { quantity_tonnes: 1 })
    return true
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.status >= 500) throw failure
    return failure.status !== 401
  }
}

/**
 * Places offers of one seller, 50 at most; again: nothing changes, whatever became of them since. A placing that was cut short
 * and whose units the market gave back meanwhile cannot be repeated, so it is begun anew.
 */
export async function placeOffers(seller: Server, offers: readonly DemoOffer[]): Promise<void> {
  let left = offers
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const request: PlaceOffersRequest = {
      offers: left.map(({ account, blocks, priceMinor }) => ({
        idempotency_key: `demo-offer-${blocks[0]?.start}-${attempt}`,
        holding_account: account,
        blocks: [...blocks],
        price_minor: priceMinor,
      })),
    }
    const path = '/v1/offers/batch'
    const { results } = (await send(seller, 'POST', path, request)) as PlacedOffers
    left = left.filter((_, index) => {
      const problem = results[index]?.problem
      if (!problem) return false
      const refused = new Refused(`POST ${path}`, problem.status, JSON.stringify(problem))
      const wasGivenBack = refused.codes.includes(EARMARK_RELEASED)
      if (!wasGivenBack || attempt === MOST_ATTEMPTS) throw refused
      return true
    })
  }
}
