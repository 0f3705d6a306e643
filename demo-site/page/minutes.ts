import type { Configuration } from '../configuration.ts'
import { offsetButton } from './button.ts'
import { document } from './document.ts'
import { html } from './html.ts'
import { TRUST } from './trust.ts'

/** A page that lets no script run: what is inside the tag is all that there is, and it is a link. */
export function minutesPage(configuration: Configuration): string {
  return document(TRUST, {
    title: 'Minutes of 17 November, Wend River Trust (demo)',
    scripts: [],
    main: html`<article>
<header class="opening">
<p class="kicker">Minutes, <time datetime="2026-11-17">17 November 2026</time></p>
<h1>The van, the eels and the fuel</h1>
<p class="lead">Nine present, and the dog. This page runs no script, as some of our readers’ browsers do not; what it links to works without one as well.</p>
</header>
<ol class="minutes">
<li><h2>The van</h2><p>It passed its test at the third attempt. The garage asks that nobody carry wet gravel in it again. Agreed.</p></li>
<li><h2>Eels</h2><p>The pass at Low Weir is bristle and plastic, and took two afternoons. Eleven eels have been counted over it since the rain. The counter on the board is ours to read, so there will be a second sheet in the hut.</p></li>
<li><h2>The wall</h2><p>Two stones out at the sluice. Somebody will look at low water, which at this rate is June.</p></li>
<li><h2>Fuel</h2><p>Twelve tonnes for the season, by the slips. The meeting agreed to have as many carbon credits cancelled, as last year, and to put the certificate in the file and not on the wall.</p>
<p>Members who drove to the weir and wish to do the same for themselves: three tonnes is a small car and a long year.</p>
<div class="give">${offsetButton(configuration, { tonnes: 3, link: 'Have 3 tonnes cancelled' })}
<p>The link leads to plain pages. Only the card form at their end needs JavaScript, and they say so before anything is held.</p>
<p class="demo"><strong>Demo</strong>No real credit is cancelled.</p></div></li>
<li><h2>Next</h2><p>Tuesday 15 December, in the hut, seven o’clock. Bring a lamp.</p></li>
</ol>
</article>`,
  })
}
