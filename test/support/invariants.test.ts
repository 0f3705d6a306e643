/** The checker of the invariants: it is content with what the system does, and sees each invariant broken. */
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from './clean-up.ts'
import { checkInvariants, type PaymentBooks, type RegistryBooks } from './invariants.ts'
import {
  confirmCard,
  must,
  openMarket,
  orderBody,
  paymentBooks,
  placeOrder,
  untilOrder,
} from './market.ts'
import { PAGE_KEY, startStack } from './stack.ts'

const invariants = suite('the invariants')
const keep = cleanUp(invariants)

let client: pg.Client
let registry: RegistryBooks
let payment: PaymentBooks

/** A closed order over two sellers, one that lost a leg to a refusal, and one that was stopped. */
invariants.before(async () => {
  const stack = keep(await startStack())
  const market = await openMarket(stack, [
    { seller: 0, quantity: 40, priceMinor: 300 },
    { seller: 1, quantity: 40, priceMinor: 310 },
    { seller: 2, quantity: 40, priceMinor: 320 },
  ])
  const buy = async (tonnes: number) => {
    const placed = await placeOrder(stack, orderBody(tonnes, 100_000))
    assert.is(placed.status, 201, JSON.stringify(placed.body))
    await confirmCard(stack, placed.body)
    return untilOrder(stack, placed.body.id)
  }
  assert.is((await buy(50)).state, 'closed')
  await stack.registry.refuseAtNextCheck({
    code: 4010,
    holding_account: market.sellers[1]?.account ?? '',
  })
  assert.is((await buy(50)).completed_tonnes, 20)
  const stopped = await placeOrder(stack, orderBody(10, 100_000))
  await must(stack.url, 'POST', `/v1/orders/${stopped.body.id}/stop`, { key: PAGE_KEY })
  client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
  registry = await stack.registry.books()
  payment = await paymentBooks(stack)
})

invariants('hold after purchases, a refusal and a stop', async () => {
  assert.equal(await checkInvariants(client, registry, payment), [])
})

/** What is done to the rows, as nobody can whom triggers, keys and constraints bind; or to the books of the other side. */
type Plant = {
  readonly sql?: string
  readonly registry?: (books: RegistryBooks) => RegistryBooks
  readonly payment?: (payments: PaymentBooks['payments']) => PaymentBooks['payments']
}

const CLOSED = `(SELECT id FROM "order" WHERE state = 'closed' ORDER BY created_at LIMIT 1)`
const completed = (books: RegistryBooks) => books.transactions.filter((one) => one.status === 4)

const PLANTS: readonly (readonly [invariant: number, what: string, plant: Plant])[] = [
  [1, 'an offer that sold a tonne more', { sql: 'UPDATE offer SET sold = sold + 1 WHERE id = 3' }],
  [
    1,
    'an offer that holds what nobody reserved',
    { sql: 'UPDATE offer SET reserved = 1 WHERE id = 3' },
  ],
  [
    1,
    'a fill of an offer that is not there',
    { sql: `UPDATE reservation SET offer = 999 WHERE state = 'released'` },
  ],
  [1, 'a fill of no leg', { sql: `UPDATE reservation SET leg = 9 WHERE state = 'released'` }],
  [1, 'a leg at no holding account', { sql: 'UPDATE leg SET holding_account = 999' }],
  [1, 'an order by nobody', { sql: 'UPDATE "order" SET publishable_key = 999' }],
  [
    1,
    'a ledger that kept a cent',
    {
      sql: `UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE key LIKE '%:delivered:1'`,
    },
  ],
  [
    2,
    'a serial in two completed legs',
    {
      sql: `ALTER TABLE allocation DROP CONSTRAINT no_unit_twice;
        UPDATE allocation SET units = (SELECT units FROM allocation ORDER BY id LIMIT 1)`,
    },
  ],
  [
    2,
    'a unit that we call cancelled and the registry does not',
    { registry: (books) => ({ ...books, cancelled: books.cancelled.slice(1) }) },
  ],
  [
    2,
    'a unit that the registry cancelled and we do not know of',
    { sql: `UPDATE allocation SET state = 'freed' WHERE id = 1` },
  ],
  [
    3,
    'two payments of an order',
    { payment: (payments) => [...payments, { ...one(payments), captures: 0, capturedMinor: 0 }] },
  ],
  [
    3,
    'two captures',
    { payment: (payments) => payments.map((each) => ({ ...each, captures: 2 * each.captures })) },
  ],
  [
    3,
    'two cancellations of a leg',
    {
      registry: (books) => ({
        ...books,
        transactions: [...books.transactions, { ...one(completed(books)), identifier: 'CDM0' }],
      }),
    },
  ],
  [
    3,
    'a transaction that is left pending',
    {
      registry: (books) => ({
        ...books,
        transactions: [...books.transactions, { ...one(books.transactions), status: 1 }],
      }),
    },
  ],
  [3, 'a completed leg without a payout', { sql: 'DELETE FROM payout' }],
  [3, 'a payout of another amount', { sql: 'UPDATE payout SET amount_minor = amount_minor + 1' }],
  [3, 'a closed order without a certificate', { sql: `DELETE FROM certificate` }],
  [
    3,
    'a certificate of more than was cancelled',
    { sql: `UPDATE certificate SET document = document || '{"quantity_tonnes": 51}'` },
  ],
  [
    4,
    'money that came in twice',
    {
      sql: `INSERT INTO ledger_entry (key, "order", debit, credit, amount_minor, currency, booked_at)
        SELECT 'again', "order", debit, 'somebody', amount_minor, currency, booked_at
        FROM ledger_entry WHERE debit = 'processor' LIMIT 1`,
    },
  ],
  [
    4,
    'a charge that our books do not know',
    {
      payment: (payments) =>
        payments.map((each) => ({ ...each, capturedMinor: each.capturedMinor + 1 })),
    },
  ],
  [
    5,
    'units cancelled for an order that was not charged',
    { payment: (payments) => payments.map((each) => ({ ...each, captures: 0 })) },
  ],
  [
    5,
    'a refund that never arrived',
    { sql: `UPDATE "order" SET refunded_minor = 1 WHERE id = ${CLOSED}` },
  ],
  [
    5,
    'an order that kept money and delivered nothing',
    { sql: `UPDATE "order" SET state = 'rejected' WHERE id = ${CLOSED}` },
  ],
  [
    6,
    'two orders of one key',
    {
      sql: `ALTER TABLE "order" DROP CONSTRAINT order_publishable_key_idempotency_key_key;
        UPDATE "order" SET idempotency_key = 'the same'`,
    },
  ],
  [6, 'an order that is not in the journal', { sql: `UPDATE "order" SET position = position + 7` }],
  [
    6,
    'two orders at one place of the journal',
    {
      sql: `UPDATE "order" o SET (batch_seq, position, quantity) = (SELECT batch_seq, position, quantity
        FROM "order" WHERE id = ${CLOSED})`,
    },
  ],
  [7, 'a batch that is missing', { sql: 'DELETE FROM journal WHERE batch_seq = 2' }],
  [7, 'a batch that nobody counted', { sql: 'UPDATE market SET batch_seq = batch_seq + 1' }],
  [7, 'an epoch after a later one', { sql: 'UPDATE journal SET epoch = 9 WHERE batch_seq = 2' }],
  [
    7,
    'a fill that the rules do not give',
    {
      sql: `UPDATE journal SET event = jsonb_set(event::jsonb, '{fills,0,offer}', '3')
        WHERE event ->> 'kind' = 'Reserved'`,
    },
  ],
  [
    7,
    'an offer whose row is not what its history says',
    { sql: 'UPDATE offer SET price_minor = 1' },
  ],
  [8, 'a fill above its limit', { sql: 'UPDATE "order" SET max_price_minor = 299' }],
  [8, 'more tonnes than were ordered', { sql: 'UPDATE "order" SET quantity = 1' }],
  [
    8,
    'a charge that is a cent beside the sum',
    { sql: `UPDATE "order" SET captured_minor = captured_minor - 1 WHERE id = ${CLOSED}` },
  ],
  [
    8,
    'fees that are not those of the schedule',
    { sql: `UPDATE "order" SET fees = fees || '{"platformBasisPoints": 299}'` },
  ],
  [
    9,
    'tonnes that nobody gave back',
    { sql: `UPDATE reservation SET state = 'held' WHERE state = 'released'` },
  ],
  [
    9,
    'a reservation that ended twice',
    {
      sql: `INSERT INTO journal SELECT market, batch_seq + 100, position, epoch, command, event
        FROM journal WHERE event ->> 'kind' = 'ReservationCommitted'`,
    },
  ],
  [9, 'an order that goes on for ever', { sql: `UPDATE "order" SET state = 'captured'` }],
  [
    9,
    'a leg that goes on when its order has ended',
    { sql: `UPDATE leg SET state = 'proposed' WHERE state = 'terminated'` },
  ],
  [9, 'a call that was never answered', { sql: `UPDATE effect SET state = 'unknown'` }],
]

for (const [invariant, what, plant] of PLANTS) {
  invariants(`${invariant}: ${what} is seen`, async () => {
    await client.query('BEGIN')
    try {
      await client.query('SET LOCAL session_replication_role = replica')
      if (plant.sql) await client.query(plant.sql)
      const found = await checkInvariants(client, plant.registry?.(registry) ?? registry, {
        payments: plant.payment?.(payment.payments) ?? payment.payments,
      })
      const numbers = found.map((violation) => violation.invariant)
      assert.ok(numbers.includes(invariant), `seen: ${JSON.stringify(found.map((v) => v.rule))}`)
    } finally {
      await client.query('ROLLBACK')
    }
  })
}

function one<Item>(list: readonly Item[]): Item {
  const [first] = list
  assert.ok(first)
  return first as Item
}

invariants.run()
