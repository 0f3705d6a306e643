import { type Command, createBook, isRejected } from '@offset-button/engine'
import type pg from 'pg'

/** Applies every command of the journal to an empty book: events and rows that come out otherwise. */
export async function replay(client: Pick<pg.Client, 'query'>): Promise<object[]> {
  const book = createBook()
  const unlike: object[] = []
  for await (const { batch_seq, position, command, event } of journal(client)) {
    const again = book.apply(command)
    if (isRejected(again) || canonical(again) !== canonical(event)) {
      const place = `${batch_seq}.${position}`
      unlike.push({ place, event, again: JSON.parse(canonical(again)) })
    }
  }
  const stored = await client.query<{ offer: number; text: string }>(
    `SELECT id::int AS offer, concat_ws(' ', price_minor, sequence, quantity, reserved, sold, withdrawn, suspended, expired) AS text
      FROM offer WHERE quantity > sold + withdrawn ORDER BY id`,
  )
  const open = book.state().offers.map((one) => {
    const { priceMinor, sequence, quantityTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } =
      one
    const parts = [
      priceMinor,
      sequence,
      quantityTonnes,
      reservedTonnes,
      soldTonnes,
      withdrawnTonnes,
    ]
    const flags = [one.suspended, one.expired].map((flag) => (flag ? 't' : 'f'))
    return { offer: one.offer, text: [...parts, ...flags].join(' ') }
  })
  const texts = new Map(open.map((one) => [one.offer, one.text]))
  for (const { offer, text } of stored.rows) {
    if (texts.get(offer) !== text) unlike.push({ offer, stored: text, replayed: texts.get(offer) })
    texts.delete(offer)
  }
  for (const [offer, text] of texts) unlike.push({ offer, stored: null, replayed: text })
  return unlike
}

type JournalRow = {
  readonly market: string
  readonly batch_seq: string
  readonly position: number
  readonly command: Command
  readonly event: object
}

const PAGE = 10_000

/** In its order, a page at a time. */
async function* journal(client: Pick<pg.Client, 'query'>): AsyncGenerator<JournalRow> {
  let last: readonly unknown[] = ['', 0, 0]
  for (;;) {
    const { rows } = await client.query<JournalRow>(
      `SELECT market, batch_seq, position, command, event FROM journal
        WHERE (market, batch_seq, position) > ($1, $2, $3)
        ORDER BY market, batch_seq, position LIMIT ${PAGE}`,
      [...last],
    )
    yield* rows
    const end = rows.at(-1)
    if (!end) return
    last = [end.market, end.batch_seq, end.position]
  }
}

/** As JSON, keys in order; the exact cost, a bigint, as the journal keeps it. */
const canonical = (value: unknown) =>
  JSON.stringify(value, (_key, part) =>
    typeof part === 'bigint'
      ? part.toString()
      : part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
        : part,
  )
