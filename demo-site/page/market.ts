import type { Configuration } from '../configuration.ts'
import { BUTTON_SCRIPT, offsetButton } from './button.ts'
import { document } from './document.ts'
import { html } from './html.ts'
import { OWN } from './own.ts'

const EXAMPLE_TONNES = 2000

/** The market as any website may show it: depth and projects, live, and the sum of what was cancelled by way of this site. */
export function marketPage(configuration: Configuration): string {
  const { apiUrl, publishableKey } = configuration
  const source = html`key="${publishableKey}" api="${apiUrl}"`
  return document(OWN, {
    title: 'The market, live (demo)',
    scripts: [BUTTON_SCRIPT, '/offset-market.js', '/offset-counter.js'],
    main: html`<header class="opening"><h1>The market, live</h1>
<p class="lead">What owners of UN projects have on offer, at which price, as it changes. The cheapest goes first, and at one price whoever offered first. Nobody can pay to be shown first.</p></header>
<div class="floor">
<offset-market ${source} tonnes="${EXAMPLE_TONNES}"><p><a href="${apiUrl}/">The market as a plain page</a></p></offset-market>
<aside aria-labelledby="here"><h2 id="here">By way of this demo</h2>
<div class="sum"><offset-counter ${source}></offset-counter></div>
<p class="small">The number stands still until the registry has cancelled more. It counts tonnes, and nothing else.</p>
<h2 id="buy">Take some</h2>
<p>${offsetButton(configuration, { tonnes: 2, link: 'Have 2 tonnes cancelled' })}</p>
<h2 id="tags">The tags on this page</h2>
<pre class="snippet" tabindex="0" aria-labelledby="tags"><code>${`<offset-market key="pk_…" api="${apiUrl}" tonnes="${EXAMPLE_TONNES}"></offset-market>
<offset-counter key="pk_…" api="${apiUrl}"></offset-counter>
<offset-certificate api="${apiUrl}" certificate="…"></offset-certificate>`}</code></pre>
<p class="small">The third is a badge for whoever has a certificate: it asks whether the certificate is there, and says what it hears.</p></aside>
</div>`,
  })
}
