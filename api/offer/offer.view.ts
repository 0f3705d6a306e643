import type { Offer } from '@offset-button/contract'
import { formatSerialBlock } from '@offset-button/registry-bridge'
import { sql } from 'kysely'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import type { Db } from '../database/database.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import { blockOf } from '../order/order.view.ts'

export type OfferOfSeller = { readonly seller: number; readonly id: number }

/** Each offer in its place; undefined for one that is not that seller's. */
export async function offersByIds(
  application: Application,
  wanted: readonly OfferOfSeller[],
): Promise<readonly (Offer | undefined)[]> {
  const ids = wanted.map(({ id }) => id)
  const rows = await selectOffers(application.db)
    .where('offer.id', '=', sql<number>`ANY(${ids}::int8[])`)
    .execute()
  const offers = await toOffers(application, rows)
  return wanted.map(({ seller, id }) => {
    const at = rows.findIndex((row) => row.id === id && row.seller === seller)
    return offers[at]
  })
}

type Page = { readonly seller: number; readonly before?: number; readonly limit: number }

/** Offers of one seller, newest first; those with a lower id than `before`. */
export async function offersOfSeller(
  application: Application,
  { seller, before, limit }: Page,
): Promise<Offer[]> {
  const all = selectOffers(application.db)
    .where('offer.seller', '=', seller)
    .orderBy('offer.id', 'desc')
    .limit(limit)
  const rows = await (before === undefined ? all : all.where('offer.id', '<', before)).execute()
  return toOffers(application, rows)
}

function selectOffers(db: Db) {
  return db
    .selectFrom('offer')
    .innerJoin('holding_account', 'holding_account.id', 'offer.holding_account')
    .selectAll('offer')
    .select(['holding_account.registry', 'holding_account.number'])
}

type OfferRow = Awaited<ReturnType<ReturnType<typeof selectOffers>['execute']>>[number]

async function toOffers(
  { catalogue, db }: Application,
  rows: readonly OfferRow[],
): Promise<Offer[]> {
  const ids = rows.map((row) => row.id)
  const blocks =
    rows.length === 0
      ? []
      : await db
          .selectFrom('offer_block')
          .selectAll()
          .where('offer', '=', sql<number>`ANY(${ids}::int8[])`)
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
