/** A server that the seed talks to, with the key that opens it. */
export type Server = { readonly url: string; readonly key: string }

/** The server answered with an error: `status`, and the registry's codes where it gave some. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly codes: readonly number[]

  constructor(what: string, status: number, said: string) {
    super(`${what}: ${status} ${said.slice(0, 500)}`)
    this.status = status
    this.codes = codesIn(said)
  }
}

/** Sends JSON, gives the JSON of a 2xx answer; throws Refused for any other, and what fetch throws where none came. */
export async function send(
  { url, key }: Server,
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Refused(`${method} ${path}`, response.status, text)
  return JSON.parse(text)
}

/** The registry's codes in a problem (RFC 9457), its own or one that passes them on; none where it is not one. */
function codesIn(said: string): readonly number[] {
  try {
    const problem = JSON.parse(said) as {
      readonly codes?: unknown
      readonly registry_codes?: unknown
    }
    const codes = problem.codes ?? problem.registry_codes
    return Array.isArray(codes) ? codes.filter((code) => typeof code === 'number') : []
  } catch {
    return []
  }
}
