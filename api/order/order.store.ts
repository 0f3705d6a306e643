import type { Kysely, Transaction as Trx, Updateable } from 'kysely'
import { sql } from 'kysely'
import { assert } from '../assert.ts'
import type { Database } from '../database/database.ts'
import type { PaymentSnapshot } from '../payment/payment.ts'
import type { Change, LegChange } from './order.action.ts'
import { paymentAfter } from './order.after.ts'
import { allocate } from './order.allocate.ts'
import type { OrderStore } from './order.ports.ts'
import { readOrder } from './order.read.ts'
import { beginEffect, recordAnswer, recordPayment, sleepUntil } from './order.statements.ts'
import { LEG_TRANSITIONS, ORDER_TRANSITIONS, type OrderView, orderHasEnded } from './order.ts'

export type OrderStoreOptions = {
  readonly db: Kysely<Database>
  /** Sets the alarm for an order inside the transaction that stores when it is due. */
  readonly setAlarm: (trx: Trx<Database>, order: string, at: number) => Promise<void>
  /** Whether that time is so near that the sweep would be late. */
  readonly needsAlarm: (at: number) => boolean
  /** Writes the certificate of an order that closes, inside the transaction that closes it. */
  readonly issueCertificate: (
    trx: Trx<Database>,
    request: { readonly order: string; readonly certificate: string; readonly at: Date },
  ) => Promise<void>
  /** Told after each commit that changed what an order shows. */
  readonly onChange: (order: string) => void
}

type StoredPayment = NonNullable<OrderView['payment']>

/** The order's part of the Store, on Postgres. */
export function orderStore(options: OrderStoreOptions): OrderStore {
  const { db, needsAlarm, onChange } = options
  return {
    readOrder: (order) => readOrder(db, order),
    beginEffect: (begun) => beginEffect(db, begun),
    async leaveUnknown({ key, now }) {
      await db
        .updateTable('effect')
        .set({ state: 'unknown', sent_at: new Date(now), tries: sql`tries + 1` })
        .where('key', '=', key)
        .where('state', 'in', ['sent', 'unknown'])
        .execute()
    },
    allocate: (order, leg) => db.transaction().execute((trx) => allocate(trx, order, leg)),
    async record({ order, version, paid, change, payment, certificate, now, until }) {
      const { effect = null, ...rest } = change
      const alarm = until !== undefined && until !== null && needsAlarm(until) ? until : null
      if (Object.keys(rest).length === 0 && !certificate && alarm === null) {
        if (!effect && !payment && until === undefined) return 'recorded'
        const next = payment && paymentAfter(paid, payment, now)
        const isRecorded = await recordAnswer(db, {
          order,
          version,
          payment: next,
          effect,
          until,
          now,
        })
        if (isRecorded) onChange(order)
        return isRecorded ? 'recorded' : 'conflict'
      }
      const at = new Date(now)
      const result = await db.transaction().execute(async (trx) => {
        const current = await lockOrder(trx, order)
        if (current.version !== version) return 'conflict' as const
        await changeOrder(trx, current, change, payment, at)
        for (const leg of change.legs ?? []) await changeLeg(trx, order, leg, at)
        await changeRest(trx, current, change, at)
        if (certificate) await options.issueCertificate(trx, { order, certificate, at })
        if (until !== undefined) await sleepUntil(trx, order, until)
        if (alarm !== null) await options.setAlarm(trx, order, alarm)
        return 'recorded' as const
      })
      if (result === 'recorded') onChange(order)
      return result
    },
    async mergePayment({ payment, event, now }) {
      const { order } = payment
      for (;;) {
        const stands = await db
          .selectFrom('order')
          .select(['version', 'payment'])
          .where('id', '=', order)
          .executeTakeFirst()
        assert(stands, `no order ${order}`)
        const paid = stands.payment as StoredPayment | null
        // Another payment may carry the same metadata; an order has one.
        if (paid && paid.id !== payment.id) return
        const next = paymentAfter(paid, payment, now)
        // Whoever came first may have stored more than this knows.
        if (await recordPayment(db, { order, version: stands.version, payment: next, event })) break
      }
      onChange(order)
    },
    async sleep({ order, until }) {
      if (until === null || !needsAlarm(until)) return sleepUntil(db, order, until)
      await db.transaction().execute(async (trx) => {
        await sleepUntil(trx, order, until)
        await options.setAlarm(trx, order, until)
      })
    },
    async due({ now, limit }) {
      const rows = await db
        .selectFrom('order')
        .select('id')
        .where('wake_at', '<=', new Date(now))
        .orderBy('wake_at')
        .limit(limit)
        .execute()
      return rows.map((row) => row.id)
    },
  }
}

type LockedOrder = {
  readonly id: string
  readonly version: number
  readonly state: OrderView['state']
  readonly currency: string
  readonly payment: StoredPayment | null
}

/** Not the row's key: the market's one writer, which adds a replacement's rows to an order, never waits for this. */
async function lockOrder(trx: Trx<Database>, order: string): Promise<LockedOrder> {
  const row = await trx
    .selectFrom('order')
    .select(['id', 'version', 'state', 'currency', 'payment'])
    .where('id', '=', order)
    .forNoKeyUpdate()
    .executeTakeFirst()
  assert(row, `no order ${order}`)
  return row as LockedOrder
}

async function changeOrder(
  trx: Trx<Database>,
  current: LockedOrder,
  change: Change,
  payment: PaymentSnapshot | null,
  at: Date,
): Promise<void> {
  const { order } = change
  const set: Updateable<Database['order']> = { version: current.version + 1 }
  if (payment) set.payment = JSON.stringify(paymentAfter(current.payment, payment, at.getTime()))
  if (order?.state) {
    const allowed: readonly string[] = ORDER_TRANSITIONS[current.state]
    assert(allowed.includes(order.state), `${current.id}: ${current.state} to ${order.state}`)
    set.state = order.state
    if (order.state === 'authorised') set.authorised_at = at
    if (order.state === 'captured') set.captured_at = at
    if (orderHasEnded(order.state)) set.closed_at = at
  }
  if (order?.reason) set.reason = order.reason
  if (order?.capturedMinor !== undefined) set.captured_minor = order.capturedMinor
  if (order?.refundedMinor !== undefined) set.refunded_minor = order.refundedMinor
  if (order?.holdExpiresAt !== undefined) set.hold_expires_at = new Date(order.holdExpiresAt)
  if (order?.holdExtended !== undefined) set.hold_extended = order.holdExtended
  const update = trx.updateTable('order').set(set).where('id', '=', current.id)
  await (order?.takeTurn ? update.set({ turn: await nextTurn(trx) }) : update).execute()
}

/** One after another until the commit, so that who takes a turn sees every earlier one: no two orders wait for each other. */
async function nextTurn(trx: Trx<Database>): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('turn'))`.execute(trx)
  const { rows } = await sql<{ turn: number }>`SELECT nextval('turn') AS turn`.execute(trx)
  assert(rows[0], 'a sequence gives a number')
  return rows[0].turn
}

async function changeLeg(
  trx: Trx<Database>,
  order: string,
  change: LegChange,
  at: Date,
): Promise<void> {
  const current = await trx
    .selectFrom('leg')
    .select(['state', 'version'])
    .where('order', '=', order)
    .where('number', '=', change.number)
    .forUpdate()
    .executeTakeFirst()
  assert(current, `order ${order} has no leg ${change.number}`)
  const set: Updateable<Database['leg']> = { version: current.version + 1 }
  if (change.state && change.state !== current.state) {
    const allowed: readonly string[] =
      LEG_TRANSITIONS[current.state as OrderView['legs'][0]['state']]
    assert(
      allowed.includes(change.state),
      `leg ${change.number} of ${order}: ${current.state} to ${change.state}`,
    )
    set.state = change.state
    if (change.state === 'proposed') set.proposed_at = at
    if (change.state === 'checked') set.checked_at = at
  }
  if (change.attempt !== undefined) set.attempt = change.attempt
  if (change.transaction !== undefined) set.transaction = change.transaction
  if (change.reference !== undefined) set.reference = change.reference
  if (change.completedAt !== undefined) set.completed_at = new Date(change.completedAt)
  if (change.codes !== undefined) set.codes = [...change.codes]
  if (change.charged !== undefined) set.charged = change.charged
  if (change.givenUp !== undefined) set.given_up = change.givenUp
  await trx
    .updateTable('leg')
    .set(set)
    .where('order', '=', order)
    .where('number', '=', change.number)
    .execute()
  if (change.allocations) {
    await trx
      .updateTable('allocation')
      .set({ state: change.allocations })
      .where('order', '=', order)
      .where('leg', '=', change.number)
      .where('state', '=', 'live')
      .execute()
  }
}

async function changeRest(
  trx: Trx<Database>,
  { id: order, currency }: LockedOrder,
  change: Change,
  at: Date,
): Promise<void> {
  if (change.effect) {
    await trx
      .updateTable('effect')
      .set({
        state: change.effect.state,
        result: change.effect.refusal && JSON.stringify(change.effect.refusal),
        ended_at: at,
      })
      .where('key', '=', change.effect.key)
      .execute()
  }
  for (const { key, leg, debit, credit, amountMinor } of change.entries ?? []) {
    await trx
      .insertInto('ledger_entry')
      .values({
        key,
        order,
        leg,
        debit,
        credit,
        amount_minor: amountMinor,
        currency,
        booked_at: at,
      })
      .execute()
  }
  if (change.payout) {
    const { leg, seller, amountMinor } = change.payout
    await trx
      .insertInto('payout')
      .values({ order, leg, seller, amount_minor: amountMinor, currency, owed_at: at })
      .execute()
  }
  if (change.refusedOffers) {
    await trx
      .updateTable('offer')
      .set({ suspended_codes: [...change.refusedOffers.codes] })
      .where('id', 'in', [...change.refusedOffers.offers])
      .execute()
  }
  if (change.joinLegs) {
    await trx
      .updateTable('reservation')
      .set({ leg: change.joinLegs.into })
      .where('order', '=', order)
      .where('leg', '=', change.joinLegs.from)
      .execute()
  }
  if (change.replaced) {
    await trx
      .updateTable('reservation')
      .set({ replaced: true })
      .where('order', '=', order)
      .where('id', 'in', [...change.replaced])
      .execute()
  }
}
