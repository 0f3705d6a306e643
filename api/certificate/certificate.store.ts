import type { Certificate } from '@offset-button/contract'
import { formatSerialBlock } from '@offset-button/registry-bridge'
import type { Kysely, Transaction as Trx } from 'kysely'
import { assert } from '../assert.ts'
import type { Database } from '../database/database.ts'
import { unitTypeName } from '../market/attributes.ts'
import { type Catalogue, projectSummary } from '../market/catalogue.ts'
import { blockOf, certificateLinks } from '../order/order.view.ts'
import { statementOf } from './certificate-words.ts'

export type CertificateIssuer = {
  readonly catalogue: Catalogue
  readonly publicUrl: string
  readonly demo: boolean
  readonly registryOf: (id: string) => { readonly name: string; readonly simulated: boolean }
}

/** Writes the certificate of an order from its completed legs only, as it will be shown for ever. */
export async function issueCertificate(
  trx: Trx<Database>,
  issuer: CertificateIssuer,
  request: { readonly order: string; readonly certificate: string; readonly at: Date },
): Promise<void> {
  const order = await trx
    .selectFrom('order')
    .selectAll()
    .where('id', '=', request.order)
    .executeTakeFirstOrThrow()
  const rows = await completedAllocations(trx, request.order)
  const first = rows[0]
  assert(first, `order ${request.order} closes without a completed leg`)
  const registry = issuer.registryOf(first.registry)
  const completedAt = new Date(Math.max(...rows.map((row) => Number(row.completed_at))))
  const facts = {
    quantity_tonnes: rows.reduce((sum, row) => sum + unitsOf(row), 0),
    beneficiary: order.beneficiary,
    purpose: order.purpose,
    completed_at: completedAt.toISOString(),
  }
  const document: Certificate = {
    id: request.certificate,
    url: certificateLinks(issuer.publicUrl, request.certificate).url,
    simulated: registry.simulated,
    demo: issuer.demo,
    ...facts,
    statement: statementOf(facts),
    registry: registry.name,
    issued_at: request.at.toISOString(),
    lines: linesOf(rows, issuer.catalogue),
    history: [
      { step: 'reserved', at: order.created_at },
      { step: 'authorised', at: order.authorised_at },
      { step: 'checked', at: new Date(Math.max(...rows.map((row) => Number(row.checked_at)))) },
      { step: 'captured', at: order.captured_at },
      { step: 'completed', at: completedAt },
      { step: 'certificate', at: request.at },
    ].flatMap(({ step, at }) => (at ? [{ step, at: at.toISOString() }] : [])),
  }
  await trx
    .insertInto('certificate')
    .values({
      id: request.certificate,
      order: request.order,
      document: JSON.stringify(document),
      issued_at: request.at,
    })
    .execute()
}

/** A certificate by its public id; null where there is none. */
export async function readCertificate(
  db: Kysely<Database>,
  id: string,
): Promise<Certificate | null> {
  const row = await db
    .selectFrom('certificate')
    .select('document')
    .where('id', '=', id)
    .executeTakeFirst()
  return (row?.document as Certificate | undefined) ?? null
}

type Row = Awaited<ReturnType<typeof completedAllocations>>[number]

const completedAllocations = (trx: Trx<Database>, order: string) =>
  trx
    .selectFrom('allocation')
    .innerJoin('leg', (join) =>
      join.onRef('leg.order', '=', 'allocation.order').onRef('leg.number', '=', 'allocation.leg'),
    )
    .innerJoin('holding_account', 'holding_account.id', 'leg.holding_account')
    .innerJoin('offer', 'offer.id', 'allocation.offer')
    .selectAll('allocation')
    .select([
      'leg.transaction',
      'leg.reference',
      'leg.checked_at',
      'leg.completed_at',
      'holding_account.registry',
      'offer.project',
      'offer.vintage',
    ])
    .where('allocation.order', '=', order)
    .where('allocation.state', '=', 'completed')
    .orderBy('allocation.leg')
    .orderBy('allocation.id')
    .execute()

const unitsOf = (row: Row) => {
  const { start, end } = blockOf(row)
  return end - start + 1
}

/** One line for each project and vintage of a transaction. */
function linesOf(rows: readonly Row[], catalogue: Catalogue): Certificate['lines'] {
  const groups = Map.groupBy(rows, (row) => `${row.leg} ${row.project} ${row.vintage}`)
  return [...groups.values()].map((group) => {
    const [row] = group
    const project = row && catalogue.project(row.project)
    assert(row && project, 'a line has its project')
    assert(row.transaction && row.reference, `leg ${row.leg} has no transaction`)
    return {
      project: projectSummary(project),
      vintage: row.vintage,
      unit_type: unitTypeName(row.unit_type),
      quantity_tonnes: group.reduce((sum, one) => sum + unitsOf(one), 0),
      blocks: group.map((one) => formatSerialBlock(blockOf(one))),
      original_commitment_period: row.original_commitment_period,
      applicable_commitment_period: row.applicable_commitment_period,
      transaction: row.transaction,
      reference: row.reference,
    }
  })
}
