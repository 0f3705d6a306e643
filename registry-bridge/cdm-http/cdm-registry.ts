import type { z } from 'zod'
import {
  type Answer,
  type Earmark,
  type Registry,
  type RegistryDescription,
  RegistryUnreachable,
  type Transaction,
  type UnitAttributes,
} from '../registry.ts'
import { problemOf, type SerialBlock } from '../serial-block.ts'
import { call, type Endpoint } from './call.ts'
import {
  descriptionReply,
  type EarmarkRequest,
  earmarkReply,
  holdingsReply,
  type ProposeRequest,
  releaseReply,
  stateReply,
  toWireBlocks,
  transactionReply,
  type WireAttributes,
} from './wire.ts'

export type CdmRegistryOptions = {
  readonly url: string
  readonly token: string
  /** Milliseconds; the outcome of a call that takes longer is unknown. */
  readonly callTimeoutMs: number
}

/** What configuration may say instead of the registry itself. */
export type DescriptionOverrides = Partial<
  Pick<RegistryDescription, 'id' | 'name' | 'opensAt' | 'closesAt' | 'closesAtReported'>
>

/**
 * Asks the registry to describe itself, lets configuration have the last word, and gives the port to it.
 * Throws RegistryUnreachable.
 */
export async function connectCdmRegistry(
  options: CdmRegistryOptions & { readonly description?: DescriptionOverrides },
): Promise<Registry> {
  const request = { method: 'GET', path: '/description' } as const
  const reply = certain(await call(endpointOf(options), request, descriptionReply))
  return cdmRegistry({
    ...options,
    description: {
      id: reply.id,
      name: reply.name,
      simulated: reply.simulated,
      phases: reply.phases,
      oneTransactionAtATime: reply.one_transaction_at_a_time,
      maxBlocksPerTransaction: reply.max_blocks_per_transaction,
      opensAt: reply.opens_at,
      closesAt: reply.closes_at,
      closesAtReported: reply.closes_at_reported,
      ...options.description,
    },
  })
}

/** The port to a CDM registry over HTTP. Its description is given: none could be guessed. */
export function cdmRegistry(
  options: CdmRegistryOptions & { readonly description: RegistryDescription },
): Registry {
  const endpoint = endpointOf(options)

  return {
    description: options.description,

    async state() {
      return certain(await call(endpoint, { method: 'GET', path: '/state' }, stateReply)).state
    },

    async holdings(holdingAccount) {
      const path = `/accounts/${encodeURIComponent(holdingAccount)}/holdings`
      const answer = await call(endpoint, { method: 'GET', path }, holdingsReply)
      return mapAnswer(answer, (reply) =>
        reply.holdings.map((holding) => ({
          block: holding.block,
          attributes: readAttributes(holding.attributes),
        })),
      )
    },

    async earmark({ reference, holdingAccount, blocks }) {
      const invalid = refuseInvalid(blocks)
      if (invalid !== null) return invalid
      const body: EarmarkRequest = {
        reference,
        holding_account: holdingAccount,
        blocks: toWireBlocks(blocks),
      }
      const request = { method: 'POST', path: '/earmarks', body } as const
      return mapAnswer(
        await call(endpoint, request, earmarkReply),
        (reply): Earmark => ({
          reference: reply.earmark.reference,
          holdingAccount: reply.earmark.holding_account,
          blocks: reply.earmark.blocks,
          quantity: reply.earmark.quantity,
          attributes: readAttributes(reply.earmark.attributes),
        }),
      )
    },

    async releaseEarmark(reference) {
      const path = `/earmarks/${encodeURIComponent(reference)}`
      const answer = await call(endpoint, { method: 'DELETE', path }, releaseReply)
      return mapAnswer(answer, ({ released }) => ({ released }))
    },

    async propose(proposal) {
      const invalid = refuseInvalid(proposal.blocks)
      if (invalid !== null) return invalid
      const body: ProposeRequest = {
        reference: proposal.reference,
        holding_account: proposal.holdingAccount,
        blocks: toWireBlocks(proposal.blocks),
        beneficiary: proposal.beneficiary,
        purpose: proposal.purpose,
      }
      const request = { method: 'POST', path: '/transactions', body } as const
      return mapAnswer(await call(endpoint, request, transactionReply), readTransaction)
    },

    complete: (identifier) => act(endpoint, identifier, 'complete'),
    terminate: (identifier) => act(endpoint, identifier, 'terminate'),

    async transaction(by) {
      const path =
        'identifier' in by
          ? `/transactions/${encodeURIComponent(by.identifier)}`
          : `/transactions?reference=${encodeURIComponent(by.reference)}`
      const answer = await call(endpoint, { method: 'GET', path }, transactionReply)
      // Only the registry's own word that there is none counts; a lost route does not carry this code.
      if (answer.kind === 'refused' && answer.codes.includes(9003)) return null
      return readTransaction(certain(answer))
    },
  }
}

async function act(
  endpoint: Endpoint,
  identifier: string,
  verb: 'complete' | 'terminate',
): Promise<Answer<Transaction>> {
  const path = `/transactions/${encodeURIComponent(identifier)}/${verb}`
  return mapAnswer(
    await call(endpoint, { method: 'POST', path }, transactionReply),
    readTransaction,
  )
}

function endpointOf(options: CdmRegistryOptions): Endpoint {
  return { ...options, url: options.url.replace(/\/+$/, '') }
}

/** A block that is none is refused here: it has no serial number that could be sent. */
function refuseInvalid(
  blocks: readonly SerialBlock[],
): Extract<Answer<never>, { kind: 'refused' }> | null {
  const problems = blocks.map(problemOf).filter((problem) => problem !== null)
  if (problems.length === 0) return null
  const message = `Not a serial block: ${[...new Set(problems)].join(', ')}.`
  return { kind: 'refused', codes: [3008], message, advice: 'refuse' }
}

/** For questions that have no refusal: one is as good as no answer. */
function certain<T>(answer: Answer<T>): T {
  if (answer.kind === 'ok') return answer.value
  throw new RegistryUnreachable(`The registry refused to answer: ${answer.message}`)
}

function mapAnswer<From, To>(answer: Answer<From>, map: (value: From) => To): Answer<To> {
  return answer.kind === 'ok' ? { kind: 'ok', value: map(answer.value) } : answer
}

function readTransaction(reply: z.output<typeof transactionReply>): Transaction {
  const { attestation, ...transaction } = reply.transaction
  return {
    ...transaction,
    attestation: attestation && {
      reference: attestation.reference,
      completedAt: attestation.completed_at,
    },
  }
}

function readAttributes(wire: WireAttributes): UnitAttributes {
  return {
    originatingParty: wire.originating_party,
    unitType: wire.unit_type,
    originalCommitmentPeriod: wire.original_commitment_period,
    applicableCommitmentPeriod: wire.applicable_commitment_period,
    lulucfActivity: wire.lulucf_activity,
    projectIdentifier: wire.project_identifier,
    vintage: wire.vintage,
  }
}
