import { backToAll, document, type Website } from './document.ts'
import { html } from './html.ts'

/** The website of the river trust, which is invented. */
export const TRUST: Website = {
  lang: 'en-GB',
  dir: 'ltr',
  stylesheet: '/page.css',
  before: html`<header class="masthead"><div class="wrap">
<a class="name" href="/article">Wend River Trust <span>(demo)</span></a>
<nav aria-label="This site"><a href="/article#gauge">The gauge</a><a href="/article#fuel">The fuel</a><a href="/minutes">Minutes</a></nav>
</div></header>`,
  after: html`<footer class="wrap"><p>The Wend River Trust is invented to show a page like yours, and so are its river, its readings and its fuel slips. ${backToAll()}</p></footer>`,
}

/** The page for an address that is not there. */
export function notFoundPage(): string {
  return document(TRUST, {
    title: 'Not found, Wend River Trust (demo)',
    scripts: [],
    main: html`<header class="opening">
<p class="kicker">404</p>
<h1>Nothing at this bend</h1>
<p class="lead">There is no page at this address. <a href="/article">Back to the field notes</a></p>
</header>`,
  })
}
