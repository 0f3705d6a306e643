import type { Context } from 'koa'
import type { z } from 'zod'
import { Unreadable } from './problem.ts'

/** 1 MiB: more than 3000 blocks need, so that one block too many gets its own code. */
const REQUEST_BYTES = 1 << 20

/** The JSON body in the form of `schema`. Throws Unreadable where it is too long or no JSON, ZodError where it has another form. */
export async function readBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  maxBytes = REQUEST_BYTES,
): Promise<z.output<Schema>> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of context.req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw new Unreadable(`At most ${maxBytes} bytes.`, 413)
    chunks.push(chunk)
  }
  return schema.parse(parseJson(Buffer.concat(chunks).toString('utf8')))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unreadable('The body is not JSON.')
  }
}
