import type { Order, OrderLeg } from '@offset-button/contract'
import { formatSerialBlock, type SerialBlock } from '@offset-button/registry-bridge'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import { unitTypeName } from '../market/attributes.ts'
import { projectSummary } from '../market/catalogue.ts'
import { type AllocationRow, type BuyersRows, readBuyersRows } from './order.rows.ts'
import { legIsOpen, type OrderView } from './order.ts'
import { fromRange } from './unit-range.ts'

/** An order as its buyer sees it, through the key that it was placed with; null where there is none. */
export async function orderForBuyer(
  application: Application,
  id: string,
  publishableKey: number,
): Promise<Order | null> {
  const rows = await readBuyersRows(application.db, id, publishableKey)
  return rows && orderOf(application, id, rows)
}

/** As its buyer sees it after steps that changed no more than its payment, of what was read before them. */
export const orderAfter = (application: Application, rows: BuyersRows, now: OrderView): Order =>
  orderOf(application, now.id, {
    ...rows,
    version: now.version,
    payment: now.payment,
  })

function orderOf(application: Application, id: string, rows: BuyersRows): Order {
  const { payment, registries } = application
  const { certificate, payment: paid, state } = rows
  const legs = legsOf(rows)
  return {
    id,
    state,
    version: rows.version,
    reason: rows.reason,
    test: payment.test,
    simulated: [...registries.values()].some((registry) => registry.description.simulated),
    quantity_tonnes: rows.quantity,
    filter: rows.filter,
    amounts: {
      currency: 'USD',
      projects_minor: rows.projects_minor,
      platform_fee_minor: rows.platform_fee_minor,
      processing_fee_minor: rows.processing_fee_minor,
      total_minor: rows.total_minor,
    },
    captured_minor: rows.captured_minor,
    refunded_minor: rows.refunded_minor,
    beneficiary: rows.beneficiary,
    purpose: rows.purpose,
    hold:
      state === 'reserved'
        ? { expires_at: timeText(rows.hold_expires_at), extended: rows.hold_extended }
        : null,
    payment: {
      status: paymentStatus(paid, rows.refunded_minor > 0),
      failures: paid?.failures.length ?? 0,
      last_failure: paid?.lastFailureCode ?? null,
      client_secret: state === 'reserved' ? (paid?.clientSecret ?? null) : null,
    },
    fills: fillsOf(application, rows),
    legs: legs.map(({ at: _, ...leg }) => leg),
    steps: stepsOf(rows, legs, certificate !== null),
    completed_tonnes: legs
      .filter((leg) => leg.state === 'completed')
      .reduce((sum, leg) => sum + leg.quantity_tonnes, 0),
    certificate: certificate === null ? null : certificateLinks(application.publicUrl, certificate),
    created_at: timeText(rows.created_at),
    closed_at: rows.closed_at === null ? null : timeText(rows.closed_at),
  }
}

const timeText = (at: number) => new Date(at).toISOString()

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

function fillsOf({ catalogue }: Application, { fills }: BuyersRows): Order['fills'] {
  return fills.map((fill) => {
    const project = catalogue.project(fill.project)
    assert(project, `no project ${fill.project}`)
    return {
      project: projectSummary(project),
      seller: fill.seller,
      vintage: fill.vintage,
      unit_type: unitTypeName(fill.unit_type),
      price_minor: fill.price_minor,
      quantity_tonnes: fill.quantity,
      cost_minor: fill.price_minor * fill.quantity,
      leg: fill.leg,
      state: fill.state,
    }
  })
}

type LegWithTimes = OrderLeg & {
  readonly at: { readonly checked: number | null; readonly completed: number | null }
}

/** Legs that have fills: one that was joined to another has none left. */
function legsOf({ allocations, fills, legs }: BuyersRows): LegWithTimes[] {
  return legs.flatMap((leg) => {
    const own = fills.filter((fill) => fill.leg === leg.number)
    if (own.length === 0) return []
    return {
      number: leg.number,
      state: leg.state,
      quantity_tonnes: own.reduce((sum, fill) => sum + fill.quantity, 0),
      registry: leg.registry,
      transaction: leg.transaction,
      reference: leg.reference,
      blocks: allocations
        .filter((one) => one.leg === leg.number)
        .map((one) => formatSerialBlock(blockOf(one))),
      registry_codes: leg.codes,
      at: { checked: leg.checked_at, completed: leg.completed_at },
    }
  })
}

/** A stored allocation as a serial block. */
export const blockOf = (row: AllocationRow): SerialBlock => ({
  originatingParty: row.originating_party,
  unitType: row.unit_type as SerialBlock['unitType'],
  ...fromRange(row.units),
  originalCommitmentPeriod: row.original_commitment_period,
  applicableCommitmentPeriod: row.applicable_commitment_period,
  lulucfActivity: row.lulucf_activity,
  projectIdentifier: row.project_identifier,
})

function stepsOf(
  rows: BuyersRows,
  legs: readonly LegWithTimes[],
  hasCertificate: boolean,
): Order['steps'] {
  const checked = latest(legs.map((leg) => leg.at.checked))
  const completed = latest(
    legs.filter((leg) => leg.state === 'completed').map((leg) => leg.at.completed),
  )
  const isAllCompleted = legs.every((leg) => !legIsOpen(leg.state))
  const steps: readonly [Order['steps'][0]['step'], number | null][] = [
    ['reserved', rows.created_at],
    ['authorised', rows.authorised_at],
    ['checked', rows.captured_at === null ? null : checked],
    ['captured', rows.captured_at],
    ['completed', isAllCompleted ? completed : null],
    ['certificate', hasCertificate ? rows.closed_at : null],
  ]
  return steps.flatMap(([step, at]) => (at === null ? [] : [{ step, at: timeText(at) }]))
}

const latest = (times: readonly (number | null)[]): number | null =>
  times.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null)
