/**
 * SQLSTATE classes and codes by which Postgres says that it cannot serve now; 55000 is its word for a database that takes no
 * connections. Source: its manual, appendix A.
 */
const CANNOT_SERVE = /^(08...|53...|55000|57P0[1-5])$/
/** Of the connection, where there is no Postgres to say anything. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
])
/** What the driver says in words alone. */
const IN_WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout expired|timeout exceeded when trying to connect|Postgres did not answer)/

/** Whether an error says that Postgres is gone, and not that something was wrong with what it was asked. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && (CANNOT_SERVE.test(code) || NOT_REACHED.has(code))) return true
  return IN_WORDS.test(error.message)
}
