import type { Explanation } from '@offset-button/contract'
import {
  type Explanation as BookExplanation,
  type Command,
  explainPast,
} from '@offset-button/engine'
import { sql } from 'kysely'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import type { Db } from '../database/database.ts'
import { Refusal } from '../http/refusal.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import { wireExplanation } from '../market/explanation.ts'
import type { OfferFacts } from '../market/quote.ts'
import { turns } from '../turns.ts'

/** The most commands that are replayed for one explanation. */
export const MOST_REPLAYED = 50_000
const PAGE = 5_000
/** Explanations kept: what is past does not change. */
const MOST_KEPT = 100

type Place = { readonly market: string; readonly batchSeq: number; readonly position: number }

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

async function placeOf(db: Db, order: string, publishableKey: number): Promise<Place> {
  const row = await db
    .selectFrom('order')
    .select(['market', 'batch_seq', 'position'])
    .where('id', '=', order)
    .where('publishable_key', '=', publishableKey)
    .executeTakeFirst()
  if (!row) throw new Refusal('order_not_found')
  return { market: row.market, batchSeq: row.batch_seq, position: row.position }
}

async function replay(db: Db, place: Place): Promise<BookExplanation> {
  if (await isTooFar(db, place)) throw new Refusal('journal_too_long')
  const commands = await commandsUpTo(db, place)
  const explained = explainPast(commands, commands.length - 1)
  assert(explained, `no reserve at ${place.batchSeq}.${place.position}`)
  return explained
}

async function isTooFar(db: Db, { market, batchSeq, position }: Place): Promise<boolean> {
  const { rows } = await sql<{ before: number }>`
    SELECT count(*)::int AS before FROM (
      SELECT FROM journal
      WHERE market = ${market} AND (batch_seq, position) < (${batchSeq}, ${position})
      LIMIT ${MOST_REPLAYED + 1}
    ) counted`.execute(db)
  return (rows[0]?.before ?? 0) > MOST_REPLAYED
}

/** The journal's commands from the first, up to this one and with it. */
async function commandsUpTo(db: Db, { market, batchSeq, position }: Place): Promise<Command[]> {
  const commands: Command[] = []
  let after = { batch_seq: -1, position: -1 }
  for (;;) {
    const { rows } = await sql<{ batch_seq: number; position: number; command: Command }>`
      SELECT batch_seq, position, command FROM journal
      WHERE market = ${market} AND (batch_seq, position) <= (${batchSeq}, ${position})
        AND (batch_seq, position) > (${after.batch_seq}, ${after.position})
      ORDER BY batch_seq, position LIMIT ${PAGE}`.execute(db)
    for (const { command } of rows) commands.push(command)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return commands
    after = last
  }
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
