import type {
  ImportProjectsRequest,
  PlaceOfferRequest,
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
 * Places an offer; again: nothing changes, whatever became of it since. A placing that was cut short and whose
 * units the market gave back meanwhile cannot be repeated, so it is begun anew.
 */
export async function placeOffer(seller: Server, offer: DemoOffer): Promise<void> {
  const request: PlaceOfferRequest = {
    holding_account: offer.account,
    blocks: [...offer.blocks],
    price_minor: offer.priceMinor,
  }
  for (let attempt = 1; ; attempt += 1) {
    const idempotencyKey = `demo-offer-${offer.blocks[0]?.start}-${attempt}`
    try {
      await send(seller, 'POST', '/v1/offers', request, { 'idempotency-key': idempotencyKey })
      return
    } catch (failure) {
      const wasGivenBack = failure instanceof Refused && failure.codes.includes(EARMARK_RELEASED)
      if (!wasGivenBack || attempt === MOST_ATTEMPTS) throw failure
    }
  }
}
