/** What is asked often is planned once, and a column that is added meanwhile disturbs nobody. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectPool } from '../../../api/database/database.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { freshDatabase } from '../../support/postgres.ts'

const it = suite('what is asked often is prepared')
const keep = cleanUp(it)

async function oneConnection() {
  const { url } = keep(await freshDatabase())
  const pool = connectPool(url, 'test', 1)
  keep(() => pool.end())
  await pool.query('CREATE TABLE thing (id int PRIMARY KEY, name text)')
  await pool.query("INSERT INTO thing VALUES (1, 'one'), (2, 'two')")
  const prepared = async () => {
    const { rows } = await pool.query('SELECT statement FROM pg_prepared_statements')
    return rows.map((row) => row.statement as string)
  }
  return { pool, prepared }
}

it('a text that comes a third time, with whatever values', async () => {
  const { pool, prepared } = await oneConnection()
  const text = 'SELECT name FROM thing WHERE id = $1'
  const names: string[] = []
  for (const id of [1, 2, 1, 2]) {
    names.push((await pool.query(text, [id])).rows[0].name)
    if (names.length === 2) assert.equal(await prepared(), [])
  }
  assert.equal(names, ['one', 'two', 'one', 'two'])
  assert.equal(await prepared(), [text])
})

it('all columns are never prepared, so that one may be added', async () => {
  const { pool, prepared } = await oneConnection()
  const texts = [
    'SELECT * FROM thing WHERE id = $1',
    'select "thing".* from thing where id = $1',
    'SELECT id, thing.* FROM thing WHERE id = $1',
    'UPDATE thing SET name = name WHERE id = $1 RETURNING *',
  ]
  for (const text of texts) {
    for (let asked = 0; asked < 4; asked++) await pool.query(text, [1])
  }
  assert.equal(await prepared(), [])
  await pool.query('ALTER TABLE thing ADD COLUMN more int')
  for (const text of texts) {
    assert.equal((await pool.query(text, [1])).rows[0].more, null, text)
  }
})

it('a statement that Postgres refuses can be asked again', async () => {
  const { pool } = await oneConnection()
  const text = 'INSERT INTO thing (id, name) VALUES ($1, $2)'
  for (let id = 3; id < 7; id++) await pool.query(text, [id, 'more'])
  const refused = await pool.query(text, [3, 'again']).catch((error) => error.code)
  assert.is(refused, '23505')
  await pool.query(text, [7, 'more'])
  const { rows } = await pool.query('SELECT count(*) FROM thing')
  assert.is(rows[0].count, 7)
})

it.run()
