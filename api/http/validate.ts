import type { ProblemCode } from '@offset-button/contract'
import type { z } from 'zod'
import { Refusal } from './refusal.ts'

/** Reads by a schema; every fault is named, and the code, where none is given, says which kind the first is. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code?: ProblemCode,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  throw new Refusal(code ?? codeOf(result.error.issues[0]?.path[0]), { errors })
}

function codeOf(field: PropertyKey | undefined): ProblemCode {
  if (field === 'quantity_tonnes') return 'invalid_quantity'
  return field === 'filter' ? 'unknown_filter' : 'invalid_request'
}
