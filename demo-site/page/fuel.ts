import { type Html, html } from './html.ts'

type Slip = {
  readonly engine: string
  readonly fuel: 'diesel' | 'petrol'
  readonly litres: number
}

/** Invented, like the engines. */
const SLIPS: readonly Slip[] = [
  { engine: 'Workboat', fuel: 'diesel', litres: 2140 },
  { engine: 'Van', fuel: 'diesel', litres: 1960 },
  { engine: 'Small boat', fuel: 'petrol', litres: 385 },
]

/** Grams of CO2e from burning a litre: rounded, for the demo. */
const GRAMS_A_LITRE = { diesel: 2680, petrol: 2310 } as const

/** Kilograms of a slip, rounded to the nearest. */
function kilograms({ fuel, litres }: Slip): number {
  return Math.round((litres * GRAMS_A_LITRE[fuel]) / 1000)
}

/** What the season burned, in whole kilograms; the sum of the printed lines. */
const SEASON_KILOGRAMS = SLIPS.reduce((sum, slip) => sum + kilograms(slip), 0)

/** Credits come whole, so the tonnes are rounded up. */
export const SEASON_TONNES = Math.ceil(SEASON_KILOGRAMS / 1000)

/** The receipt: every line adds up to the total. */
export function fuelReceipt(): Html {
  return html`<table class="receipt">
<caption>Fuel of the season and what burning it gives off. Demo figures; factors rounded.</caption>
<thead><tr><th scope="col">Engine</th><th scope="col">Litres</th><th scope="col">kg CO₂e</th></tr></thead>
<tbody>${SLIPS.map(
    (slip) =>
      html`<tr><th scope="row">${slip.engine}<small>${slip.fuel}</small></th><td>${grouped(slip.litres)}</td><td>${grouped(kilograms(slip))}</td></tr>`,
  )}</tbody>
<tfoot><tr class="sum"><th scope="row" colspan="2">In all</th><td>${grouped(SEASON_KILOGRAMS)}</td></tr>
<tr class="total"><th scope="row" colspan="2">Rounded up to whole tonnes</th><td>${SEASON_TONNES} t</td></tr></tfoot>
</table>`
}

function grouped(number: number): string {
  return number.toLocaleString('en-GB')
}
