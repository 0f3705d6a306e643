import assert from 'node:assert/strict'
import pg from 'pg'
import { checkInvariants } from './invariants.ts'
import { paymentBooks } from './market.ts'
import type { Stack } from './stack.ts'

/** Holds our books against the registry's and the payment service's own: every invariant, by number. */
export async function assertBooksAgree(
  stack: Stack,
  options?: Parameters<typeof checkInvariants>[3],
): Promise<void> {
  const client = new pg.Client(stack.databases.api.url)
  await client.connect()
  try {
    const violations = await checkInvariants(
      client,
      await stack.registry.books(),
      await paymentBooks(stack),
      options,
    )
    assert.deepEqual(violations, [])
  } finally {
    await client.end()
  }
}
