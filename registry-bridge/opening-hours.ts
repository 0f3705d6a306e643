import type { Answer, Registry, Transaction } from './registry.ts'
import { adviceOf, messageOf } from './response-code.ts'

/**
 * Enforces `opensAt` (inclusive) and `closesAt` (exclusive) of a registry's description, whatever the registry itself would say.
 * Outside them `state` is closed and nothing is proposed; what was proposed in time may still end.
 * `clock.now` is the wall clock in epoch milliseconds.
 */
export function withOpeningHours(registry: Registry, clock: { now(): number }): Registry {
  const { opensAt, closesAt } = registry.description
  const closedCode = (): 9005 | 9006 | null => {
    const now = clock.now()
    if (closesAt !== null && now >= closesAt.getTime()) return 9006
    return opensAt !== null && now < opensAt.getTime() ? 9005 : null
  }
  return {
    description: registry.description,
    state: async () => (closedCode() === null ? registry.state() : 'closed'),
    holdings: (holdingAccount) => registry.holdings(holdingAccount),
    earmark: (request) => registry.earmark(request),
    releaseEarmark: (reference) => registry.releaseEarmark(reference),
    async propose(proposal) {
      const code = closedCode()
      if (code === null) return registry.propose(proposal)
      // A proposal made in time and asked for again is not a new one.
      const made = await registry.transaction({ reference: proposal.reference })
      return made === null ? closed(code) : { kind: 'ok', value: made }
    },
    complete: (identifier) => registry.complete(identifier),
    terminate: (identifier) => registry.terminate(identifier),
    transaction: (by) => registry.transaction(by),
  }
}

function closed(code: 9005 | 9006): Answer<Transaction> {
  const codes = [code]
  return { kind: 'refused', codes, message: messageOf(codes), advice: adviceOf(codes) }
}
