import {
  type OfferAttributes,
  type OfferState,
  type ReservationState,
  StoredOffers,
  type StoredState,
} from '@offset-button/engine'
import pg from 'pg'
import type { CommitConnection } from './commit-connection.ts'
import { NEVER } from './market.write.ts'
import type { CopiedRow } from './row-copy.ts'

/** All that the book of a market is restored from. Throws where a row is none of a book. */
export async function readBook(
  connection: CommitConnection,
  market: string,
): Promise<{ readonly batchSeq: number; readonly book: StoredState }> {
  const heads = await connection.query<MarketRow>(READ_MARKET, [market])
  const head = heads.rows[0]
  if (!head) throw new Error(`no market ${market}`)
  const offers = await readOffers(connection, market)
  const reservations = await connection.query<ReservationRow>(READ_RESERVATIONS, [market])
  const book = {
    nextOffer: head.next_offer,
    nextReservation: head.next_reservation,
    nextSequence: head.next_sequence,
    offers,
    reservations: reservations.rows.map(toReservationState),
  }
  return { batchSeq: head.batch_seq, book }
}

const READ_MARKET = `
  SELECT batch_seq, next_offer, next_reservation, next_sequence FROM market WHERE id = $1`

const IS_OPEN = 'quantity > sold + withdrawn'

const READ_KINDS = 'SELECT id, attributes FROM offer_kind'

/** COPY takes no parameters. Its rows come in any order, and the first while Postgres still looks for the last. */
const copyOffers = (market: string) => `
  COPY (
    SELECT id, seller, kind, price_minor, sequence, quantity, reserved, sold, withdrawn,
      is_withdrawn, suspended, expired
    FROM offer
    WHERE market = ${pg.escapeLiteral(market)} AND ${IS_OPEN}
  ) TO STDOUT`

const READ_RESERVATIONS = `
  SELECT r.id, r.offer, r.price_minor, r.quantity, r.expires_at
  FROM reservation r JOIN offer o ON o.id = r.offer
  WHERE o.market = $1 AND r.state = 'held'`

type MarketRow = {
  batch_seq: number
  next_offer: number
  next_reservation: number
  next_sequence: number
}
type ReservationRow = {
  id: number
  offer: number
  price_minor: number
  quantity: number
  expires_at: Date | null
}

type KindRow = { id: number; attributes: OfferAttributes }

async function readOffers(connection: CommitConnection, market: string): Promise<StoredOffers> {
  const { rows } = await connection.query<KindRow>(READ_KINDS, [])
  const kinds = new Map(rows.map(({ id, attributes }) => [id, attributes]))
  const offers = new StoredOffers()
  await connection.copy(copyOffers(market), (row) => offers.add(toOfferState(row, kinds)))
  return offers
}

/** The columns as `copyOffers` names them. */
function toOfferState(row: CopiedRow, kinds: ReadonlyMap<number, OfferAttributes>): OfferState {
  const offer = row.whole()
  const seller = row.whole()
  const attributes = kinds.get(row.whole())
  // Only where a later epoch has changed it meanwhile.
  if (!attributes) throw new Error(`offer ${offer} is of a kind that was not there before`)
  const priceMinor = row.whole()
  const sequence = row.whole()
  const quantityTonnes = row.whole()
  const reservedTonnes = row.whole()
  const soldTonnes = row.whole()
  const withdrawnTonnes = row.whole()
  return {
    offer,
    seller,
    attributes,
    priceMinor,
    sequence,
    quantityTonnes,
    reservedTonnes,
    soldTonnes,
    withdrawnTonnes,
    availableTonnes: quantityTonnes - reservedTonnes - soldTonnes - withdrawnTonnes,
    withdrawn: row.isTrue(),
    suspended: row.isTrue(),
    expired: row.isTrue(),
  }
}

const toReservationState = (row: ReservationRow): ReservationState => ({
  reservation: row.id,
  offer: row.offer,
  priceMinor: row.price_minor,
  quantityTonnes: row.quantity,
  expiresAt: row.expires_at?.getTime() ?? NEVER,
  status: 'held',
})
