/** What travels between the CDM adapter and a registry that speaks this HTTP. Every reply says whether it is simulated. */
import { z } from 'zod'
import {
  formatSerialBlock,
  MAX_PROJECT_IDENTIFIER,
  parseSerialBlock,
  type SerialBlock,
} from '../serial-block.ts'

/** A reference is the caller's own: 1 to 100 printable characters without spaces. */
export const wireReference = z.string().regex(/^[\x21-\x7e]{1,100}$/)

/** A block as its first and last serial number. */
export const wireBlock = z.strictObject({ start: z.string().max(64), end: z.string().max(64) })
export type WireBlock = z.infer<typeof wireBlock>

const replyBlock = z.object({ start: z.string(), end: z.string() }).transform((wire, context) => {
  const parsed = parseSerialBlock(wire.start, wire.end)
  if (parsed.kind === 'ok') return parsed.block
  context.addIssue(parsed.problem)
  return z.NEVER
})

const quantity = z.int().min(0)
const instant = z.iso.datetime().transform((text) => new Date(text))

const attributes = z.object({
  originating_party: z.string(),
  unit_type: z.literal([5, 6, 7]),
  original_commitment_period: z.int(),
  applicable_commitment_period: z.int(),
  lulucf_activity: z.int(),
  project_identifier: z.int().min(1).max(MAX_PROJECT_IDENTIFIER),
  vintage: z.int(),
})

export const earmarkRequest = z.strictObject({
  reference: wireReference,
  holding_account: z.string().max(64),
  blocks: z.array(wireBlock),
})
export type EarmarkRequest = z.infer<typeof earmarkRequest>

export const proposeRequest = z.strictObject({
  reference: wireReference,
  holding_account: z.string().max(64),
  /** The registry's own cancellation account of the blocks' commitment period, where none is named. */
  acquiring_account: z.string().max(64).nullable().optional(),
  blocks: z.array(wireBlock),
  beneficiary: z.string().max(500).nullable(),
  purpose: z.string().max(2000).nullable(),
})
export type ProposeRequest = z.infer<typeof proposeRequest>

export const holdingsReply = z.object({
  simulated: z.boolean(),
  holdings: z.array(z.object({ block: replyBlock, attributes })),
})

export const earmarkReply = z.object({
  simulated: z.boolean(),
  earmark: z.object({
    reference: z.string(),
    holding_account: z.string(),
    blocks: z.array(replyBlock),
    quantity,
    attributes,
  }),
})

export const releaseReply = z.object({
  simulated: z.boolean(),
  released: quantity,
})

export const transactionReply = z.object({
  simulated: z.boolean(),
  transaction: z
    .object({
      identifier: z.string(),
      reference: z.string(),
      status: z.literal([1, 2, 3, 4, 5, 6, 7]),
      quantity,
      blocks: z.array(replyBlock),
      codes: z.array(z.int()),
      attestation: z.object({ reference: z.string(), completed_at: instant }).nullable(),
    })
    .refine(({ status, attestation }) => (status === 4) === (attestation !== null)),
})

export const stateReply = z.object({
  simulated: z.boolean(),
  state: z.enum(['open', 'closed']),
})

export const descriptionReply = z.object({
  simulated: z.boolean(),
  id: z.string(),
  name: z.string(),
  phases: z.enum(['two-phase', 'one-phase']),
  one_transaction_at_a_time: z.boolean(),
  max_blocks_per_transaction: z.int().min(1),
  opens_at: instant.nullable(),
  closes_at: instant.nullable(),
  closes_at_reported: z.boolean(),
})

/** A refusal (RFC 9457). Definite only where it has at least one response code. */
export const problemReply = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  codes: z.array(z.int()),
  simulated: z.boolean(),
})
export type ProblemReply = z.infer<typeof problemReply>

export type EarmarkReply = z.input<typeof earmarkReply>
export type TransactionReply = z.input<typeof transactionReply>
export type DescriptionReply = z.input<typeof descriptionReply>
export type WireAttributes = z.infer<typeof attributes>

export function toWireBlocks(blocks: readonly SerialBlock[]): WireBlock[] {
  return blocks.map((block) => formatSerialBlock(block))
}
