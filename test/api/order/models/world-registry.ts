import type {
  Answer,
  Proposal,
  Registry,
  RegistryDescription,
  Transaction,
  TransactionStatus,
} from '@offset-button/registry-bridge'
import { formatSerialBlock } from '@offset-button/registry-bridge'

export type RegistryPlan = {
  /** Offers of these numbers are refused: with their unit numbers from 1000 times the number on. */
  readonly refusedOffers?: readonly number[]
  /** So many checked transactions lapse before they can be completed. */
  readonly lapses?: number
}

/** A registry of one transaction at a time from an account; checks are over when it is asked again. */
export class WorldRegistry implements Registry {
  readonly description = { id: 'cdm', oneTransactionAtATime: true } as RegistryDescription
  readonly #refused: readonly number[]
  #lapses: number
  readonly transactions: (Transaction & { readonly holdingAccount: string })[] = []
  /** Serial blocks as text, of completed transactions only. */
  readonly cancelled: string[] = []

  constructor({ refusedOffers = [], lapses = 0 }: RegistryPlan) {
    this.#refused = refusedOffers
    this.#lapses = lapses
  }

  async propose(proposal: Proposal): Promise<Answer<Transaction>> {
    const made = this.transactions.find((one) => one.reference === proposal.reference)
    if (made) return ok(made)
    const isBusy = this.transactions.some(
      (one) => one.holdingAccount === proposal.holdingAccount && one.status <= 2,
    )
    if (isBusy) return refused(1006, 'retry')
    const transaction = {
      identifier: `T${this.transactions.length + 1}`,
      reference: proposal.reference,
      holdingAccount: proposal.holdingAccount,
      status: 1 as const,
      quantity: proposal.blocks.reduce((sum, { start, end }) => sum + end - start + 1, 0),
      blocks: proposal.blocks,
      codes: [],
      attestation: null,
    }
    this.transactions.push(transaction)
    return ok(transaction)
  }

  async transaction(by: { readonly identifier?: string; readonly reference?: string }) {
    const found = this.transactions.find(
      (one) => one.identifier === by.identifier || one.reference === by.reference,
    )
    if (found?.status !== 1 || by.reference !== undefined) return found ?? null
    const isRefused = found.blocks.some(({ start }) =>
      this.#refused.includes(Math.floor(start / 1_000)),
    )
    return isRefused ? this.#move(found, 5, [4010]) : this.#move(found, 2)
  }

  async complete(identifier: string): Promise<Answer<Transaction>> {
    const found = this.transactions.find((one) => one.identifier === identifier)
    if (found?.status === 4) return ok(found)
    if (found?.status !== 2) return refused(9004, 'refuse')
    if (this.#lapses > 0) {
      this.#lapses--
      this.#move(found, 7)
      return refused(9004, 'refuse')
    }
    this.cancelled.push(
      ...found.blocks.map((block) => Object.values(formatSerialBlock(block)).join(' ')),
    )
    return ok(this.#move(found, 4))
  }

  async terminate(identifier: string): Promise<Answer<Transaction>> {
    const found = this.transactions.find((one) => one.identifier === identifier)
    if (!found || found.status === 4) return refused(9004, 'refuse')
    return ok(found.status <= 2 ? this.#move(found, 5) : found)
  }

  #move(
    found: (typeof this.transactions)[0],
    status: TransactionStatus,
    codes: readonly number[] = [],
  ) {
    const attestation = status === 4 ? { reference: 'VC1/2026', completedAt: new Date(0) } : null
    const moved = { ...found, status, codes, attestation }
    this.transactions[this.transactions.indexOf(found)] = moved
    return moved
  }

  state = async () => 'open' as const
  holdings = async () => ok([])
  earmark = async () => refused(9008, 'refuse')
  releaseEarmark = async () => ok({ released: 0 })
}

const ok = <T>(value: T): Answer<T> => ({ kind: 'ok', value })
const refused = (code: number, advice: 'retry' | 'refuse'): Answer<never> => ({
  kind: 'refused',
  codes: [code],
  message: 'no',
  advice,
})
