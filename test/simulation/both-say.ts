import * as assert from 'uvu/assert'

/** What both answer: the same value, or a refusal by both. */
export async function bothSay<Value>(
  postgres: () => Promise<Value>,
  model: () => Value | Promise<Value>,
  where: string,
): Promise<Value | 'threw'> {
  const [theirs, ours] = await Promise.all([
    postgres().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    Promise.resolve()
      .then(model)
      .then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
  ])
  if ('error' in theirs || 'error' in ours) {
    const both = 'error' in theirs && 'error' in ours
    assert.ok(both, `${where}: ${JSON.stringify({ ours, theirs }, errorText)}`)
    return 'threw'
  }
  assert.equal(plain(ours.value), plain(theirs.value), where)
  return theirs.value
}

const errorText = (_key: string, value: unknown) =>
  value instanceof Error ? value.message : typeof value === 'bigint' ? `${value}` : value

/** As it reads after a journey through JSON. */
export const plain = (value: unknown) =>
  value === undefined ? null : JSON.parse(JSON.stringify(value))
