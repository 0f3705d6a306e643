import type {
  AccountState,
  AccountsReply,
  AccountsRequest,
  AuditEntry,
  Books,
  FaultRequest,
  RefusalRequest,
  RegistryRequest,
  UnitsReply,
  UnitsRequest,
} from './wire.ts'

/** Speaks to the simulation's own side, for the demo's seed, tests and auditors. Every call throws where it is not done. */
export type SimulationClient = {
  /** Opens holding accounts, all or none; their numbers in the order asked for. */
  openAccounts(accounts: AccountsRequest['accounts']): Promise<AccountsReply['accounts']>
  /** Issues units, all or none, up to 20,000 blocks a call; the blocks in the order asked for. */
  issueUnits(request: UnitsRequest): Promise<UnitsReply['blocks']>
  setAccountState(number: string, state: AccountState): Promise<void>
  /** Opens and closes the registry, begins and ends a reconciliation, pauses and resumes its checks. */
  setRegistry(change: RegistryRequest): Promise<void>
  refuseAtNextCheck(refusal: RefusalRequest): Promise<void>
  plantFault(fault: FaultRequest): Promise<void>
  clearFaults(): Promise<void>
  books(): Promise<Books>
  /** Up to 1000 entries with an id above `after`, oldest first. */
  audit(after?: number): Promise<readonly AuditEntry[]>
}

export function simulationClient(options: {
  readonly url: string
  readonly token: string
}): SimulationClient {
  const base = `${options.url.replace(/\/+$/, '')}/simulation`

  async function call<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${options.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      const said = await response.text()
      throw new Error(`${method} /simulation${path}: ${response.status} ${said.slice(0, 500)}`)
    }
    return (await response.json()) as Reply
  }

  return {
    async openAccounts(accounts) {
      return (await call<AccountsReply>('POST', '/accounts', { accounts })).accounts
    },
    async issueUnits(request) {
      return (await call<UnitsReply>('POST', '/units', request)).blocks
    },
    async setAccountState(number, state) {
      await call('PUT', `/accounts/${encodeURIComponent(number)}`, { state })
    },
    async setRegistry(change) {
      await call('PUT', '/registry', change)
    },
    async refuseAtNextCheck(refusal) {
      await call('POST', '/refusals', refusal)
    },
    async plantFault(fault) {
      await call('POST', '/faults', fault)
    },
    async clearFaults() {
      await call('DELETE', '/faults')
    },
    books: () => call<Books>('GET', '/books'),
    async audit(after = 0) {
      return (await call<{ entries: AuditEntry[] }>('GET', `/audit?after=${after}`)).entries
    },
  }
}
