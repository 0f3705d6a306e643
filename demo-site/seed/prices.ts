import type { DemoProject } from './projects.ts'

/** Invented prices, in US cents a tonne, cheapest first. A price named twice is met twice as often: offers meet there, and time decides. */
const LADDERS = {
  plenty: [
    80, 85, 85, 85, 120, 120, 120, 150, 180, 180, 220, 250, 250, 275, 275, 300, 300, 325, 350, 500,
  ],
  common: [
    150, 220, 250, 275, 275, 300, 300, 308, 310, 325, 325, 350, 350, 378, 400, 500, 500, 750,
  ],
  scarce: [
    308, 308, 310, 310, 315, 315, 325, 325, 350, 350, 378, 400, 500, 500, 600, 750, 750, 900,
  ],
} as const

const PLENTY = 'CN IN VN BR'.split(' ')
/** Africa and the islands: few units, asked for often. */
const SCARCE = 'KE UG MG ZM ZA NA AO NG SN CI LR SL MA EG TN LY FJ JM BS LK MU PG'.split(' ')

/** The prices that a project's offers are drawn from. */
export function pricesFor({ host, technology }: DemoProject): readonly number[] {
  if (isRare(technology) || SCARCE.includes(host)) return LADDERS.scarce
  return PLENTY.includes(host) ? LADDERS.plenty : LADDERS.common
}

/** Whole tonnes that one offer of a project holds at most: crumbs at its cheapest price, so that a dozen tonnes meet several offers. */
export function mostTonnesFor(project: DemoProject, priceMinor: number): number {
  if (priceMinor === pricesFor(project)[0]) return 9
  if (isRare(project.technology)) return 60
  return priceMinor <= 120 ? 900 : 25_000
}

function isRare(technology: DemoProject['technology']): boolean {
  return technology === 'geothermal' || technology === 'wave_and_tidal'
}
