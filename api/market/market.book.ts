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

/**
 * There are as many as ways to be alike, not as offers; as JSON in each row they would be the dearest column. Grouped by them
 * alone, since with more columns Postgres expects so many groups that it sorts.
 */
const READ_KINDS = `
  SELECT attributes, min(project) AS project, min(vintage) AS vintage, min(unit_type) AS unit_type,
    (min(project), min(vintage), min(unit_type)) =
      (max(project), max(vintage), max(unit_type)) AS is_one
  FROM offer
  WHERE market = $1 AND ${IS_OPEN}
  GROUP BY attributes`

const READ_SINGLY = `
  SELECT id, attributes
  FROM offer
  WHERE market = $1 AND ${IS_OPEN} AND ($2 OR (project, vintage, unit_type) IN
    (SELECT * FROM unnest($3::int[], $4::int[], $5::int[])))`

/** COPY takes no parameters. Its rows come in any order, and the first while Postgres still looks for the last. */
const copyOffers = (market: string) => `
  COPY (
    SELECT id, seller, project, vintage, unit_type, price_minor, sequence, quantity, reserved, sold,
      withdrawn, is_withdrawn, suspended, expired
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

type KindRow = {
  project: number
  vintage: number
  unit_type: number
  attributes: OfferAttributes
  /** Whether all that have these attributes have this project, vintage and unit type. */
  is_one: boolean
}

/** The attributes of an offer, by what its row says of it; undefined where it says what no offer did before. */
type AttributesOf = (
  offer: number,
  project: number,
  vintage: number,
  unitType: number,
) => OfferAttributes | undefined

async function readOffers(connection: CommitConnection, market: string): Promise<StoredOffers> {
  const offers = new StoredOffers()
  const attributesOf = await readAttributes(connection, market)
  await connection.copy(copyOffers(market), (row) => offers.add(toOfferState(row, attributesOf)))
  return offers
}

/**
 * Project, vintage and unit type say what an offer's attributes are, but for those that were amended, or placed before a project
 * was described anew: where several differ, each such offer is asked for its own, and every one where that does not tell which.
 */
async function readAttributes(connection: CommitConnection, market: string): Promise<AttributesOf> {
  const { rows } = await connection.query<KindRow>(READ_KINDS, [market])
  const kinds = new Map<number, OfferAttributes | 'several'>()
  const several: KindRow[] = []
  for (const row of rows) {
    const key = keyOf(row.project, row.vintage, row.unit_type)
    const known = kinds.get(key)
    if (known && known !== 'several') several.push(row)
    kinds.set(key, known ? 'several' : row.attributes)
  }
  const isMixed = rows.some((row) => !row.is_one)
  const own = new Map<number, OfferAttributes>()
  if (isMixed || several.length > 0) {
    const singly = await connection.query<{ id: number; attributes: OfferAttributes }>(
      READ_SINGLY,
      [
        market,
        isMixed,
        several.map((row) => row.project),
        several.map((row) => row.vintage),
        several.map((row) => row.unit_type),
      ],
    )
    for (const { id, attributes } of singly.rows) own.set(id, attributes)
  }
  return (offer, project, vintage, unitType) => {
    const kind = kinds.get(keyOf(project, vintage, unitType))
    return isMixed || kind === 'several' ? own.get(offer) : kind
  }
}

/** Vintages are years from 2000 to 2020 and unit types digits, by constraint. */
const keyOf = (project: number, vintage: number, unitType: number) =>
  (project * 10_000 + vintage) * 10 + unitType

/** The columns as `copyOffers` names them. */
function toOfferState(row: CopiedRow, attributesOf: AttributesOf): OfferState {
  const offer = row.whole()
  const seller = row.whole()
  const attributes = attributesOf(offer, row.whole(), row.whole(), row.whole())
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
