/** What the seed is told by its environment: the running servers, and the keys that the demo market is to know. */
export type SeedConfiguration = {
  readonly apiUrl: string
  readonly operatorToken: string
  readonly registryUrl: string
  readonly registryToken: string
  /** The only origin that may use the publishable key. */
  readonly demoOrigin: string
  readonly publishableKey: string
  /** The API key of the first demo seller; the others' are derived from it. */
  readonly sellerApiKey: string
}

/** Throws with one sentence that names what is missing. */
export function readSeedConfiguration(environment: NodeJS.ProcessEnv): SeedConfiguration {
  const read = (name: string) => {
    const text = environment[name]
    if (text) return text
    throw new Error(`${name} is missing.`)
  }
  const readUrl = (name: string) => {
    const text = read(name)
    if (URL.canParse(text)) return text.replace(/\/+$/, '')
    throw new Error(`${name} is not an address.`)
  }
  return {
    apiUrl: readUrl('API_URL'),
    operatorToken: read('OPERATOR_TOKEN'),
    registryUrl: readUrl('REGISTRY_URL'),
    registryToken: read('REGISTRY_API_TOKEN'),
    demoOrigin: new URL(readUrl('DEMO_URL')).origin,
    publishableKey: read('PUBLISHABLE_KEY'),
    sellerApiKey: read('SELLER_API_KEY'),
  }
}
