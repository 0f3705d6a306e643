/**
 * What an activity emits, in grams of CO₂e a unit, with the source and the year that the figure is
 * of. All are indicative: recalled from well known public tables and rounded, not read out of them.
 */
export type Factor = {
  readonly gramsPerUnit: number
  readonly unit: 'kWh' | 'km' | null
  readonly source: string
  readonly year: number
}

export const FACTORS = {
  electricity: {
    gramsPerUnit: 475,
    unit: 'kWh',
    source: 'IEA, Global Energy & CO2 Status Report: world average of electricity generated',
    year: 2018,
  },
  gas: {
    gramsPerUnit: 183,
    unit: 'kWh',
    source: 'UK Government GHG Conversion Factors: natural gas, gross calorific value',
    year: 2023,
  },
  car: {
    gramsPerUnit: 164,
    unit: 'km',
    source: 'UK Government GHG Conversion Factors: average petrol car',
    year: 2023,
  },
  flights: {
    gramsPerUnit: 2_200_000,
    unit: null,
    source:
      'UK Government GHG Conversion Factors: long-haul economy with radiative forcing, about 200 g a passenger-km, over 11,000 km there and back',
    year: 2023,
  },
} as const satisfies Record<string, Factor>

export type Activity = keyof typeof FACTORS
export const ACTIVITIES = Object.keys(FACTORS) as readonly Activity[]
