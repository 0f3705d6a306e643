import type { BookEvent, Quote, Rejected } from '@offset-button/engine'

/** What is thrown when a book does not answer as the workload needs: what was measured would mean nothing. */
export function unexpected(answer: BookEvent | Quote | Rejected): Error {
  const said = JSON.stringify(answer, (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
  return new Error(`The book answered ${said}`)
}
