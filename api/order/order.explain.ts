import type { Explanation } from '@offset-button/contract'
import type { Explanation as BookExplanation } from '@offset-button/engine'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import type { Db } from '../database/database.ts'
import { Refusal } from '../http/refusal.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import { wireExplanation } from '../market/explanation.ts'
import type { OfferFacts } from '../market/quote.ts'
import { turns } from '../turns.ts'
import { explainReserve, isLongBefore, type JournalPlace } from './order.replay.ts'

/** The most commands that are replayed for one explanation. */
export const MOST_REPLAYED = 100_000
/** Explanations kept: what is past does not change. */
const MOST_KEPT = 100

/**
 * Explains an order's own reserve by replaying the journal up to it, for the key that it was placed with. One replay at a
 * time; refused as order_not_found, and as journal_too_long where more than MOST_REPLAYED commands came before.
 */
export function orderExplainer(
  application: Application,
): (order: string, publishableKey: number) => Promise<Explanation> {
  const { db } = application
  const kept = new Map<string, BookExplanation>()
  const takeTurn = turns()
  return async (order, publishableKey) => {
    const place = await placeOf(db, order, publishableKey)
    const explained = await takeTurn('replay', async () => kept.get(order) ?? replay(db, place))
    kept.set(order, explained)
    if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0] ?? '')
    const facts = await factsOf(application, explained)
    return { ...wireExplanation(explained, facts), sequence: place.batchSeq }
  }
}

async function placeOf(db: Db, order: string, publishableKey: number): Promise<JournalPlace> {
  const row = await db
    .selectFrom('order')
    .select(['market', 'batch_seq', 'position'])
    .where('id', '=', order)
    .where('publishable_key', '=', publishableKey)
    .executeTakeFirst()
  if (!row) throw new Refusal('order_not_found')
  return { market: row.market, batchSeq: row.batch_seq, position: row.position }
}

async function replay(db: Db, place: JournalPlace): Promise<BookExplanation> {
  if (await isLongBefore(db, place, MOST_REPLAYED)) throw new Refusal('journal_too_long')
  const explained = await explainReserve(db, place)
  assert(explained, `no reserve at ${place.batchSeq}.${place.position}`)
  return explained
}

/** Names of the offers that an explanation names; they may have ended since. */
async function factsOf(
  { catalogue, db }: Application,
  { answer, examples }: BookExplanation,
): Promise<(offer: number) => OfferFacts> {
  const fills = 'fills' in answer ? answer.fills : []
  const rows = await db
    .selectFrom('offer')
    .select(['id', 'project', 'seller', 'vintage', 'unit_type'])
    .where(
      'id',
      'in',
      [...fills, ...examples].map(({ offer }) => offer),
    )
    .execute()
  const byOffer = new Map(rows.map((row) => [row.id, row]))
  return (offer) => {
    const row = byOffer.get(offer)
    const project = row && catalogue.project(row.project)
    assert(project, `no offer ${offer}, or no project of it`)
    return {
      project: projectSummary(project),
      seller: catalogue.sellerName(row.seller),
      vintage: row.vintage,
      unit_type: unitTypeName(row.unit_type),
    }
  }
}
