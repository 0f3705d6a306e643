import type { Technology } from '@offset-button/contract'
import { parse } from 'csv-parse/sync'

/** A real CDM project, as the public lists have it; only the scope is derived here. */
export type DemoProject = {
  /** As on the web, zero-padded: 0037. */
  readonly reference: string
  readonly title: string
  /** Host Party, ISO 3166-1 alpha-2. */
  readonly host: string
  readonly technology: Technology
  /** Sectoral scope; null where it cannot be told from the technology. */
  readonly scope: number | null
  readonly scopeDerived: boolean
  /** Expected at registration, whole tonnes of CO2e a year. */
  readonly annualTonnes: number
}

/** Where the facts of every project come from; shown beside them. */
export const PROJECT_SOURCE =
  'UNFCCC public project lists; WRI Global Power Plant Database (CC BY 4.0)'

const TECHNOLOGY_OF_LIST: Readonly<Record<string, Technology>> = {
  Hydro: 'hydro',
  Wind: 'wind',
  Solar: 'solar',
  Geothermal: 'geothermal',
  Biomass: 'biomass',
  'Wave and Tidal': 'wave_and_tidal',
  Other: 'other',
  '': 'not_stated',
}

/** All of these feed a grid or a plant: 1, energy industries. A technology that is not here tells no scope. */
const SCOPE_OF_TECHNOLOGY: Partial<Readonly<Record<Technology, number>>> = {
  hydro: 1,
  wind: 1,
  solar: 1,
  geothermal: 1,
  biomass: 1,
  wave_and_tidal: 1,
}

const COLUMNS = 'ref,title,host,technology,capacity_mw,scale,expected_annual_tco2e'

/** Reads the list of projects beside this file; throws where a row is not what the columns promise. */
export function readProjects(csv: string): readonly DemoProject[] {
  const rows = parse(csv) as string[][]
  if (rows[0]?.join() !== COLUMNS) throw new Error(`projects.csv: expected the columns ${COLUMNS}`)
  return rows.slice(1).map((row) => readProject(row))
}

function readProject(row: readonly string[]): DemoProject {
  const [reference = '', title = '', host = '', listed = '', , , annual = ''] = row
  const technology = TECHNOLOGY_OF_LIST[listed]
  const annualTonnes = Number(annual)
  if (!/^\d{4,6}$/.test(reference) || !/^[A-Z]{2}$/.test(host) || title === '')
    throw new Error(`projects.csv: cannot read the row ${row.join()}`)
  if (technology === undefined || !Number.isSafeInteger(annualTonnes) || annualTonnes < 1)
    throw new Error(`projects.csv: cannot read technology or tonnes of ${reference}`)
  const scope = SCOPE_OF_TECHNOLOGY[technology] ?? null
  return {
    reference,
    title,
    host,
    technology,
    scope,
    scopeDerived: scope !== null,
    annualTonnes,
  }
}
