import type { Filter, Market } from '@offset-button/contract'
import { type Registry, RegistryUnreachable } from '@offset-button/registry-bridge'
import { type Application, readBook } from '../application.ts'

export type { Market }

/** The market as a page or an element shows it: depth, facets, registries, fees, and what a card form needs. */
export async function marketView(application: Application, filter: Filter): Promise<Market> {
  const { db, fees, host, payment, registries, views } = application
  const [row, summaries] = await Promise.all([
    db
      .selectFrom('market')
      .select(['id', 'state'])
      .where('id', '=', application.market)
      .executeTakeFirstOrThrow(),
    Promise.all([...registries.values()].map(registrySummary)),
  ])
  const depth = readBook(application, (book) => ({
    sequence: host.batchSeq(),
    ...views.depth(book, host.batchSeq(), filter),
  }))
  return {
    id: row.id,
    currency: 'USD',
    state: row.state,
    test: payment.test,
    demo: application.demo,
    ...depth,
    registries: summaries,
    payment: { publishable_key: payment.publishableKey, script_url: payment.scriptUrl },
    fees: {
      platform_basis_points: fees.platformBasisPoints,
      processing_basis_points: fees.processingBasisPoints,
      processing_fixed_minor: fees.processingFixedMinor,
    },
  }
}

async function registrySummary(registry: Registry): Promise<Market['registries'][0]> {
  const { id, name, simulated, closesAt, closesAtReported } = registry.description
  return {
    id,
    name,
    simulated,
    state: await stateOf(registry),
    closes_at: closesAt?.toISOString() ?? null,
    closes_at_reported: closesAtReported,
  }
}

type RegistryState = 'open' | 'closed' | 'unreachable'

/** The questions under way. */
const asked = new WeakMap<Registry, Promise<RegistryState>>()

/** open, closed, or unreachable where there is no answer. Who asks while a question is under way has its answer too. */
export function stateOf(registry: Registry): Promise<RegistryState> {
  const known = asked.get(registry)
  if (known) return known
  const answer = askState(registry).finally(() => asked.delete(registry))
  asked.set(registry, answer)
  return answer
}

async function askState(registry: Registry): Promise<RegistryState> {
  try {
    return await registry.state()
  } catch (error) {
    if (error instanceof RegistryUnreachable) return 'unreachable'
    throw error
  }
}
