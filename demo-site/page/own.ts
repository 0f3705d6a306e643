import type { Website } from './document.ts'
import { html } from './html.ts'

/** The pages about the button itself: a look of their own, plain. */
export const OWN: Website = {
  lang: 'en',
  dir: 'ltr',
  stylesheet: '/own.css',
  before: html`<header class="masthead"><div class="wrap">
<a class="name" href="/">offset-button</a>
<nav aria-label="Main"><a href="/make">Make your button</a><a href="/market">Market</a></nav>
<span class="tag">DEMO</span>
</div></header>`,
  after: html`<footer class="wrap"><p>The projects are real. Their quantities, prices, years and serial numbers here are invented, the registry is a simulation, and no real credit is cancelled. The websites and the people who would run them are invented.</p></footer>`,
}
