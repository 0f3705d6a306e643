/** Who takes orders, and answers each when it is durable. */
export interface Competitor {
  order(): Promise<void>
  /** Since the beginning. */
  counts(): { readonly fills: number; readonly batches: number }
  close(): Promise<void>
}

export type CompetitorName = 'ours' | 'for update' | 'commit'

export const TITLES: Readonly<Record<CompetitorName, string>> = {
  ours: 'host',
  'for update': 'SELECT … FOR UPDATE',
  commit: 'bare commit call',
}
