import { createHash } from 'node:crypto'

/** The same request has the same hash; fields in the order given. */
export function requestHash(...fields: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
