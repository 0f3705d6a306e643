/** What the host page's server is told by its environment. */
export type Configuration = {
  /** 0: any free port. */
  readonly port: number
  /** Where browsers reach the API, without a slash at the end. */
  readonly apiUrl: string
  readonly publishableKey: string
  /** The payment service's browser script. */
  readonly paymentScriptUrl: string
}

/** Throws with one sentence that names the variable. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  return {
    port: readPort(environment.PORT ?? '4001'),
    apiUrl: readUrl('API_URL', environment.API_URL).replace(/\/+$/, ''),
    publishableKey: readKey(environment.PUBLISHABLE_KEY),
    paymentScriptUrl: readUrl(
      'STRIPE_SCRIPT_URL',
      environment.STRIPE_SCRIPT_URL ?? 'https://js.stripe.com/',
    ),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`PORT is ${text}: a whole number from 0 to 65535 is needed.`)
}

function readUrl(name: string, text = ''): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href
  throw new Error(`${name} is missing or not an http address.`)
}

function readKey(text = ''): string {
  if (text !== '') return text
  throw new Error('PUBLISHABLE_KEY is missing: the button cannot work without it.')
}
