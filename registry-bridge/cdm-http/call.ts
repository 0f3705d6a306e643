import type { z } from 'zod'
import { type Answer, RegistryUnreachable } from '../registry.ts'
import { adviceOf, messageOf } from '../response-code.ts'
import { problemReply } from './wire.ts'

export type Endpoint = {
  /** Without a slash at its end. */
  readonly url: string
  readonly token: string
  /** Milliseconds until a call without a whole reply counts as unreachable. */
  readonly callTimeoutMs: number
}

export type Request = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/**
 * One call. A readable 2xx is ok, a 4xx with response codes is refused; everything else (no network, a time-out,
 * 5xx, a 4xx without codes, a reply that cannot be read) throws RegistryUnreachable.
 */
export async function call<Schema extends z.ZodType>(
  endpoint: Endpoint,
  request: Request,
  schema: Schema,
): Promise<Answer<z.output<Schema>>> {
  const { status, body } = await exchange(endpoint, request)
  if (status >= 200 && status < 300) {
    const reply = schema.safeParse(body)
    if (reply.success) return { kind: 'ok', value: reply.data }
    throw new RegistryUnreachable(`${nameOf(request)} was answered in a form that cannot be read`)
  }
  const problem = problemReply.safeParse(body)
  const isDefinite = status >= 400 && status < 500 && problem.success
  if (!isDefinite || problem.data.codes.length === 0)
    throw new RegistryUnreachable(`${nameOf(request)} was answered with status ${status}`)
  const { codes } = problem.data
  return { kind: 'refused', codes, message: messageOf(codes), advice: adviceOf(codes) }
}

async function exchange(
  endpoint: Endpoint,
  request: Request,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(`${endpoint.url}${request.path}`, {
      method: request.method,
      headers: {
        authorization: `Bearer ${endpoint.token}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(endpoint.callTimeoutMs),
    })
    return { status: response.status, body: await response.json() }
  } catch (cause) {
    throw new RegistryUnreachable(`${nameOf(request)} had no reply that can be read`, { cause })
  }
}

function nameOf(request: Request): string {
  return `${request.method} ${request.path}`
}
