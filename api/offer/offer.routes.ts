import { randomUUID } from 'node:crypto'
import {
  amendOfferRequest,
  filterQuery,
  type HoldingList,
  holdingList,
  type Offer,
  offer,
  offerList,
  type PlaceOffersRequest,
  placedOffers,
  placeOfferRequest,
  placeOffersRequest,
  standing,
} from '@offset-button/contract'
import type { Command, Rejected } from '@offset-button/engine'
import { formatSerialBlock, RegistryUnreachable, unitCount } from '@offset-button/registry-bridge'
import { gathered } from '@offset-button/registry-bridge/gathered'
import { z } from 'zod'
import { type Application, readBook } from '../application.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import { problemOf, Refusal } from '../http/refusal.ts'
import { readFilterQuery, toBookFilter, unitTypeName } from '../market/attributes.ts'
import { wireTally } from '../market/explanation.ts'
import { registryOf } from '../order/order.call.ts'
import { offerPlacing } from './offer.place.ts'
import { type OfferOfSeller, offersByIds, offersOfSeller } from './offer.view.ts'

const offerId = z.strictObject({ offer: z.string().regex(/^\d{1,15}$/) })
const offerQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .meta({ description: 'next_before of the page before.' }),
})
const PAGE = 100

type Listed = PlaceOffersRequest['offers'][number]

/** What a project participant does, from its own server. */
export function offerEndpoints(application: Application): Endpoint[] {
  const place = offerPlacing(application)
  const find = gathered((all: readonly OfferOfSeller[]) => offersByIds(application, all))
  const one = async (seller: number, id: number): Promise<Offer> => {
    const found = await find({ seller, id })
    if (!found) throw new Refusal('offer_not_found')
    return found
  }
  const change = async (seller: number, id: number, command: Command): Promise<Offer> => {
    const result = await application.host.submit({ commands: [command] })
    if (result.kind === 'rejected') throw refusalOf(result.rejected)
    if (result.kind === 'unavailable') throw new Refusal('market_unavailable')
    if (result.kind === 'unknown') throw new Refusal('outcome_unknown')
    return one(seller, id)
  }
  return [
    endpoint({
      method: 'get',
      path: '/v1/holdings',
      operation: 'listHoldings',
      summary: 'Units in your holding accounts that are free to offer',
      caller: 'seller',
      status: 200,
      result: holdingList,
      problems: ['key_not_valid', 'registry_unavailable'],
      handle: async ({ caller }) => holdingsOf(application, caller.seller),
    }),
    endpoint({
      method: 'post',
      path: '/v1/offers',
      operation: 'placeOffer',
      summary: 'Has units earmarked at the registry and offers them; with an Idempotency-Key once',
      caller: 'seller',
      body: placeOfferRequest,
      status: 201,
      result: offer,
      problems: [
        'key_not_valid',
        'invalid_request',
        'holding_account_not_yours',
        'units_not_available',
        'units_expired',
        'project_not_listed',
        'idempotency_key_reused',
        'registry_unavailable',
        'market_unavailable',
        'outcome_unknown',
      ],
      handle: async ({ body, caller, context }) => {
        const id = await place({
          seller: caller.seller,
          idempotencyKey: context.get('Idempotency-Key') || randomUUID(),
          request: body,
        })
        return one(caller.seller, id)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/offers/batch',
      operation: 'placeOffers',
      summary:
        'Places up to 50 offers, each by itself: what becomes of one is nothing to the others',
      caller: 'seller',
      body: placeOffersRequest,
      status: 200,
      result: placedOffers,
      problems: ['key_not_valid', 'invalid_request', 'market_unavailable', 'outcome_unknown'],
      handle: async ({ body, caller: { seller } }) => {
        const placeOne = async ({ idempotency_key: key, ...request }: Listed) => {
          const id = await place({ seller, idempotencyKey: key ?? randomUUID(), request })
          return { offer: await one(seller, id), problem: null }
        }
        return {
          results: await Promise.all(body.offers.map((it) => placeOne(it).catch(refusedOne))),
        }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/offers',
      operation: 'listOffers',
      summary: 'Your offers, newest first',
      caller: 'seller',
      query: offerQuery,
      status: 200,
      result: offerList,
      problems: ['key_not_valid', 'invalid_request'],
      handle: async ({ caller, query }) => {
        const offers = await offersOfSeller(application, {
          seller: caller.seller,
          limit: PAGE,
          ...(query.before ? { before: Number(query.before) } : {}),
        })
        return { offers, next_before: offers.length === PAGE ? (offers.at(-1)?.id ?? null) : null }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/offers/{offer}',
      operation: 'readOffer',
      summary: 'One of your offers',
      caller: 'seller',
      params: offerId,
      status: 200,
      result: offer,
      problems: ['key_not_valid', 'offer_not_found'],
      handle: async ({ caller, params }) => one(caller.seller, Number(params.offer)),
    }),
    endpoint({
      method: 'get',
      path: '/v1/offers/{offer}/standing',
      operation: 'readStanding',
      summary: 'How much a buyer with this filter takes before one of your offers',
      caller: 'seller',
      params: offerId,
      query: filterQuery,
      status: 200,
      result: standing,
      problems: [
        'key_not_valid',
        'invalid_request',
        'unknown_filter',
        'offer_not_found',
        'offer_ended',
        'market_unavailable',
      ],
      handle: async ({ caller, params, query }) => {
        const { catalogue, host } = application
        const { id } = await one(caller.seller, Number(params.offer))
        const filter = toBookFilter(readFilterQuery(query), catalogue)
        return readBook(application, (book) => {
          const found = book.standing(id, filter)
          if (!found) throw new Refusal('offer_ended')
          return {
            better: wireTally(found.better),
            earlier: wireTally(found.earlier),
            sequence: host.batchSeq(),
          }
        })
      },
    }),
    endpoint({
      method: 'patch',
      path: '/v1/offers/{offer}',
      operation: 'amendOffer',
      summary: 'Another price or quantity; less of it keeps the place in the queue',
      caller: 'seller',
      params: offerId,
      body: amendOfferRequest,
      status: 200,
      result: offer,
      problems: [
        'key_not_valid',
        'invalid_request',
        'invalid_quantity',
        'offer_not_found',
        'offer_ended',
        'below_reserved_and_sold',
        'above_earmarked',
        'market_unavailable',
        'outcome_unknown',
      ],
      handle: async ({ body, caller, params }) => {
        const current = await one(caller.seller, Number(params.offer))
        if ((body.quantity_tonnes ?? 0) > current.earmarked_tonnes) {
          throw new Refusal('above_earmarked')
        }
        return change(caller.seller, current.id, {
          kind: 'AmendOffer',
          offer: current.id,
          ...(body.price_minor === undefined ? {} : { priceMinor: body.price_minor }),
          ...(body.quantity_tonnes === undefined ? {} : { quantityTonnes: body.quantity_tonnes }),
        })
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/offers/{offer}/withdraw',
      operation: 'withdrawOffer',
      summary: 'Takes what is available off the market; what is reserved may still be sold',
      caller: 'seller',
      params: offerId,
      status: 200,
      result: offer,
      problems: ['key_not_valid', 'offer_not_found', 'market_unavailable', 'outcome_unknown'],
      handle: async ({ caller, params }) => {
        const current = await one(caller.seller, Number(params.offer))
        if (current.state === 'withdrawn' || current.state === 'exhausted') return current
        return change(caller.seller, current.id, { kind: 'WithdrawOffer', offer: current.id })
      },
    }),
  ]
}

function refusedOne(error: unknown) {
  if (!(error instanceof Refusal)) throw error
  return { offer: null, problem: problemOf(error.code, error.extra) }
}

function refusalOf({ reason }: Rejected): Refusal {
  switch (reason) {
    case 'OfferEnded':
    case 'UnknownOffer':
      return new Refusal('offer_ended')
    case 'BelowReservedAndSold':
      return new Refusal('below_reserved_and_sold')
    case 'InvalidQuantity':
      return new Refusal('invalid_quantity')
    default:
      return new Refusal('invalid_request', { errors: [{ path: '', message: reason }] })
  }
}

async function holdingsOf(application: Application, seller: number): Promise<HoldingList> {
  const accounts = await application.db
    .selectFrom('holding_account')
    .select(['registry', 'number'])
    .where('seller', '=', seller)
    .orderBy('number')
    .execute()
  const lists = await Promise.all(
    accounts.map(async ({ registry, number }) => {
      const answer = await registryOf(application, registry)
        .holdings(number)
        .catch((error: unknown) => {
          if (error instanceof RegistryUnreachable) throw new Refusal('registry_unavailable')
          throw error
        })
      if (answer.kind === 'refused') return []
      return answer.value.map(({ block, attributes }) => ({
        registry,
        holding_account: number,
        block: formatSerialBlock(block),
        quantity_tonnes: unitCount(block),
        project: String(attributes.projectIdentifier).padStart(4, '0'),
        unit_type: unitTypeName(attributes.unitType),
        vintage: attributes.vintage,
        applicable_commitment_period: attributes.applicableCommitmentPeriod,
      }))
    }),
  )
  return { holdings: lists.flat() }
}
