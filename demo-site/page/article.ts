import type { Configuration } from '../configuration.ts'
import { BUTTON_SCRIPT, offsetButton } from './button.ts'
import { levelChart } from './chart.ts'
import { document } from './document.ts'
import { fuelReceipt, SEASON_TONNES } from './fuel.ts'
import { type Html, html } from './html.ts'
import { dayAndMonth, demoReadings, extremes, metres, readOnes } from './readings.ts'
import { TRUST } from './trust.ts'

/** The article with the tag in it: a host page like anybody's. */
export function articlePage(configuration: Configuration): string {
  const title = 'Seven o’clock at Low Weir'
  return document(TRUST, {
    title: `${title}, Wend River Trust (demo)`,
    scripts: [BUTTON_SCRIPT],
    main: html`<article>
<header class="opening">
<p class="kicker">Field notes, <time datetime="2026-11-23">23 November 2026</time></p>
<h1>${title}</h1>
<p class="lead">Somebody has read the river gauge every morning since January, or nearly. This is what the Wend did in that time, and what it cost in fuel to follow it.</p>
</header>
${gauge()}
${work()}
${fuel(configuration)}
${book()}
</article>`,
  })
}

function gauge(): Html {
  const readings = demoReadings()
  const { highest, lowest } = extremes(readings)
  const read = readOnes(readings).length
  return html`<p id="gauge">The gauge at Low Weir is a white board with black figures, bolted to the old sluice wall. It has no battery and no signal. To know how high the river stands you walk down the lane, wait for the ripples to pass, and write a number in a book. Since 1 January our volunteers have done that on ${read} of ${readings.length} mornings.</p>
<p>The highest figure in the book is ${metres(highest.level)} metres, on ${dayAndMonth(highest.day)}, when the footbridge was shut and the lower meadow was a lake with fence posts in it. The lowest is ${metres(lowest.level)}, on ${dayAndMonth(lowest.day)}, when you could cross below the weir and keep your socks dry. The old books hold higher winters and lower summers. They hold few years with both.</p>
<figure>
${levelChart(readings)}
<figcaption>Level of the Wend at Low Weir, 1 January to 23 November 2026. The ticks below the line are the ${readings.length - read} mornings we missed. Demo data. <a href="/readings.csv" download>Download the readings</a></figcaption>
</figure>`
}

function work(): Html {
  return html`<h2>What low water is for</h2>
<p>Low water is when we can work. From June to September we pulled balsam from forty-one stretches of bank, sank three oak trunks where the current had scoured the bed flat, and counted what lives under the stones.</p>
<p>Mayfly nymphs were up at the four places below the dye works and down at the two beside the road. That tells us where to look next year. It does not yet tell us why.</p>`
}

function fuel(configuration: Configuration): Html {
  return html`<h2 id="fuel">What following it burned</h2>
<p>A river does not come to you. Two boats and a van did the season between them, and we kept every fuel slip.</p>
${fuelReceipt()}
<p>The small boat gets an electric motor in spring. The van will be with us for longer than we would like.</p>
<p>So each November the Trust has carbon credits cancelled for the tonnes that are left: taken out of the registry for good, so that nobody can use them again. It does not undo the diesel. That is in the air. It pays projects elsewhere for reductions they have already made, and it comes with a certificate that names every serial number.</p>
<p>This is the button we use. The amount is yours to change.</p>
<div class="give">
${offsetButton(configuration, { tonnes: SEASON_TONNES, link: `Have ${SEASON_TONNES} tonnes cancelled` })}
<p>It opens here. The Trust receives nothing from it.</p>
<p class="demo"><strong>Demo</strong>The projects behind the button are real. Their quantities, prices, years and serial numbers here are invented, and no real credit is cancelled.</p>
</div>`
}

function book(): Html {
  return html`<h2>The book is open</h2>
<p>The readings are yours to <a href="/readings.csv" download>download</a>, missed mornings and all. If you live within earshot of the weir and wake early, two Tuesdays a month have no name against them.</p>
<p>Next month: eels, and the pass that was built for them.</p>`
}
