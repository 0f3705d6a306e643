import type { SerialBlock } from '@offset-button/registry-bridge'
import { sql, type Transaction as Trx } from 'kysely'
import { assert } from '../assert.ts'
import type { Database } from '../database/database.ts'
import { fromRange, takeLowest, type UnitRange } from './unit-range.ts'

/**
 * Fixes the exact serials of a leg, lowest first, once; asked again, the same ones. The database refuses an overlap. Only
 * the leg and the offers' blocks are locked: the market's one writer never waits for an allocation. Throws where the leg
 * waits no more, so that who comes late keeps no units from others.
 */
export async function allocate(
  trx: Trx<Database>,
  order: string,
  leg: number,
): Promise<readonly SerialBlock[]> {
  const { state } = await trx
    .selectFrom('leg')
    .select('state')
    .where('order', '=', order)
    .where('number', '=', leg)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (state !== 'waiting') throw new Error(`leg ${leg} of ${order} is ${state}: no serials for it`)
  const fills = await trx
    .selectFrom('reservation')
    .innerJoin('offer', 'offer.id', 'reservation.offer')
    .select([
      'reservation.id',
      'reservation.quantity',
      'offer.id as offer',
      'offer.unit_type',
      'offer.applicable_commitment_period',
    ])
    .where('reservation.order', '=', order)
    .where('reservation.leg', '=', leg)
    .orderBy('offer.id')
    .execute()
  const blocks = await trx
    .selectFrom('offer_block')
    .selectAll()
    .where(
      'offer',
      'in',
      fills.map((fill) => fill.offer),
    )
    .orderBy('offer')
    .orderBy('units')
    .forUpdate()
    .execute()
  const allocatedFills = await trx
    .selectFrom('allocation')
    .select('reservation')
    .where('order', '=', order)
    .where('state', 'in', ['live', 'completed'])
    .execute()
  const done = new Set(allocatedFills.map((one) => one.reservation))

  for (const fill of fills.filter((one) => !done.has(one.id))) {
    const ofOffer = blocks.filter((block) => block.offer === fill.offer)
    const taken = await trx
      .selectFrom('allocation')
      .select('units')
      .where('offer', '=', fill.offer)
      .where('state', 'in', ['live', 'completed'])
      .execute()
    const ranges = takeLowest(
      ofOffer.map((block) => fromRange(block.units)),
      taken.map((one) => fromRange(one.units)),
      fill.quantity,
    )
    assert(ranges, `offer ${fill.offer} has no ${fill.quantity} units left for ${order}`)
    for (const range of ranges) {
      const block = ofOffer.find((one) => contains(fromRange(one.units), range))
      assert(block, `no block of offer ${fill.offer} holds ${range.start}`)
      await trx
        .insertInto('allocation')
        .values({
          offer: fill.offer,
          reservation: fill.id,
          order,
          leg,
          originating_party: block.originating_party,
          unit_type: fill.unit_type,
          original_commitment_period: block.original_commitment_period,
          applicable_commitment_period: fill.applicable_commitment_period,
          lulucf_activity: block.lulucf_activity,
          project_identifier: block.project_identifier,
          units: `[${range.start},${range.end}]`,
          state: 'live',
        })
        .execute()
    }
  }
  return allocated(trx, order, leg)
}

const contains = (outer: UnitRange, inner: UnitRange) =>
  outer.start <= inner.start && inner.end <= outer.end

async function allocated(trx: Trx<Database>, order: string, leg: number): Promise<SerialBlock[]> {
  const rows = await trx
    .selectFrom('allocation')
    .selectAll()
    .where('order', '=', order)
    .where('leg', '=', leg)
    .where('state', 'in', ['live', 'completed'])
    .orderBy('offer')
    .orderBy(sql`lower(units)`)
    .execute()
  return rows.map((row) => ({
    originatingParty: row.originating_party,
    unitType: row.unit_type as SerialBlock['unitType'],
    ...fromRange(row.units),
    originalCommitmentPeriod: row.original_commitment_period,
    applicableCommitmentPeriod: row.applicable_commitment_period,
    lulucfActivity: row.lulucf_activity,
    projectIdentifier: row.project_identifier,
  }))
}
