import type { ProjectSummary, Technology } from '@offset-button/contract'

const NARROW_SPACE = '\u202f'
const grouped = new Intl.NumberFormat('en')
const countries = new Intl.DisplayNames('en', { type: 'region' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** 1204310 → "1,204,310". */
export const countText = (count: number): string => grouped.format(count)

/** 3120 → "3,120 t", with a narrow space that does not break. */
export const tonnesText = (tonnes: number): string => `${countText(tonnes)}${NARROW_SPACE}t`

/** 308, 'USD' → "$3.08"; two digits of minor unit, as all currencies of the contract have. */
export function moneyText(minor: number, currency: string): string {
  const cents = String(minor % 100).padStart(2, '0')
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(`${Math.floor(minor / 100)}.${cents}` as `${number}`)
}

/** 290 → "2.9 %". */
export const basisPointsText = (basisPoints: number): string => `${basisPoints / 100}\u00a0%`

/** The UTC day: "23 November 2026". */
export const dayText = (instant: string): string => day.format(new Date(instant))

/** The UTC day, short: "23 Nov 2026". */
export const shortDayText = (instant: string): string => shortDay.format(new Date(instant))

/** The UTC day as digits: "2026-11-23". */
export const isoDay = (instant: string): string => new Date(instant).toISOString().slice(0, 10)

/** The UTC time to the second: "14:02:07". */
export const clockText = (instant: string): string => new Date(instant).toISOString().slice(11, 19)

/** The English name of an ISO 3166-1 alpha-2 code; the code itself where it has none. */
export const countryName = (code: string): string => countries.of(code) ?? code

const TECHNOLOGY_NAMES: Readonly<Record<Technology, string>> = {
  hydro: 'Hydro',
  wind: 'Wind',
  solar: 'Solar',
  geothermal: 'Geothermal',
  biomass: 'Biomass',
  wave_and_tidal: 'Wave and tidal',
  other: 'Other',
  not_stated: 'Not stated',
}

export const technologyName = (technology: Technology): string => TECHNOLOGY_NAMES[technology]

/** "Uganda, hydro, 2014, project 3017": what stands under a project's title. */
export function projectText(project: ProjectSummary, vintage: number): string {
  const technology =
    project.technology === 'not_stated'
      ? 'technology not stated'
      : technologyName(project.technology).toLowerCase()
  return `${countryName(project.host)}, ${technology}, ${vintage}, project ${project.reference}`
}

/** [2013, 2014, 2016] → "2013–2014, 2016"; takes years in any order. */
export function yearsText(years: readonly number[]): string {
  const runs: [number, number][] = []
  for (const year of [...years].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && year <= last[1] + 1) last[1] = year
    else runs.push([year, year])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
