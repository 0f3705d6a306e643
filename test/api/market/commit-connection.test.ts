import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  bigints,
  documents,
  integers,
  texts,
  timestamps,
} from '../../../api/database/binary-arrays.ts'
import { commitConnection } from '../../../api/market/commit-connection.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { freshDatabase, type TestDatabase } from '../../support/postgres.ts'

const connections = suite('the connection for commits')
const keep = cleanUp(connections)

let database: TestDatabase

connections.before(async () => {
  database = keep(await freshDatabase())
})

const open = (answerTimeoutMs = 10_000) => keep(commitConnection(database.url, answerTimeoutMs))

connections('a column comes to Postgres as it was', async () => {
  const connection = open()
  const numbers = [0, 1, -1, null, 2 ** 31, 2 ** 32 - 1, -(2 ** 32), 2 ** 53 - 1, -(2 ** 53) + 1]
  const words = ['', null, 'a "quoted" {word}, and \\ \n', 'Ωé', '森林😀', 'NULL']
  const dates = [0, 946_684_800_000, 1_800_000_000_123, null, -1]
  const itself = <Value>(value: Value) => value
  const { rows } = await connection.query(
    `SELECT ($1::bigint[])::text[] AS numbers, $2::text[] AS words, $3::int[] AS integers,
      (SELECT array_agg((extract(epoch FROM d) * 1000)::bigint::text) FROM unnest($4::timestamptz[]) d) AS dates,
      array_to_json($5::json[]) AS documents, cardinality($6::bigint[]) AS none`,
    [
      bigints(numbers, itself),
      texts(words, itself),
      integers([7, -8], itself),
      timestamps(dates, itself),
      documents([{ a: ['"', 1.5, null] }, {}], itself),
      bigints([], itself),
    ],
  )
  const written = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : String(value)))
  assert.equal(rows[0], {
    numbers: written(numbers),
    words,
    integers: [7, -8],
    dates: written(dates),
    documents: [{ a: ['"', 1.5, null] }, {}],
    none: 0,
  })
})

connections(
  'rows are copied as they stand, and a refusal leaves the connection as it is',
  async () => {
    const connection = open()
    const read: unknown[] = []
    await connection.copy(
      'COPY (VALUES (12, true, 9007199254740992, -1), (0, false, 1.5, NULL)) TO STDOUT',
      (row) => read.push([row.whole(), row.isTrue(), row.whole(), row.whole()]),
    )
    assert.equal(read, [
      [12, true, 2 ** 53, Number.NaN],
      [0, false, Number.NaN, Number.NaN],
    ])
    const backend = async () => (await connection.query('SELECT pg_backend_pid()', [])).rows
    const before = await backend()
    const said = await connection
      .copy('COPY (SELECT 1 / 0) TO STDOUT', () => undefined)
      .then(() => 'done', String)
    assert.match(said, 'division by zero')
    assert.equal(await backend(), before)
  },
)

connections('a copy whose rows are refused, or do not come, gives up the connection', async () => {
  const connection = open()
  const impatient = open(100)
  const refused = connection.copy('COPY (VALUES (1), (2)) TO STDOUT', () => {
    throw new Error('no row of a book')
  })
  assert.is(await refused.catch((error: Error) => error.message), 'no row of a book')
  const silent = impatient.copy('COPY (SELECT pg_sleep(60)) TO STDOUT', () => undefined)
  assert.is(await silent.catch((error: Error) => error.message), 'Postgres did not answer in time')
  assert.equal((await connection.query('SELECT 1 AS one', [])).rows, [{ one: 1 }])
})

connections.run()
