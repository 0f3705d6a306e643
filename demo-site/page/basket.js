// What the checkout adds up; the server and the browser read this one file.

/** What the tile works sells, invented like the works; grams of CO2e a unit are demo figures. */
export const GOODS = /** @type {const} */ ([
  { name: 'tiles', title: 'Floor tiles, fired', unit: 'm²', pence: 4850, grams: 14_200, usual: 60 },
  {
    name: 'borders',
    title: 'Border tiles, glazed',
    unit: 'm',
    pence: 1900,
    grams: 3100,
    usual: 32,
  },
  { name: 'adhesive', title: 'Adhesive, 20 kg', unit: 'bag', pence: 1650, grams: 6200, usual: 14 },
  { name: 'lorry', title: 'Delivery by lorry', unit: 'trip', pence: 9000, grams: 96_000, usual: 1 },
])

/** @typedef {Readonly<Record<(typeof GOODS)[number]['name'], number>>} Basket */

const MOST = 999

/**
 * Quantities from an address or a form, 0 to 999; what cannot be read is the usual one.
 * @param {Readonly<Record<string, unknown>>} query
 * @returns {Basket}
 */
export function readBasket(query) {
  const basket = { tiles: 0, borders: 0, adhesive: 0, lorry: 0 }
  for (const { name, usual } of GOODS) {
    const text = query[name]
    const isRead = typeof text === 'string' && /^\d{1,3}$/.test(text)
    basket[name] = isRead ? Math.min(MOST, Number(text)) : usual
  }
  return basket
}

/**
 * Kilograms of a line, to the nearest.
 * @param {number} grams
 * @param {number} quantity
 */
export const kilogramsOf = (grams, quantity) => Math.round((grams * quantity) / 1000)

/**
 * The sums of a basket: pence, whole kilograms, and tonnes rounded up, as credits come whole; one at least.
 * @param {Basket} basket
 */
export function sumOf(basket) {
  let pence = 0
  let kilograms = 0
  for (const good of GOODS) {
    pence += good.pence * basket[good.name]
    kilograms += kilogramsOf(good.grams, basket[good.name])
  }
  return { pence, kilograms, tonnes: Math.max(1, Math.ceil(kilograms / 1000)) }
}
