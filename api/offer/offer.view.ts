import type { Offer } from '@offset-button/contract'
import { formatSerialBlock } from '@offset-button/registry-bridge'
import { sql } from 'kysely'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import { blockOf } from '../order/order.view.ts'

type Selection = {
  readonly seller: number
  readonly offer?: number
  /** Offers with a lower id. */
  readonly before?: number
  readonly limit: number
}

/** Offers of one seller, newest first. */
export async function offersOfSeller(
  { catalogue, db }: Application,
  { seller, offer, before, limit }: Selection,
): Promise<Offer[]> {
  let query = db
    .selectFrom('offer')
    .innerJoin('holding_account', 'holding_account.id', 'offer.holding_account')
    .selectAll('offer')
    .select(['holding_account.registry', 'holding_account.number'])
    .where('offer.seller', '=', seller)
    .orderBy('offer.id', 'desc')
    .limit(limit)
  if (offer !== undefined) query = query.where('offer.id', '=', offer)
  if (before !== undefined) query = query.where('offer.id', '<', before)
  const rows = await query.execute()
  const blocks =
    rows.length === 0
      ? []
      : await db
          .selectFrom('offer_block')
          .selectAll()
          .where(
            'offer',
            'in',
            rows.map((row) => row.id),
          )
          .orderBy(sql`lower(units)`)
          .execute()
  return rows.map((row) => {
    const project = catalogue.project(row.project)
    assert(project, `no project ${row.project}`)
    return {
      id: row.id,
      state: stateOf(row),
      suspended_codes: row.suspended ? row.suspended_codes : [],
      price_minor: row.price_minor,
      quantity_tonnes: row.quantity,
      available_tonnes: row.quantity - row.reserved - row.sold - row.withdrawn,
      reserved_tonnes: row.reserved,
      sold_tonnes: row.sold,
      withdrawn_tonnes: row.withdrawn,
      earmarked_tonnes: row.earmarked,
      project: projectSummary(project),
      vintage: row.vintage,
      unit_type: unitTypeName(row.unit_type),
      registry: row.registry,
      holding_account: row.number,
      blocks: blocks
        .filter((block) => block.offer === row.id)
        .map((block) =>
          formatSerialBlock(
            blockOf({
              ...block,
              unit_type: row.unit_type,
              applicable_commitment_period: row.applicable_commitment_period,
            }),
          ),
        ),
      placed_at: row.placed_at.toISOString(),
    }
  })
}

function stateOf(row: {
  readonly is_withdrawn: boolean
  readonly suspended: boolean
  readonly expired: boolean
  readonly quantity: number
  readonly reserved: number
  readonly sold: number
  readonly withdrawn: number
}): Offer['state'] {
  if (row.is_withdrawn) return 'withdrawn'
  if (row.quantity === row.sold + row.withdrawn) return 'exhausted'
  if (row.expired) return 'expired'
  return row.suspended ? 'suspended' : 'resting'
}
