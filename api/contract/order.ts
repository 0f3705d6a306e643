import { z } from 'zod'
import { filter } from './filter.ts'
import { instant, minorUnits, priceMinor, serialBlock, tonnes } from './primitives.ts'
import { problemCode } from './problem.ts'
import { amounts, fill } from './quote.ts'

const publicText = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'No control characters.')

export const orderRequest = z
  .strictObject({
    quantity_tonnes: tonnes,
    filter: filter.optional(),
    max_price_minor: priceMinor.optional(),
    max_total_minor: z.int().min(1).max(100_000_000_000).meta({
      description:
        'The total last shown to the buyer. The order is refused as price_moved rather than charged more.',
    }),
    beneficiary: publicText(120).optional().meta({ description: 'Public, on the certificate.' }),
    purpose: publicText(240).optional().meta({ description: 'Public, on the certificate.' }),
    consent: z
      .strictObject({
        text: z.string().min(20).max(1000),
        language: z.string().min(2).max(35),
      })
      .meta({
        description:
          'The sentence that the buyer agreed to: cancellation is permanent. Kept with the order.',
      }),
  })
  .meta({ id: 'OrderRequest' })
export type OrderRequest = z.infer<typeof orderRequest>

export const ORDER_STATES = [
  'reserved',
  'authorised',
  'captured',
  'closed',
  'declined',
  'expired',
  'rejected',
  'refunded',
] as const
export const orderState = z.enum(ORDER_STATES)
export type OrderState = z.infer<typeof orderState>

export const LEG_STATES = [
  'waiting',
  'proposed',
  'checked',
  'completed',
  'refused',
  'terminated',
  'refunded',
] as const
export const legState = z.enum(LEG_STATES)
export type LegState = z.infer<typeof legState>

export const orderLeg = z
  .strictObject({
    number: z.int().min(1),
    state: legState,
    quantity_tonnes: tonnes,
    registry: z.string(),
    transaction: z.string().nullable().meta({ description: "The registry's, such as CDM40140." }),
    reference: z.string().nullable().meta({ description: 'The attestation, such as VC118/2026.' }),
    blocks: z.array(serialBlock),
    registry_codes: z.array(z.int()),
  })
  .meta({
    id: 'OrderLeg',
    description: 'The fills from one holding account: one registry transaction.',
  })

export type OrderLeg = z.infer<typeof orderLeg>

/** What happened, in order; the last entry may still be under way. */
export const ORDER_STEPS = [
  'reserved',
  'authorised',
  'checked',
  'captured',
  'completed',
  'certificate',
] as const

export const order = z
  .strictObject({
    id: z.string().meta({ description: 'Unguessable; whoever has it may read the order.' }),
    state: orderState,
    version: z.int(),
    reason: problemCode
      .nullable()
      .meta({ description: 'Why an order ended without a certificate.' }),
    test: z.boolean(),
    simulated: z.boolean(),
    quantity_tonnes: tonnes,
    filter,
    amounts,
    captured_minor: minorUnits,
    refunded_minor: minorUnits,
    beneficiary: z.string().nullable(),
    purpose: z.string().nullable(),
    hold: z
      .strictObject({ expires_at: instant, extended: z.boolean() })
      .nullable()
      .meta({ description: 'How long the tonnes are held; null once authorised or ended.' }),
    payment: z.strictObject({
      status: z.enum([
        'not_started',
        'awaiting_card',
        'awaiting_bank',
        'authorised',
        'captured',
        'voided',
        'refunded',
      ]),
      failures: z.int().min(0),
      last_failure: z
        .string()
        .nullable()
        .meta({ description: "The card network's reason, if any." }),
      client_secret: z.string().nullable().meta({
        description: 'For confirming in the browser; given while the card is awaited, else null.',
      }),
    }),
    fills: z.array(
      fill.extend({
        leg: z.int(),
        state: z.enum(['held', 'committed', 'released', 'expired']),
      }),
    ),
    legs: z.array(orderLeg),
    steps: z.array(z.strictObject({ step: z.enum(ORDER_STEPS), at: instant })),
    completed_tonnes: z.int().min(0),
    certificate: z.strictObject({ id: z.string(), url: z.url(), pdf_url: z.url() }).nullable(),
    created_at: instant,
    closed_at: instant.nullable(),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof order>
