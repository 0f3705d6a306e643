import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** Bytes; the operator's lists of projects are the longest that we take. */
const MOST_BYTES = 1_000_000

const read = new WeakMap<IncomingMessage, Promise<Buffer>>()

/** The body, read once however often it is asked for; refused as invalid_request beyond the bound. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const known = read.get(request)
  if (known) return known
  const body = readAll(request)
  read.set(request, body)
  return body
}

/** The raw body as text; refused as invalid_request beyond the bound. */
export async function readRawBody(request: IncomingMessage): Promise<string> {
  return (await readBody(request)).toString('utf8')
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    if (size > MOST_BYTES) break
    chunks.push(chunk as Buffer)
  }
  if (size > MOST_BYTES) {
    // The rest is let go, for the answer and the next request have to pass on this connection.
    request.resume()
    throw unreadable(`The body is larger than ${MOST_BYTES} bytes.`)
  }
  return Buffer.concat(chunks)
}

/** The body as JSON, of texts that can be stored. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const value = parseJson(await readRawBody(request))
  if (!isStorable(value)) {
    throw unreadable('A text holds a character that is none: NUL, or half a surrogate pair.')
  }
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('The body is not JSON.')
  }
}

/** Postgres keeps no such text, and a commit that it refuses takes the whole batch with it. */
function isStorable(value: unknown): boolean {
  const parts = [value]
  for (const part of parts) {
    if (typeof part === 'string' && (part.includes('\0') || !part.isWellFormed())) return false
    if (part && typeof part === 'object') for (const inner of Object.values(part)) parts.push(inner)
  }
  return true
}

const unreadable = (message: string) =>
  new Refusal('invalid_request', { errors: [{ path: '', message }] })
