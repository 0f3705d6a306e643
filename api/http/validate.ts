import type { z } from 'zod'
import { Refusal } from './refusal.ts'

/** Reads by a schema; every fault is named, and the code says which kind the first is. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const first = result.error.issues[0]?.path[0]
  const code =
    first === 'quantity_tonnes'
      ? 'invalid_quantity'
      : first === 'filter'
        ? 'unknown_filter'
        : 'invalid_request'
  throw new Refusal(code, { errors })
}
