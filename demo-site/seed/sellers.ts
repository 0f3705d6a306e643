import type { Technology } from '@offset-button/contract'
import type { DemoProject } from './projects.ts'

/** An invented project participant. Its projects are real; that it holds units of them is not. */
export type DemoSeller = {
  /** Its name in addresses. */
  readonly slug: string
  readonly name: string
  /** Its holding accounts at the simulated registry: one for the units of each commitment period, the first first. */
  readonly accounts: readonly [string, string]
}

type Territory = {
  readonly territory: string
  readonly hosts: string
  /** Absent: all. */
  readonly technologies?: readonly Technology[]
}

/** Who sells what: the first row that fits a project has it. Every host of the list has a row. */
const TERRITORIES: readonly Territory[] = [
  { territory: 'East Africa', hosts: 'KE UG MG ZM' },
  { territory: 'Southern and West Africa', hosts: 'ZA NA AO NG SN CI LR SL' },
  {
    territory: 'Balkans, Mediterranean and Gulf',
    hosts: 'MA EG TN LY SA AE IL CY RS ME BA',
  },
  { territory: 'Caucasus and Central Asia', hosts: 'GE AM AZ MN PK' },
  { territory: 'China wind', hosts: 'CN', technologies: ['wind'] },
  { territory: 'China hydro', hosts: 'CN', technologies: ['hydro'] },
  { territory: 'China solar, biomass and other', hosts: 'CN' },
  { territory: 'India wind and solar', hosts: 'IN', technologies: ['wind', 'solar'] },
  { territory: 'India biomass, hydro and other', hosts: 'IN' },
  { territory: 'Mekong', hosts: 'VN LA KH TH' },
  { territory: 'Korea and South-East Asia', hosts: 'KR MY ID SG' },
  { territory: 'Islands', hosts: 'FJ JM BS LK MU PG PH' },
  { territory: 'Brazil and the Plate', hosts: 'BR UY AR GY' },
  { territory: 'Andes', hosts: 'CL PE CO EC BO' },
  { territory: 'Mexico and Central America', hosts: 'MX CR GT HN NI PA SV DO' },
]

/** The demo project participants, with account numbers that pass the registry's check. */
export const DEMO_SELLERS: readonly DemoSeller[] = TERRITORIES.map((row, index) => ({
  slug: `demo-seller-${index + 1}`,
  name: `Demo Seller ${index + 1} (${row.territory})`,
  accounts: [holdingAccountNumber(9001 + index * 10), holdingAccountNumber(9002 + index * 10)],
}))

/** Whose project this is in the demo; throws for a host without a row. */
export function sellerOf(project: DemoProject): DemoSeller {
  const index = TERRITORIES.findIndex(
    ({ hosts, technologies }) =>
      hosts.split(' ').includes(project.host) &&
      (technologies === undefined || technologies.includes(project.technology)),
  )
  const seller = DEMO_SELLERS[index]
  if (seller === undefined) throw new Error(`no demo seller for host ${project.host}`)
  return seller
}

/** A holding account (type 100) of the CDM registry, with its check digits. */
function holdingAccountNumber(identifier: number): string {
  return `CDM-100-${identifier}-0-${checkDigits(`${identifier}121322100${'00'}00`)}`
}

/** 98 − (N mod 97), N as identifier, registry in letters' numbers (A=10 …), type, period and two noughts. */
function checkDigits(digits: string): number {
  return 98 - Number(BigInt(digits) % 97n)
}
