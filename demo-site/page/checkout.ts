import type { Configuration } from '../configuration.ts'
import { type Basket, GOODS, kilogramsOf, sumOf } from './basket.js'
import { BUTTON_SCRIPT, offsetButton } from './button.ts'
import { backToAll, document, type Website } from './document.ts'
import { type Html, html } from './html.ts'

const SHOP: Website = {
  lang: 'en-GB',
  dir: 'ltr',
  stylesheet: '/shop.css',
  before: html`<header class="masthead"><div class="wrap">
<a class="name" href="/checkout">Marl &amp; Slip <span>tile works (demo)</span></a>
<ol class="way" aria-label="Your order"><li>Basket</li><li aria-current="step">Checkout</li><li>Delivery</li></ol>
</div></header>`,
  after: html`<footer class="wrap"><p>The tile works is invented to show a checkout like yours, and so are its prices and its figures of CO₂e. Nothing here is sold or delivered. ${backToAll()}</p></footer>`,
}

/** A checkout whose button follows the basket, under a policy that lets nothing inline through. */
export function checkoutPage(configuration: Configuration, basket: Basket): string {
  const { kilograms, pence, tonnes } = sumOf(basket)
  return document(SHOP, {
    title: 'Checkout, Marl & Slip (demo)',
    scripts: [BUTTON_SCRIPT, '/checkout.js'],
    main: html`<h1>Checkout</h1>
<div class="columns">
<form class="basket" method="get" action="/checkout" aria-labelledby="basket">
<h2 id="basket">Your basket</h2>
<table>
<thead><tr><th scope="col">What</th><th scope="col">How much</th><th scope="col" class="r">£</th><th scope="col" class="r">kg CO₂e</th></tr></thead>
<tbody>${GOODS.map((good) => line(good, basket[good.name]))}</tbody>
<tfoot><tr><th scope="row" colspan="2">In all</th><td class="r" data-sum="pounds">${pounds(pence)}</td><td class="r" data-sum="kilograms">${grouped(kilograms)}</td></tr></tfoot>
</table>
<p><button type="submit">Add it up again</button></p>
</form>
<section class="aside" aria-labelledby="fired">
<h2 id="fired">What the kiln gives off</h2>
<p>Clay is fired at eleven hundred degrees, and we fire with gas. For this basket that comes to <b data-sum="kilograms">${grouped(kilograms)}</b> kg, with the lorry.</p>
<p>You can have carbon credits cancelled for it: <b data-sum="tonnes">${tonnes}</b> t, since credits come whole. It is not part of our bill and changes nothing in your order.</p>
<div class="give">${offsetButton(configuration, { tonnes, link: `Have ${tonnes} t cancelled`, attributes: { appearance: 'outline', purpose: 'Tiles from Marl & Slip (demo)' } })}</div>
<p class="demo"><strong>Demo</strong>The figures are invented, and no real credit is cancelled.</p>
</section>
</div>`,
  })
}

function line(good: (typeof GOODS)[number], quantity: number): Html {
  const { grams, name, pence, title, unit } = good
  return html`<tr data-pence="${pence}" data-grams="${grams}"><th scope="row">${title}<small>£${pounds(pence)} a ${unit}</small></th><td><label><input type="number" name="${name}" value="${quantity}" min="0" max="999" step="1" inputmode="numeric" aria-label="${title}, ${unit}"> <span aria-hidden="true">${unit}</span></label></td><td class="r" data-pounds>${pounds(pence * quantity)}</td><td class="r" data-kilograms>${grouped(kilogramsOf(grams, quantity))}</td></tr>`
}

const grouped = (number: number) => number.toLocaleString('en-GB')
const pounds = (pence: number) =>
  `${grouped(Math.floor(pence / 100))}.${String(pence % 100).padStart(2, '0')}`
