/** A registry with books of its own: one transaction at a time from an account, checks that take a while, and no unit twice. */
import type {
  Answer,
  Proposal,
  SerialBlock,
  Transaction,
  TransactionStatus,
} from '@offset-button/registry-bridge'

export type RegistryBook = Transaction & {
  readonly holdingAccount: string
  readonly proposedAt: number
}

/** How the registry behaves at a transaction: `null`, as it should; else the code of a refusal at its checks. */
export type Temper = (proposal: Proposal) => number | null

const CHECK_MS = 300
/** After how long a pending transaction lapses by itself: in some seeds soon after its checks. */
export const LAPSE_MS = [20_000, 20_000, 1_500] as const

export class RegistryService {
  readonly transactions = new Map<string, RegistryBook>()
  /** What should never have been asked of it. */
  readonly protests: string[] = []
  /** Asked at each completion: whether the card was charged. */
  isCharged: (reference: string) => boolean = () => true
  /** Asked at each proposal: whether it is still wanted. One that was given up may arrive late; the units are refused to it. */
  isWanted: (reference: string) => boolean = () => true
  readonly #now: () => number
  readonly #lapseMs: number
  readonly #temper: Temper
  readonly #refusals = new Map<string, number>()
  #attestations = 0

  constructor(now: () => number, lapseMs: number, temper: Temper) {
    this.#now = now
    this.#lapseMs = lapseMs
    this.#temper = temper
  }

  propose(proposal: Proposal): Answer<Transaction> {
    const made = this.#find((one) => one.reference === proposal.reference)
    if (made) return ok(this.#current(made))
    const ofAccount = [...this.transactions.values()].filter(
      (one) => one.holdingAccount === proposal.holdingAccount,
    )
    if (ofAccount.some((one) => this.#current(one).status <= 2)) return refused(1006, 'retry')
    const cancelled = [...this.transactions.values()].filter((one) => one.status === 4)
    const isTaken = cancelled.some((one) =>
      one.blocks.some((block) => proposal.blocks.some((other) => meet(block, other))),
    )
    if (isTaken) {
      if (this.isWanted(proposal.reference)) {
        this.protests.push(`${proposal.reference} proposes units that are cancelled`)
      }
      return refused(3005, 'refuse')
    }
    const transaction: RegistryBook = {
      identifier: `T${this.transactions.size + 1}`,
      reference: proposal.reference,
      holdingAccount: proposal.holdingAccount,
      status: 1,
      quantity: proposal.blocks.reduce((sum, { start, end }) => sum + end - start + 1, 0),
      blocks: proposal.blocks,
      codes: [],
      attestation: null,
      proposedAt: this.#now(),
    }
    const refusal = this.#temper(proposal)
    if (refusal !== null) this.#refusals.set(transaction.identifier, refusal)
    this.transactions.set(transaction.identifier, transaction)
    return ok(transaction)
  }

  transaction(by: { readonly identifier: string } | { readonly reference: string }) {
    const found =
      'identifier' in by
        ? this.transactions.get(by.identifier)
        : this.#find((one) => one.reference === by.reference)
    return found ? this.#current(found) : null
  }

  complete(identifier: string): Answer<Transaction> {
    const found = this.transaction({ identifier })
    if (found?.status === 4) return ok(found)
    if (found?.status !== 2) return refused(9004, 'refuse')
    if (!this.isCharged(found.reference)) {
      this.protests.push(`${found.reference} is completed before its card was charged`)
    }
    return ok(this.#move(found, 4))
  }

  terminate(identifier: string): Answer<Transaction> {
    const found = this.transaction({ identifier })
    if (!found || found.status === 4) return refused(9004, 'refuse')
    return ok(found.status <= 2 ? this.#move(found, 5) : found)
  }

  /** Blocks of completed transactions. */
  cancelled(): readonly SerialBlock[] {
    return [...this.transactions.values()].flatMap((one) => (one.status === 4 ? one.blocks : []))
  }

  #find(is: (one: RegistryBook) => boolean): RegistryBook | undefined {
    return [...this.transactions.values()].find(is)
  }

  /** As it stands by now: its checks may be over, or its time. */
  #current(one: RegistryBook): RegistryBook {
    const age = this.#now() - one.proposedAt
    if (one.status > 2) return one
    if (age >= this.#lapseMs) return this.#move(one, 7)
    if (one.status === 2 || age < CHECK_MS) return one
    const code = this.#refusals.get(one.identifier)
    return code === undefined ? this.#move(one, 2) : this.#move(one, 5, [code])
  }

  #move(one: RegistryBook, status: TransactionStatus, codes: readonly number[] = []): RegistryBook {
    const attestation =
      status === 4
        ? { reference: `VC${++this.#attestations}/2026`, completedAt: new Date(0) }
        : one.attestation
    const moved = { ...one, status, codes, attestation }
    this.transactions.set(one.identifier, moved)
    return moved
  }
}

export const meet = (one: SerialBlock, other: SerialBlock) =>
  one.originatingParty === other.originatingParty &&
  one.originalCommitmentPeriod === other.originalCommitmentPeriod &&
  one.start <= other.end &&
  other.start <= one.end

const ok = <T>(value: T): Answer<T> => ({ kind: 'ok', value })
const refused = (code: number, advice: 'retry' | 'refuse'): Answer<never> => ({
  kind: 'refused',
  codes: [code],
  message: 'no',
  advice,
})
