/** What a demo seed, a test or an auditor says to the simulation, and is told. */
import { z } from 'zod'
import { type WireBlock, wireBlock } from '../../cdm-http/wire.ts'
import type { TransactionStatus } from '../../registry.ts'
import { MAX_PROJECT_IDENTIFIER, MAX_UNIT_NUMBER } from '../../serial-block.ts'

const accountNumber = z.string().max(64)
const party = z.string().regex(/^[A-Z]{2}$/)
const period = z.literal([1, 2])

export const accountsRequest = z.strictObject({
  accounts: z
    .array(
      z.strictObject({
        holder: z.string().min(1).max(200),
        /** Chosen by the registry where absent. The same identifier and holder again: the account as it is. */
        identifier: z.int().min(1).max(MAX_UNIT_NUMBER).optional(),
      }),
    )
    .min(1)
    .max(1000),
})
export type AccountsRequest = z.infer<typeof accountsRequest>

export const unitsRequest = z.strictObject({
  /** Titles for attestations; a project that is known is renamed. */
  projects: z
    .array(
      z.strictObject({
        identifier: z.int().min(1).max(MAX_PROJECT_IDENTIFIER),
        host: party,
        title: z.string().max(500).nullable(),
      }),
    )
    .max(10_000)
    .default([]),
  units: z
    .array(
      z.strictObject({
        holding_account: accountNumber,
        originating_party: party,
        unit_type: z.literal([5, 6, 7]).default(5),
        quantity: z.int().min(1).max(1_000_000_000_000),
        /** The lowest unit number; the registry goes on where it stopped where absent. */
        start: z.int().min(1).max(MAX_UNIT_NUMBER).optional(),
        original_commitment_period: period,
        applicable_commitment_period: period,
        lulucf_activity: z.int().min(0).max(7).default(0),
        project_identifier: z.int().min(1).max(MAX_PROJECT_IDENTIFIER),
        vintage: z.int().min(2000).max(2020),
      }),
    )
    .min(1)
    .max(20_000),
})
export type UnitsRequest = z.input<typeof unitsRequest>

export const accountStateRequest = z.strictObject({
  state: z.enum(['open', 'suspended', 'closed']),
})
export type AccountState = z.infer<typeof accountStateRequest>['state']

export const registryRequest = z.strictObject({
  is_open: z.boolean().optional(),
  reconciling: z.boolean().optional(),
  checks_paused: z.boolean().optional(),
})
export type RegistryRequest = z.infer<typeof registryRequest>

/** The next `times` checks that meet this account, or any of these units, find this code. */
export const refusalRequest = z
  .strictObject({
    code: z.int().min(1).max(99_999),
    holding_account: accountNumber.optional(),
    block: wireBlock.optional(),
    times: z.int().min(1).max(1_000_000).default(1),
  })
  .refine(
    ({ holding_account, block }) => (holding_account === undefined) !== (block === undefined),
    'Give an account or a block.',
  )
export type RefusalRequest = z.input<typeof refusalRequest>

/** The calls whose replies can be lost or late. */
export const CALLS = [
  'description',
  'state',
  'holdings',
  'earmark',
  'release',
  'propose',
  'transaction',
  'complete',
  'terminate',
] as const
export type Call = (typeof CALLS)[number]

/** The next `times` of this call: its connection is cut, or its reply is late, before or after it took effect. */
export const faultRequest = z.strictObject({
  call: z.enum(CALLS),
  action: z.enum(['drop', 'delay']),
  when: z.enum(['before', 'after']),
  delay_ms: z.int().min(0).max(600_000).default(0),
  times: z.int().min(1).max(1_000_000).default(1),
})
export type FaultRequest = z.input<typeof faultRequest>
export type Fault = z.output<typeof faultRequest>

export type AccountsReply = {
  readonly accounts: readonly { readonly number: string; readonly holder: string }[]
}
export type UnitsReply = { readonly blocks: readonly WireBlock[] }

/** The registry's own books, for an auditor. Quantities are whole units. */
export type Books = {
  readonly transactions: readonly {
    readonly identifier: string
    readonly reference: string
    readonly status: TransactionStatus
    readonly holding_account: string
    readonly acquiring_account: string
    readonly quantity: number
    readonly blocks: readonly WireBlock[]
    readonly codes: readonly number[]
    readonly attestation: string | null
    readonly proposed_at: string
    readonly ended_at: string | null
  }[]
  /** Whatever was cancelled, as the cancellation accounts hold it. */
  readonly cancelled: readonly (WireBlock & { readonly transaction: string })[]
  readonly totals: readonly {
    readonly account_type: number
    readonly unit_type: number
    readonly applicable_commitment_period: number
    readonly quantity: number
  }[]
  readonly accounts: readonly {
    readonly number: string
    readonly type: number
    readonly holder: string
    readonly state: 'open' | 'suspended' | 'closed'
    readonly quantity: number
    readonly earmarked: number
    readonly pending: number
  }[]
}

/** An entry of the audit trail, which only grows. */
export type AuditEntry = {
  readonly id: number
  readonly at: string
  readonly event: string
  readonly account: string | null
  readonly transaction: string | null
  readonly earmark: string | null
  readonly status_from: number | null
  readonly status_to: number | null
  readonly quantity: number | null
  readonly codes: readonly number[]
}
