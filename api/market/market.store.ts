import type { OfferState } from '@offset-button/engine'
import type { Batch, BookStore, CommitResult, JournalEntry } from '@offset-button/engine-host'
import { assertNever } from '../assert.ts'
import type { CommitConnection } from './commit-connection.ts'
import { readBook } from './market.book.ts'
import { type MarketWrite, NEVER } from './market.write.ts'

/** The host's part of the Store, on Postgres. Every call is one statement on the host's own connection. */
export function marketStore(connection: CommitConnection): BookStore<MarketWrite> {
  return {
    async mintEpoch(market, holder) {
      await connection.query(END_HOLDER, [market])
      const { rows } = await connection.query<{ epoch: number }>(MINT_EPOCH, [market, holder])
      const row = rows[0]
      if (!row) throw new Error(`no market ${market}`)
      return row.epoch
    },
    async readHolder(market) {
      const { rows } = await connection.query<{ holder: string | null; epoch: number }>(
        READ_HOLDER,
        [market],
      )
      const row = rows[0]
      if (!row) throw new Error(`no market ${market}`)
      return row
    },
    readBook: (market) => readBook(connection, market),
    async commitBatch(batch): Promise<CommitResult> {
      const { rows } = await connection.query<{ batch_seq: number | null }>(COMMIT_BATCH, [
        batch.market,
        batch.epoch,
        JSON.stringify(batchDocument(batch)),
      ])
      const batchSeq = rows[0]?.batch_seq
      if (batchSeq === undefined) throw new Error('commit_batch gave no row')
      return batchSeq === null ? { kind: 'fenced' } : { kind: 'committed', batchSeq }
    },
  }
}

// The backend of the holder before is ended where process, start and name all match: it may be paused in mid-call. Before
// the mint, which would wait for the row that such a call has locked. Whoever it is that mints in between is fenced.
const END_HOLDER = `
  SELECT pg_terminate_backend(a.pid)
  FROM market m JOIN pg_stat_activity a
    ON a.pid = m.holder_pid AND a.backend_start = m.holder_backend_start
  WHERE m.id = $1 AND a.application_name = current_setting('application_name')
    AND a.pid <> pg_backend_pid()`

const MINT_EPOCH = `
  UPDATE market SET epoch = epoch + 1, holder = $2, holder_pid = pg_backend_pid(),
    holder_backend_start =
      (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
  WHERE id = $1
  RETURNING epoch`

const READ_HOLDER = 'SELECT holder, epoch FROM market WHERE id = $1'

const COMMIT_BATCH = 'SELECT commit_batch($1, $2, $3) AS batch_seq'

const at = (expiresAt: number) => (expiresAt >= NEVER ? null : new Date(expiresAt).toISOString())

/** JSON has no bigint; to look for them in all that is written would cost as much as the matching. */
const plainEntry = (entry: JournalEntry) =>
  entry.event.kind === 'Reserved'
    ? { ...entry, event: { ...entry.event, costMinor: entry.event.costMinor.toString() } }
    : entry

/** True where nothing came after its placing in the same batch that the placing does not store itself. */
const isAsPlaced = (state: OfferState, quantityTonnes: number) =>
  state.availableTonnes === quantityTonnes &&
  state.quantityTonnes === quantityTonnes &&
  !(state.suspended || state.expired || state.withdrawn)

/** The batch as commit_batch reads it: one list a table. */
function batchDocument(batch: Batch<MarketWrite>) {
  const offers = new Map(batch.offers.map((state) => [state.offer, state]))
  const reservations = new Map(batch.reservations.map((state) => [state.reservation, state]))
  const amended = new Set(
    batch.journal.flatMap(({ command }) =>
      command.kind === 'AmendOffer' && command.attributes ? [command.offer] : [],
    ),
  )
  const document = {
    journal: batch.journal.map(plainEntry),
    placed: [] as object[],
    blocks: [] as object[],
    offers: [] as object[],
    orders: [] as object[],
    reserved: [] as object[],
    replaced: [] as object[],
    reservations: [] as object[],
    next_offer: 1 + Math.max(0, ...batch.offers.map((state) => state.offer)),
    next_reservation: 1 + Math.max(0, ...batch.reservations.map((state) => state.reservation)),
    next_sequence: 1 + Math.max(0, ...batch.offers.map((state) => state.sequence)),
  }
  /** What is stored as placed, or as held, needs no second word that it is. */
  const storedOffers = new Set<number>()
  const storedReservations = new Set<number>()
  const reserve = (order: string, position: number, firstLeg: number, held: readonly number[]) => {
    for (const reservation of held) {
      const state = reservations.get(reservation)
      if (!state) throw new Error(`batch lacks reservation ${reservation}`)
      if (state.status === 'held') storedReservations.add(reservation)
      document.reserved.push({
        id: reservation,
        offer: state.offer,
        order,
        position,
        first_leg: firstLeg,
        price_minor: state.priceMinor,
        quantity: state.quantityTonnes,
        expires_at: at(state.expiresAt),
      })
    }
  }
  for (const { position, write } of batch.writes) {
    switch (write.kind) {
      case 'offer': {
        const entry = batch.journal.find((one) => one.position === position)
        if (entry?.event.kind !== 'OfferPlaced' || entry.command.kind !== 'PlaceOffer') {
          throw new Error('an offer write without its event')
        }
        const state = offers.get(entry.event.offer)
        if (!state) throw new Error(`batch lacks offer ${entry.event.offer}`)
        const { quantityTonnes } = entry.command
        if (isAsPlaced(state, quantityTonnes)) storedOffers.add(state.offer)
        document.placed.push({
          id: state.offer,
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
        for (const block of write.blocks) {
          document.blocks.push({
            offer: state.offer,
            originating_party: block.originatingParty,
            original_commitment_period: block.originalCommitmentPeriod,
            start: block.start,
            end: block.end,
            lulucf_activity: block.lulucfActivity,
            project_identifier: block.projectIdentifier,
          })
        }
        break
      }
      case 'order': {
        const { order } = write
        document.orders.push({
          id: order.id,
          position,
          publishable_key: order.publishableKey,
          idempotency_key: order.idempotencyKey,
          request_hash: order.requestHash,
          quantity: order.quantityTonnes,
          filter: order.filter,
          max_price_minor: order.maxPriceMinor,
          max_total_minor: order.maxTotalMinor,
          currency: order.currency,
          projects_minor: order.projectsMinor,
          platform_fee_minor: order.platformFeeMinor,
          processing_fee_minor: order.processingFeeMinor,
          fees: order.fees,
          total_minor: order.totalMinor,
          beneficiary: order.beneficiary,
          purpose: order.purpose,
          consent_text: order.consentText,
          consent_language: order.consentLanguage,
          hold_expires_at: at(order.holdExpiresAt),
          created_at: at(order.createdAt),
        })
        reserve(order.id, position, 1, write.reservations)
        break
      }
      case 'replacement':
        document.replaced.push({ id: write.replaced })
        reserve(write.order, position, write.firstLeg, write.reservations)
        break
      default:
        assertNever(write)
    }
  }
  for (const state of batch.offers) {
    if (storedOffers.has(state.offer)) continue
    document.offers.push({
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
      ...(amended.has(state.offer) ? { attributes: state.attributes } : {}),
    })
  }
  for (const state of batch.reservations) {
    if (storedReservations.has(state.reservation)) continue
    document.reservations.push({
      id: state.reservation,
      state: state.status,
      expires_at: at(state.expiresAt),
    })
  }
  return document
}
