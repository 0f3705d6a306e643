import { z } from 'zod'

const environment = z.object({
  /** 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  DATABASE_URL: z.string().min(1),
  REGISTRY_API_TOKEN: z.string().min(8),
  /** Where people reach the registry; its own address where absent. */
  PUBLIC_URL: z.url().optional(),
  CHECK_DELAY_MS: z.coerce.number().int().min(0).max(86_400_000).default(600),
  /** 24 h; indicative. */
  TRANSACTION_TIMEOUT_SECONDS: z.coerce.number().int().min(1).default(86_400),
  ONE_TRANSACTION_AT_A_TIME: z.stringbool().default(true),
})

export type Configuration = {
  readonly port: number
  readonly databaseUrl: string
  readonly token: string
  readonly publicUrl: string | null
  readonly checkDelayMs: number
  readonly transactionTimeoutMs: number
  readonly oneTransactionAtATime: boolean
}

/** Reads the environment; throws an error that names every variable that is wrong or missing. */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
): Configuration {
  const read = environment.safeParse(env)
  if (!read.success) throw new Error(z.prettifyError(read.error))
  return {
    port: read.data.PORT,
    databaseUrl: read.data.DATABASE_URL,
    token: read.data.REGISTRY_API_TOKEN,
    publicUrl: read.data.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    checkDelayMs: read.data.CHECK_DELAY_MS,
    transactionTimeoutMs: read.data.TRANSACTION_TIMEOUT_SECONDS * 1000,
    oneTransactionAtATime: read.data.ONE_TRANSACTION_AT_A_TIME,
  }
}
