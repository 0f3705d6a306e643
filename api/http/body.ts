import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** Bytes; the operator's lists of projects are the longest that we take. */
const MOST_BYTES = 1_000_000

/** The raw body as text; refused as invalid_request beyond the bound. */
export async function readRawBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw unreadable(`The body is larger than ${MOST_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The body as JSON. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await readRawBody(request)
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('The body is not JSON.')
  }
}

const unreadable = (message: string) =>
  new Refusal('invalid_request', { errors: [{ path: '', message }] })
