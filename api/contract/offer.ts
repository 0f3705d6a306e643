import { z } from 'zod'
import { projectSummary } from './market.ts'
import { instant, priceMinor, serialBlock, unitType, vintage } from './primitives.ts'
import { problem } from './problem.ts'

const count = z.int().min(0)

/** Units that a project participant may offer: in its holding account and not set aside for another offer. */
export const holding = z
  .strictObject({
    registry: z.string(),
    holding_account: z.string(),
    block: serialBlock,
    quantity_tonnes: count,
    project: z.string(),
    unit_type: unitType,
    vintage,
    applicable_commitment_period: z.int(),
  })
  .meta({ id: 'Holding' })
export const holdingList = z
  .strictObject({ holdings: z.array(holding) })
  .meta({ id: 'HoldingList' })
export type HoldingList = z.infer<typeof holdingList>

export const placeOfferRequest = z
  .strictObject({
    holding_account: z.string().meta({ examples: ['CDM-100-1020-2-82'] }),
    blocks: z.array(serialBlock).min(1).max(3).meta({
      description:
        'Whole or part of blocks in the account, of one project, unit type, vintage and commitment periods. The registry earmarks them.',
    }),
    price_minor: priceMinor,
  })
  .meta({ id: 'PlaceOfferRequest' })
export type PlaceOfferRequest = z.infer<typeof placeOfferRequest>

/** Offers that one request may place. */
const MOST_LISTED = 50

export const placeOffersRequest = z
  .strictObject({
    offers: z
      .array(
        placeOfferRequest
          .extend({
            idempotency_key: z.string().min(1).max(255).optional().meta({
              description:
                'As the header Idempotency-Key of a single offer: the same key and offer again is the same offer, whichever way it comes.',
            }),
          })
          .meta({ id: 'ListedOfferRequest' }),
      )
      .min(1)
      .max(MOST_LISTED),
  })
  .meta({ id: 'PlaceOffersRequest' })
export type PlaceOffersRequest = z.infer<typeof placeOffersRequest>

export const amendOfferRequest = z
  .strictObject({
    price_minor: priceMinor.optional(),
    quantity_tonnes: z.int().min(1).optional().meta({
      description:
        'The whole quantity ever offered, at most what is earmarked. Less keeps the place in the queue.',
    }),
  })
  .refine(
    (request) => request.price_minor !== undefined || request.quantity_tonnes !== undefined,
    'Give a new price, a new quantity, or both.',
  )
  .meta({ id: 'AmendOfferRequest' })
export type AmendOfferRequest = z.infer<typeof amendOfferRequest>

export const offer = z
  .strictObject({
    id: z.int().min(1),
    state: z.enum(['resting', 'exhausted', 'withdrawn', 'expired', 'suspended']).meta({
      description:
        'expired: its units have, so that nobody gets them; it stays until it is withdrawn. suspended: the registry refused them.',
    }),
    suspended_codes: z.array(z.int()).meta({ description: 'What the registry said.' }),
    price_minor: priceMinor,
    quantity_tonnes: count,
    available_tonnes: count,
    reserved_tonnes: count,
    sold_tonnes: count,
    withdrawn_tonnes: count,
    earmarked_tonnes: count,
    project: projectSummary,
    vintage,
    unit_type: unitType,
    registry: z.string(),
    holding_account: z.string(),
    blocks: z.array(serialBlock),
    placed_at: instant,
  })
  .meta({ id: 'Offer' })
export type Offer = z.infer<typeof offer>

/** Of each offer in its place: the offer, or why there is none. */
export const placedOffers = z
  .strictObject({
    results: z.array(
      z
        .strictObject({ offer: offer.nullable(), problem: problem.nullable() })
        .meta({ id: 'PlacedOffer', description: 'One of the two is null.' }),
    ),
  })
  .meta({ id: 'PlacedOffers' })
export type PlacedOffers = z.infer<typeof placedOffers>

export const offerList = z
  .strictObject({ offers: z.array(offer), next_before: z.int().nullable() })
  .meta({ id: 'OfferList' })
export type OfferList = z.infer<typeof offerList>
