/** The port: what the market needs of a registry. Nothing above it asks for a registry's name. */
import type { SerialBlock } from './serial-block.ts'

export type UnitTypeCode = 5 | 6 | 7

/** What a registry is and can do. Steps branch on this, never on `id` or `name`. */
export type RegistryDescription = {
  readonly id: string
  readonly name: string
  /** True: a stand-in answers; nothing real is cancelled. Shown wherever its answers show. */
  readonly simulated: boolean
  /** two-phase: propose, checks, complete. one-phase: an instruction is final once it is done. */
  readonly phases: 'two-phase' | 'one-phase'
  /** True: a second pending transaction from one holding account is refused (check 1006). */
  readonly oneTransactionAtATime: boolean
  /** At most this many serial blocks in a transaction; 3000 in the CDM registry. */
  readonly maxBlocksPerTransaction: number
  readonly opensAt: Date | null
  readonly closesAt: Date | null
  /** True where the closing date is only reported. */
  readonly closesAtReported: boolean
}

/** Attributes that all units of a block share; the registry's word, never typed by a seller. */
export type UnitAttributes = {
  /** ISO 3166-1 alpha-2. */
  readonly originatingParty: string
  readonly unitType: UnitTypeCode
  readonly originalCommitmentPeriod: number
  readonly applicableCommitmentPeriod: number
  /** 0 none, 1 to 7. */
  readonly lulucfActivity: number
  /** Not padded: 8, not 0008. */
  readonly projectIdentifier: number
  /** Calendar year of the reduction. */
  readonly vintage: number
}

/** A block that lies in a holding account, free to be earmarked. */
export type Holding = { readonly block: SerialBlock; readonly attributes: UnitAttributes }

export type Earmark = {
  /** The caller's reference, unique at the registry. */
  readonly reference: string
  readonly holdingAccount: string
  readonly blocks: readonly SerialBlock[]
  readonly quantity: number
  readonly attributes: UnitAttributes
}

/** 1 proposed · 2 checked · 3 checked, discrepancy · 4 completed · 5 terminated · 6 rejected · 7 cancelled (timed out). */
export type TransactionStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7

export type Attestation = {
  /** `VC<n>/<year>`. */
  readonly reference: string
  readonly completedAt: Date
}

export type Transaction = {
  /** The registry's identifier: registry code and digits. */
  readonly identifier: string
  /** The caller's own reference, unique at the registry: one proposal each. */
  readonly reference: string
  readonly status: TransactionStatus
  readonly quantity: number
  readonly blocks: readonly SerialBlock[]
  /** Response codes of a discrepancy or a termination; empty otherwise. */
  readonly codes: readonly number[]
  /** Present exactly when completed. */
  readonly attestation: Attestation | null
}

/** A definite answer. Anything else (no reply, a broken one) throws RegistryUnreachable: the outcome is unknown. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'refused'
      /** The registry's codes, such as 3005; at least one. */
      readonly codes: readonly number[]
      readonly message: string
      /** retry: it may succeed later unchanged (1006, 3016). refuse: it will not. person: somebody has to look. */
      readonly advice: 'retry' | 'refuse' | 'person'
    }

export type Proposal = {
  readonly reference: string
  readonly holdingAccount: string
  /** Lie within one earmark each, share one applicable commitment period. */
  readonly blocks: readonly SerialBlock[]
  readonly beneficiary: string | null
  readonly purpose: string | null
}

export type Registry = {
  readonly description: RegistryDescription
  /** Whether cancellations are taken now; throws RegistryUnreachable. */
  state(): Promise<'open' | 'closed'>
  /** Free blocks of a holding account. */
  holdings(holdingAccount: string): Promise<Answer<readonly Holding[]>>
  /** Sets blocks aside under `reference`. The same reference and blocks again: the same answer. */
  earmark(request: {
    readonly reference: string
    readonly holdingAccount: string
    readonly blocks: readonly SerialBlock[]
  }): Promise<Answer<Earmark>>
  /** Frees what is left of an earmark: units neither cancelled nor in a pending transaction. Again: the same answer. */
  releaseEarmark(reference: string): Promise<Answer<{ readonly released: number }>>
  /** Proposes a voluntary cancellation. The same reference again: the transaction as it stands, never a second one. */
  propose(proposal: Proposal): Promise<Answer<Transaction>>
  /** Completes a checked transaction, irreversibly. A completed one: the same answer. */
  complete(identifier: string): Promise<Answer<Transaction>>
  /** Terminates a transaction that is not completed; its units are free again inside their earmark. */
  terminate(identifier: string): Promise<Answer<Transaction>>
  /** By the registry's identifier or by the caller's reference; null where the registry knows none. */
  transaction(
    by: { readonly identifier: string } | { readonly reference: string },
  ): Promise<Transaction | null>
}

/** No definite answer: the outcome is unknown, ask again before resending. */
export class RegistryUnreachable extends Error {
  override readonly name = 'RegistryUnreachable'
}
