import type { Filter } from '@offset-button/contract'

/** How long one request may take, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 20_000

/** One request to the API, a POST where it has a body; never with cookies. Rejects where nothing came. */
export const send = (
  api: string,
  key: string,
  path: string,
  { headers, ...init }: RequestInit = {},
): Promise<Response> =>
  fetch(`${api}${path}`, {
    method: init.body ? 'POST' : 'GET',
    headers: {
      Accept: 'application/json',
      Authorization: `Bearer ${key}`,
      ...(init.body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    credentials: 'omit',
    referrerPolicy: 'strict-origin',
    ...init,
  })

/** Where a market inside a filter is. */
export const marketPath = ({ host, project, technology, vintage }: Filter): string => {
  const all = { project, host, technology, vintage_from: vintage?.from, vintage_to: vintage?.to }
  const some = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return some.length > 0 ? `/v1/market?${new URLSearchParams(some)}` : '/v1/market'
}
