import type { Order, OrderLeg, OrderState } from '@offset-button/contract'
import { formatSerialBlock, type SerialBlock } from '@offset-button/registry-bridge'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import type { EndReason, OrderView } from './order.ts'
import { fromRange } from './unit-range.ts'

/** An order as its buyer sees it, through the key that it was placed with; null where there is none. */
export async function orderForBuyer(
  application: Application,
  id: string,
  publishableKey: number,
): Promise<Order | null> {
  const { db, payment, registries } = application
  const row = await db
    .selectFrom('order')
    .selectAll()
    .where('id', '=', id)
    .where('publishable_key', '=', publishableKey)
    .executeTakeFirst()
  if (!row) return null
  const state = row.state as OrderState
  const paid = row.payment as OrderView['payment']
  const [fills, legs, certificate] = await Promise.all([
    fillsOf(application, id),
    legsOf(application, id),
    db.selectFrom('certificate').select('id').where('order', '=', id).executeTakeFirst(),
  ])
  return {
    id,
    state,
    version: row.version,
    reason: row.reason as EndReason | null,
    test: payment.test,
    simulated: [...registries.values()].some((registry) => registry.description.simulated),
    quantity_tonnes: row.quantity,
    filter: row.filter,
    amounts: {
      currency: 'USD',
      projects_minor: row.projects_minor,
      platform_fee_minor: row.platform_fee_minor,
      processing_fee_minor: row.processing_fee_minor,
      total_minor: row.total_minor,
    },
    captured_minor: row.captured_minor,
    refunded_minor: row.refunded_minor,
    beneficiary: row.beneficiary,
    purpose: row.purpose,
    hold:
      state === 'reserved'
        ? { expires_at: row.hold_expires_at.toISOString(), extended: row.hold_extended }
        : null,
    payment: {
      status: paymentStatus(paid, row.refunded_minor > 0),
      failures: paid?.failures.length ?? 0,
      last_failure: paid?.lastFailureCode ?? null,
      client_secret: state === 'reserved' ? (paid?.clientSecret ?? null) : null,
    },
    fills,
    legs: legs.map(({ at: _, ...leg }) => leg),
    steps: stepsOf(row, legs, certificate !== undefined),
    completed_tonnes: legs
      .filter((leg) => leg.state === 'completed')
      .reduce((sum, leg) => sum + leg.quantity_tonnes, 0),
    certificate: certificate ? certificateLinks(application.publicUrl, certificate.id) : null,
    created_at: row.created_at.toISOString(),
    closed_at: row.closed_at?.toISOString() ?? null,
  }
}

export const certificateLinks = (publicUrl: string, id: string) => ({
  id,
  url: `${publicUrl}/certificates/${id}`,
  pdf_url: `${publicUrl}/certificates/${id}.pdf`,
})

function paymentStatus(
  payment: OrderView['payment'],
  isRefunded: boolean,
): Order['payment']['status'] {
  switch (payment?.status) {
    case undefined:
      return 'not_started'
    case 'requires_action':
    case 'processing':
      return 'awaiting_bank'
    case 'requires_capture':
      return 'authorised'
    case 'succeeded':
      return isRefunded ? 'refunded' : 'captured'
    case 'canceled':
      return 'voided'
    default:
      return 'awaiting_card'
  }
}

async function fillsOf({ db, catalogue }: Application, id: string): Promise<Order['fills']> {
  const rows = await db
    .selectFrom('reservation')
    .innerJoin('offer', 'offer.id', 'reservation.offer')
    .innerJoin('seller', 'seller.id', 'offer.seller')
    .select([
      'reservation.leg',
      'reservation.state',
      'reservation.price_minor',
      'reservation.quantity',
      'offer.project',
      'offer.vintage',
      'offer.unit_type',
      'seller.name',
    ])
    .where('reservation.order', '=', id)
    .orderBy('reservation.id')
    .execute()
  return rows.map((row) => {
    const project = catalogue.project(row.project)
    assert(project, `no project ${row.project}`)
    return {
      project: projectSummary(project),
      seller: row.name,
      vintage: row.vintage,
      unit_type: unitTypeName(row.unit_type),
      price_minor: row.price_minor,
      quantity_tonnes: row.quantity,
      cost_minor: row.price_minor * row.quantity,
      leg: row.leg,
      state: row.state,
    }
  })
}

type LegWithTimes = OrderLeg & {
  readonly at: { readonly checked: Date | null; readonly completed: Date | null }
}

/** Legs that have fills: one that was joined to another has none left. */
async function legsOf({ db }: Application, id: string): Promise<LegWithTimes[]> {
  const rows = await db
    .selectFrom('leg')
    .innerJoin('holding_account', 'holding_account.id', 'leg.holding_account')
    .innerJoin('reservation', (join) =>
      join.onRef('reservation.order', '=', 'leg.order').onRef('reservation.leg', '=', 'leg.number'),
    )
    .select(({ fn }) => [
      'leg.number',
      'leg.state',
      'leg.transaction',
      'leg.reference',
      'leg.codes',
      'leg.checked_at',
      'leg.completed_at',
      'holding_account.registry',
      fn.sum<number>('reservation.quantity').as('quantity'),
    ])
    .where('leg.order', '=', id)
    .groupBy(['leg.order', 'leg.number', 'holding_account.registry'])
    .orderBy('leg.number')
    .execute()
  const allocations = await db
    .selectFrom('allocation')
    .selectAll()
    .where('order', '=', id)
    .where('state', 'in', ['live', 'completed'])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    state: row.state as OrderLeg['state'],
    quantity_tonnes: Number(row.quantity),
    registry: row.registry,
    transaction: row.transaction,
    reference: row.reference,
    blocks: allocations
      .filter((one) => one.leg === row.number)
      .map((one) => formatSerialBlock(blockOf(one))),
    registry_codes: row.codes,
    at: { checked: row.checked_at, completed: row.completed_at },
  }))
}

/** A stored allocation as a serial block. */
export const blockOf = (row: {
  readonly originating_party: string
  readonly unit_type: number
  readonly units: string
  readonly original_commitment_period: number
  readonly applicable_commitment_period: number
  readonly lulucf_activity: number
  readonly project_identifier: number
}): SerialBlock => ({
  originatingParty: row.originating_party,
  unitType: row.unit_type as SerialBlock['unitType'],
  ...fromRange(row.units),
  originalCommitmentPeriod: row.original_commitment_period,
  applicableCommitmentPeriod: row.applicable_commitment_period,
  lulucfActivity: row.lulucf_activity,
  projectIdentifier: row.project_identifier,
})

function stepsOf(
  row: {
    readonly created_at: Date
    readonly authorised_at: Date | null
    readonly captured_at: Date | null
    readonly closed_at: Date | null
  },
  legs: readonly LegWithTimes[],
  hasCertificate: boolean,
): Order['steps'] {
  const checked = latest(legs.map((leg) => leg.at.checked))
  const completed = latest(
    legs.filter((leg) => leg.state === 'completed').map((leg) => leg.at.completed),
  )
  const isAllCompleted = legs.every(
    (leg) => !['waiting', 'proposed', 'checked'].includes(leg.state),
  )
  const steps: readonly [Order['steps'][0]['step'], Date | null][] = [
    ['reserved', row.created_at],
    ['authorised', row.authorised_at],
    ['checked', row.captured_at ? checked : null],
    ['captured', row.captured_at],
    ['completed', isAllCompleted ? completed : null],
    ['certificate', hasCertificate ? row.closed_at : null],
  ]
  return steps.flatMap(([step, at]) => (at ? [{ step, at: at.toISOString() }] : []))
}

const latest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((last, date) => (date && (!last || date > last) ? date : last), null)
