import type { Configuration } from '../configuration.ts'
import { document } from './document.ts'
import { type Html, html } from './html.ts'
import { OWN } from './own.ts'

const PAGES: readonly { readonly path: string; readonly name: string; readonly text: string }[] = [
  {
    path: '/article',
    name: 'An article',
    text: 'A river trust tells what its boats burned in a season. The button stands where the text leads to it.',
  },
  {
    path: '/checkout',
    name: 'A checkout',
    text: 'A tile works adds up a basket, and the tonnes of the button follow. The page lets nothing inline through: no style, no script.',
  },
  {
    path: '/ar',
    name: 'A page in Arabic',
    text: 'From right to left. The button takes language and direction from the page around it.',
  },
  {
    path: '/minutes',
    name: 'A page without JavaScript',
    text: 'No script runs there. What is left of the button is a link to plain pages that do the rest, but for the card.',
  },
]

/** The list of all pages of the demo. */
export function indexPage({ apiUrl }: Configuration): string {
  return document(OWN, {
    title: 'offset-button, on pages like yours (demo)',
    scripts: [],
    main: html`<header class="opening"><h1>One tag, on pages like yours</h1>
<p class="lead">Whoever visits a website can have UN carbon credits cancelled there, for good and in their own name, and gets a certificate with every serial number. These pages show where such a button may stand.</p></header>
<section aria-labelledby="pages"><h2 id="pages">On pages of others</h2>
<ul class="pages">${PAGES.map(entry)}</ul></section>
<section aria-labelledby="own"><h2 id="own">For whoever runs a website</h2>
<ul class="pages">
${entry({ path: '/make', name: 'Make your button', text: 'Settings on one side, the live button and the lines to copy on the other.' })}
${entry({ path: '/market', name: 'The market', text: 'What is on offer, at which price, from which projects, as it changes.' })}
${entry({ path: `${apiUrl}/buy`, name: 'The hosted pages', text: 'The same purchase as plain forms, on the market’s own address.' })}
</ul></section>
<section aria-labelledby="card"><h2 id="card">To try it</h2>
<p>The payment is a test: card number <code>4242 4242 4242 4242</code>, any later date, any three digits. <code>4000 0000 0000 0002</code> is declined, and <code>4000 0027 6000 3184</code> makes the bank ask.</p></section>`,
  })
}

const entry = ({ path, name, text }: (typeof PAGES)[number]): Html =>
  html`<li><a href="${path}"><b>${name}</b><span>${text}</span></a></li>`
