import type { BookState, OfferState, ReservationState } from '@offset-button/engine'
import type { BookStore, CommitResult } from '@offset-button/engine-host'
import { batchColumns } from './batch-columns.ts'
import type { CommitConnection } from './commit-connection.ts'
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
    async readBook(market) {
      const heads = await connection.query<MarketRow>(READ_MARKET, [market])
      const offers = await connection.query<OfferRow>(READ_OFFERS, [market])
      const reservations = await connection.query<ReservationRow>(READ_RESERVATIONS, [market])
      const head = heads.rows[0]
      if (!head) throw new Error(`no market ${market}`)
      const book: BookState = {
        nextOffer: head.next_offer,
        nextReservation: head.next_reservation,
        nextSequence: head.next_sequence,
        offers: offers.rows.map(toOfferState),
        reservations: reservations.rows.map(toReservationState),
      }
      return { batchSeq: head.batch_seq, book }
    },
    async commitBatch(batch): Promise<CommitResult> {
      const { rows } = await connection.query<{ batch_seq: number | null }>(COMMIT_BATCH, [
        ...batchColumns(batch),
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

const READ_MARKET = `
  SELECT batch_seq, next_offer, next_reservation, next_sequence FROM market WHERE id = $1`

const READ_OFFERS = `
  SELECT id, seller, attributes, price_minor, sequence, quantity, reserved, sold, withdrawn,
    is_withdrawn, suspended, expired
  FROM offer
  WHERE market = $1 AND quantity > sold + withdrawn
  ORDER BY sequence`

const READ_RESERVATIONS = `
  SELECT r.id, r.offer, r.price_minor, r.quantity, r.expires_at
  FROM reservation r JOIN offer o ON o.id = r.offer
  WHERE o.market = $1 AND r.state = 'held'
  ORDER BY r.id`

/** As many as `batchColumns` gives. */
const PARAMETERS = Array.from({ length: 44 }, (_, index) => `$${index + 1}`)
const COMMIT_BATCH = `SELECT commit_batch(${PARAMETERS.join()}) AS batch_seq`

type MarketRow = {
  batch_seq: number
  next_offer: number
  next_reservation: number
  next_sequence: number
}
type OfferRow = {
  id: number
  seller: number
  attributes: OfferState['attributes']
  price_minor: number
  sequence: number
  quantity: number
  reserved: number
  sold: number
  withdrawn: number
  is_withdrawn: boolean
  suspended: boolean
  expired: boolean
}
type ReservationRow = {
  id: number
  offer: number
  price_minor: number
  quantity: number
  expires_at: Date | null
}

const toOfferState = (row: OfferRow): OfferState => ({
  offer: row.id,
  seller: row.seller,
  attributes: row.attributes,
  priceMinor: row.price_minor,
  sequence: row.sequence,
  quantityTonnes: row.quantity,
  reservedTonnes: row.reserved,
  soldTonnes: row.sold,
  withdrawnTonnes: row.withdrawn,
  availableTonnes: row.quantity - row.reserved - row.sold - row.withdrawn,
  suspended: row.suspended,
  expired: row.expired,
  withdrawn: row.is_withdrawn,
})

const toReservationState = (row: ReservationRow): ReservationState => ({
  reservation: row.id,
  offer: row.offer,
  priceMinor: row.price_minor,
  quantityTonnes: row.quantity,
  expiresAt: row.expires_at?.getTime() ?? NEVER,
  status: 'held',
})
