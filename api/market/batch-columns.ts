import type { OfferId, OfferState, ReservationId, ReservationState } from '@offset-button/engine'
import type { Batch, JournalEntry } from '@offset-button/engine-host'
import { assertNever } from '../assert.ts'
import { bigints, documents, integers, texts, timestamps } from '../database/binary-arrays.ts'
import { type MarketWrite, NEVER, type NewOrder, type OfferWrite } from './market.write.ts'

/** A batch as commit_batch takes it, in the order of its parameters. */
export function batchColumns(batch: Batch<MarketWrite>): readonly unknown[] {
  const { orders, fills, offers, ends, rest } = sortOut(batch)
  const { journal } = batch
  const places = new Map(offers.map(({ offer }, index) => [offer, index + 1]))
  return [
    batch.market,
    batch.epoch,
    1 + largest(batch.offers, (state) => state.offer),
    1 + largest(batch.reservations, (state) => state.reservation),
    1 + largest(batch.offers, (state) => state.sequence),
    documents(journal, (entry) => entry.command),
    documents(journal, plainEvent),
    rest,
    ...offerColumns(offers),
    ...orderColumns(orders),
    ...fillColumns(fills, places),
    ...endColumns(ends),
  ]
}

type PlacedOrder = { readonly position: number; readonly order: NewOrder }
type Fill = {
  readonly state: ReservationState
  readonly order: string
  readonly position: number
  readonly firstLeg: number
}

function sortOut(batch: Batch<MarketWrite>) {
  const reservations = new Map(batch.reservations.map((state) => [state.reservation, state]))
  const orders: PlacedOrder[] = []
  const fills: Fill[] = []
  const rare = new RareParts(batch)
  /** What is stored as held needs no second word that it is. */
  const held = new Set<ReservationId>()
  const fill = (
    order: string,
    position: number,
    firstLeg: number,
    ids: readonly ReservationId[],
  ) => {
    for (const id of ids) {
      const state = reservations.get(id)
      if (!state) throw new Error(`batch lacks reservation ${id}`)
      if (state.status === 'held') held.add(id)
      fills.push({ state, order, position, firstLeg })
    }
  }
  for (const { position, write } of batch.writes) {
    switch (write.kind) {
      case 'offer':
        rare.place(position, write)
        break
      case 'order':
        orders.push({ position, order: write.order })
        fill(write.order.id, position, 1, write.reservations)
        break
      case 'replacement':
        rare.replace(write.order, write.replaced)
        fill(write.order, position, write.firstLeg, write.reservations)
        break
      default:
        assertNever(write)
    }
  }
  const filled = new Set(fills.map(({ state }) => state.offer))
  return {
    orders,
    fills,
    offers: batch.offers.filter(({ offer }) => filled.has(offer) || !rare.has(offer)),
    ends: batch.reservations.filter(({ reservation }) => !held.has(reservation)),
    rest: rare.document(),
  }
}

/** What few batches have, as one document: offers of which more changes than whose the tonnes are, and what is replaced. */
class RareParts {
  readonly #batch: Batch<MarketWrite>
  readonly #placed: object[] = []
  readonly #blocks: object[] = []
  readonly #replaced: object[] = []
  /** Offers that are placed or changed themselves, with whether their attributes were amended. */
  readonly #changed = new Map<OfferId, boolean>()
  /** Placed, and nothing came after it in the same batch that the placing does not store itself. */
  readonly #asPlaced = new Set<OfferId>()

  constructor(batch: Batch<MarketWrite>) {
    this.#batch = batch
    for (const { command, event } of batch.journal) {
      if (!('offer' in event)) continue
      const isAmended = command.kind === 'AmendOffer' && command.attributes !== undefined
      this.#changed.set(event.offer, isAmended || this.#changed.get(event.offer) === true)
    }
  }

  has(offer: OfferId): boolean {
    return this.#changed.has(offer)
  }

  place(position: number, write: OfferWrite): void {
    const entry = this.#batch.journal[position]
    if (entry?.event.kind !== 'OfferPlaced' || entry.command.kind !== 'PlaceOffer') {
      throw new Error('an offer write without its event')
    }
    const { offer } = entry.event
    const state = this.#batch.offers.find((one) => one.offer === offer)
    if (!state) throw new Error(`batch lacks offer ${offer}`)
    const { quantityTonnes } = entry.command
    if (isAsPlaced(state, quantityTonnes)) this.#asPlaced.add(offer)
    this.#placed.push({
      id: offer,
      position,
      seller: state.seller,
      holding_account: write.holdingAccount,
      project: write.project,
      earmark: write.earmark,
      attributes: state.attributes,
      vintage: state.attributes.vintage,
      unit_type: state.attributes.unitType,
      original_commitment_period: write.originalCommitmentPeriod,
      applicable_commitment_period: write.applicableCommitmentPeriod,
      price_minor: state.priceMinor,
      sequence: state.sequence,
      quantity: quantityTonnes,
    })
    this.#blocks.push(...blocksOf(offer, write))
  }

  replace(order: string, reservation: ReservationId): void {
    this.#replaced.push({ id: reservation, order })
  }

  /** Null where there is nothing of it. */
  document(): string | null {
    if (this.#changed.size + this.#replaced.length === 0) return null
    const offers = this.#batch.offers
      .filter(({ offer }) => this.#changed.has(offer) && !this.#asPlaced.has(offer))
      .map((state) => changedOffer(state, this.#changed.get(state.offer) === true))
    return JSON.stringify({
      placed: this.#placed,
      blocks: this.#blocks,
      offers,
      replaced: this.#replaced,
    })
  }
}

const changedOffer = (state: OfferState, isAmended: boolean) => ({
  id: state.offer,
  price_minor: state.priceMinor,
  sequence: state.sequence,
  quantity: state.quantityTonnes,
  reserved: state.reservedTonnes,
  sold: state.soldTonnes,
  withdrawn: state.withdrawnTonnes,
  is_withdrawn: state.withdrawn,
  suspended: state.suspended,
  expired: state.expired,
  ...(isAmended ? { attributes: state.attributes } : {}),
})

const isAsPlaced = (state: OfferState, quantityTonnes: number) =>
  state.availableTonnes === quantityTonnes &&
  state.quantityTonnes === quantityTonnes &&
  !(state.suspended || state.expired || state.withdrawn)

const blocksOf = (offer: number, { blocks }: OfferWrite) =>
  blocks.map((block) => ({
    offer,
    originating_party: block.originatingParty,
    original_commitment_period: block.originalCommitmentPeriod,
    start: block.start,
    end: block.end,
    lulucf_activity: block.lulucfActivity,
    project_identifier: block.projectIdentifier,
  }))

/** JSON has no bigint. */
const plainEvent = ({ event }: JournalEntry) =>
  event.kind === 'Reserved' ? { ...event, costMinor: event.costMinor.toString() } : event

const offerColumns = (offers: readonly OfferState[]) => [
  bigints(offers, (state) => state.offer),
  bigints(offers, (state) => state.reservedTonnes),
  bigints(offers, (state) => state.soldTonnes),
  bigints(offers, (state) => state.withdrawnTonnes),
]

const orderColumns = (orders: readonly PlacedOrder[]) => [
  texts(orders, ({ order }) => order.id),
  integers(orders, ({ position }) => position),
  integers(orders, ({ order }) => order.publishableKey),
  texts(orders, ({ order }) => order.idempotencyKey),
  texts(orders, ({ order }) => order.requestHash),
  bigints(orders, ({ order }) => order.quantityTonnes),
  documents(orders, ({ order }) => order.filter),
  bigints(orders, ({ order }) => order.maxPriceMinor),
  bigints(orders, ({ order }) => order.maxTotalMinor),
  texts(orders, ({ order }) => order.currency),
  bigints(orders, ({ order }) => order.projectsMinor),
  bigints(orders, ({ order }) => order.platformFeeMinor),
  bigints(orders, ({ order }) => order.processingFeeMinor),
  bigints(orders, ({ order }) => order.totalMinor),
  documents(orders, ({ order }) => order.fees),
  texts(orders, ({ order }) => order.beneficiary),
  texts(orders, ({ order }) => order.purpose),
  texts(orders, ({ order }) => order.consentText),
  texts(orders, ({ order }) => order.consentLanguage),
  timestamps(orders, ({ order }) => at(order.holdExpiresAt)),
  timestamps(orders, ({ order }) => at(order.createdAt)),
]

const fillColumns = (fills: readonly Fill[], places: ReadonlyMap<OfferId, number>) => [
  bigints(fills, ({ state }) => state.reservation),
  integers(fills, ({ state }) => places.get(state.offer) ?? 0),
  texts(fills, ({ order }) => order),
  integers(fills, ({ position }) => position),
  integers(fills, ({ firstLeg }) => firstLeg),
  bigints(fills, ({ state }) => state.priceMinor),
  bigints(fills, ({ state }) => state.quantityTonnes),
  timestamps(fills, ({ state }) => at(state.expiresAt)),
]

const endColumns = (ends: readonly ReservationState[]) => [
  bigints(ends, (state) => state.reservation),
  texts(ends, (state) => state.status),
  timestamps(ends, (state) => at(state.expiresAt)),
]

const at = (expiresAt: number) => (expiresAt >= NEVER ? null : expiresAt)

function largest<Row>(rows: readonly Row[], take: (row: Row) => number): number {
  let most = 0
  for (const row of rows) most = Math.max(most, take(row))
  return most
}
