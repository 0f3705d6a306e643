import { z } from 'zod'
import { projectSummary } from './market.ts'
import { priceMinor, unitType, vintage } from './primitives.ts'
import { problemCode } from './problem.ts'
import { fill } from './quote.ts'

const count = z.int().min(0)

const offerTally = z
  .strictObject({ offers: count, quantity_tonnes: count })
  .meta({ id: 'OfferTally', description: 'So many offers, and tonnes of them.' })

/** Why an offer was passed over, the first that holds. */
export const passedOverReason = z.enum([
  'outside_filter',
  'own_offer',
  'units_expired',
  'suspended',
  'reserved',
  'exhausted',
  'withdrawn',
])
export type PassedOverReason = z.infer<typeof passedOverReason>

export const explanation = z
  .strictObject({
    refusal: problemCode
      .nullable()
      .meta({ description: 'Why nothing would be taken; null where something is.' }),
    quantity_tonnes: count,
    fills: z.array(fill).meta({ description: 'What is taken, in the order of taking.' }),
    passed_over: z.strictObject({
      outside_filter: offerTally,
      own_offer: offerTally,
      units_expired: offerTally,
      suspended: offerTally,
      reserved: offerTally.meta({ description: 'All that is left of it is held for others.' }),
      exhausted: offerTally.meta({ description: 'All sold before; of an order only.' }),
      withdrawn: offerTally.meta({
        description: 'Withdrawn before; of a quote only those of which tonnes are still held.',
      }),
    }),
    examples: z
      .array(
        z.strictObject({
          reason: passedOverReason,
          project: projectSummary,
          seller: z.string().meta({ description: "The project participant's name." }),
          vintage,
          unit_type: unitType,
          price_minor: priceMinor,
          quantity_tonnes: count,
        }),
      )
      .max(20)
      .meta({ description: 'The first that were passed over, best price first, then earliest.' }),
    sequence: count.meta({
      description: 'Of a quote: the state of the book it speaks of. Of an order: its own change.',
    }),
  })
  .meta({
    id: 'Explanation',
    description:
      'What is taken, and the offers passed over: at better prices, or earlier at the price of the last fill; where nothing is taken, or a budget takes all there is, up to the price limit.',
  })
export type Explanation = z.infer<typeof explanation>

export const standing = z
  .strictObject({
    better: offerTally.meta({ description: 'At better prices.' }),
    earlier: offerTally.meta({ description: 'Earlier at its own price.' }),
    sequence: count,
  })
  .meta({
    id: 'Standing',
    description: 'What a buyer with this filter takes before an offer: what rests, nothing else.',
  })
export type Standing = z.infer<typeof standing>
