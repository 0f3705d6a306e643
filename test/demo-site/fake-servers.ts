import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as later } from 'node:timers/promises'
import {
  importProjectsRequest,
  type PlaceOfferRequest,
  type PlaceOffersRequest,
  placeOffersRequest,
  putPublishableKeyRequest,
  putSellerRequest,
} from '@offset-button/contract'

type Seller = { readonly slug: string; readonly accounts: readonly string[] }
type Listed = PlaceOffersRequest['offers'][number]
type Reply = { readonly status: number; readonly body: object }

/** The two servers that a seed meets, as far as it does, with books to look into. */
export class FakeServers {
  readonly accounts = new Set<string>()
  readonly units: { readonly start: number }[] = []
  readonly sellers = new Map<string, Seller>()
  readonly keys = new Set<string>()
  readonly offers: PlaceOfferRequest[] = []
  /** Units whose earmark was given back: an offer of them needs another Idempotency-Key. */
  readonly givenBack = new Set<string>()
  /** The most requests that were answered at the same time. */
  busiest = 0
  /** The offer after which every further one is answered with 503. */
  offersUntilTrouble = Number.POSITIVE_INFINITY
  readonly #servers: Server[] = []
  readonly #placed = new Set<string>()
  #busy = 0

  async listen(): Promise<{ readonly registryUrl: string; readonly apiUrl: string }> {
    const registryUrl = await this.#serve((request, body) => this.#registry(request, body))
    const apiUrl = await this.#serve((request, body) => this.#api(request, body))
    return { registryUrl, apiUrl }
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections()
      server.close()
    }
  }

  async #serve(answer: (request: IncomingMessage, body: unknown) => Reply): Promise<string> {
    const server = createServer(async (request, response) => {
      this.#busy += 1
      this.busiest = Math.max(this.busiest, this.#busy)
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      await later()
      const reply = answer(request, text === '' ? null : JSON.parse(text))
      this.#busy -= 1
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(reply.body))
    })
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  #registry({ url }: IncomingMessage, body: unknown): Reply {
    if (url === '/simulation/accounts') {
      const { accounts } = body as { accounts: { identifier: number }[] }
      const numbers = accounts.map(({ identifier }) => numberOf(identifier))
      for (const number of numbers) this.accounts.add(number)
      return { status: 200, body: { accounts: numbers.map((number) => ({ number })) } }
    }
    if (url !== '/simulation/units') return { status: 404, body: {} }
    const { units } = body as { units: { start: number; holding_account: string }[] }
    if (this.units.length > 0) return { status: 422, body: { codes: [9011] } }
    if (units.some(({ holding_account }) => !this.accounts.has(holding_account)))
      return { status: 404, body: { codes: [1002] } }
    this.units.push(...units)
    return { status: 200, body: { blocks: [] } }
  }

  #api(request: IncomingMessage, body: unknown): Reply {
    const key = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const { pathname } = new URL(request.url ?? '', 'http://api')
    if (pathname === '/v1/quotes') return { status: this.keys.has(key) ? 200 : 401, body: {} }
    if (pathname === '/v1/offers/batch') {
      const seller = this.sellers.get(key)
      if (seller === undefined) return { status: 401, body: {} }
      const { offers } = placeOffersRequest.parse(body)
      return { status: 200, body: { results: offers.map((one) => this.#placeOffer(seller, one)) } }
    }
    return key === 'operator' ? this.#operate(pathname, body) : { status: 401, body: {} }
  }

  #operate(pathname: string, body: unknown): Reply {
    const [, noun, name = ''] = /^\/v1\/operator\/([\w-]+)\/?([\w-]*)$/.exec(pathname) ?? []
    if (noun === 'projects') importProjectsRequest.parse(body)
    else if (noun === 'sellers') {
      const { api_key, holding_accounts } = putSellerRequest.parse(body)
      this.sellers.set(api_key, { slug: name, accounts: holding_accounts })
    } else if (noun === 'publishable-keys') {
      putPublishableKeyRequest.parse(body)
      this.keys.add(name)
    } else return { status: 404, body: {} }
    return { status: 200, body: { ok: true } }
  }

  #placeOffer(seller: Seller, { idempotency_key: key, ...request }: Listed): object {
    if (this.#placed.has(`${seller.slug} ${key}`)) return { problem: null }
    if (this.offers.length >= this.offersUntilTrouble)
      return { problem: { status: 503, code: 'market_unavailable' } }
    if (!seller.accounts.includes(request.holding_account)) return { problem: { status: 409 } }
    if (this.givenBack.delete(request.blocks[0]?.start ?? ''))
      return { problem: { status: 409, code: 'units_not_available', registry_codes: [9010] } }
    this.#placed.add(`${seller.slug} ${key}`)
    this.offers.push(request)
    return { problem: null }
  }
}

function numberOf(identifier: number): string {
  const check = 98n - (BigInt(`${identifier}1213221000000`) % 97n)
  return `CDM-100-${identifier}-0-${check}`
}
