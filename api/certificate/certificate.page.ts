import type { Certificate } from '@offset-button/contract'
import { copyScript } from '../pages/assets.ts'
import { countText, dayText, isoDay, projectText, tonnesText } from '../pages/format.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/layout.ts'
import { blockTonnes, stripOfCertificate } from './certificate-blocks.ts'
import {
  claimsOf,
  factsOf,
  headlineOf,
  historyOf,
  statementParts,
  tonnesWord,
  unitText,
  warningOf,
} from './certificate-words.ts'
import { perfinPath, stripPath } from './perfin.ts'
import { qrCode } from './qr.ts'

/** The public page of a certificate; `pdfUrl` is where the same certificate is served as PDF. */
export function certificatePage(
  certificate: Certificate,
  options: { readonly pdfUrl: string },
): string {
  const warning = warningOf(certificate)
  return page({
    title: `Certificate ${certificate.id}: ${tonnesWord(certificate.quantity_tonnes)} cancelled${warning ? ` (${warning.word})` : ''}`,
    test: certificate.simulated,
    scripts: [copyScript],
    indexed: false,
    body: html`<main class="lay">
<article class="doc">
${punched(certificate)}
<div class="in">
${record(certificate)}
${serialBlocks(certificate)}
<div class="two">
<section><h2 class="h2">What happened</h2>${history(certificate)}</section>
<section><h2 class="h2">What this says, and what it does not</h2><ul class="claims">${claimsOf(certificate).map((claim) => html`<li>${claim}</li>`)}</ul></section>
</div>
</div>
${warning && html`<div class="margin" aria-hidden="true"><span>${warning.word}</span><span>${warning.word}</span><span>${warning.word}</span></div>`}
</article>
<aside class="rail" aria-label="This certificate elsewhere">${elsewhere(certificate, options.pdfUrl)}</aside>
</main>`,
  })
}

/** The band and the strip; the narrow drawing is for small screens, where the date finds no room. */
function punched(certificate: Certificate): Html {
  const amount = `${certificate.quantity_tonnes} t`
  const date = isoDay(certificate.completed_at)
  const { segments, tonnesPerHole } = stripOfCertificate(certificate)
  const label = `${tonnesText(certificate.quantity_tonnes)}, ${dayText(certificate.completed_at)}, punched through: cancelled`
  const drawing = (kind: string, width: number, band: number, path: string) =>
    html`<svg class="perfin ${kind}" viewBox="0 0 ${width} ${band + 33}" role="img" aria-label="${label}"><path fill="currentColor" fill-rule="evenodd" d="${path}"/><path fill="currentColor" fill-rule="evenodd" transform="translate(0 ${band + 3})" d="${stripPath({ width, height: 30 }, segments)}"/></svg>`
  return html`<div class="punched">
${drawing('wide', 796, 100, perfinPath({ width: 796, height: 100, margin: 52 }, amount, date))}
${drawing('narrow', 390, 92, perfinPath({ width: 390, height: 92, margin: 18 }, amount))}
${tonnesPerHole > 1 && html`<p class="scale">In the strip, a hole stands for up to ${tonnesText(tonnesPerHole)}.</p>`}
</div>`
}

function record(certificate: Certificate): Html {
  const warning = warningOf(certificate)
  const { before, name, after } = statementParts(certificate)
  return html`<p class="ref"><span>Certificate of voluntary cancellation</span><bdi dir="ltr" class="mono">${certificate.id}</bdi></p>
<h1>${headlineOf(certificate)}</h1>
<p class="lead">${before}${name && html`<b><bdi>${name}</bdi></b>`}${after}</p>
${warning && html`<p class="sim"><b>${warning.word}</b><span>${warning.sentence}</span></p>`}
<dl class="facts">${factsOf(certificate).map(
    (fact) =>
      html`<div><dt>${fact.term}</dt><dd>${fact.theirs ? html`<bdi>${fact.value}</bdi>` : fact.value}</dd></div>`,
  )}</dl>`
}

/** One row a project and registry transaction; many blocks stand below each other in it. */
function serialBlocks(certificate: Certificate): Html {
  return html`<section><h2 class="h2">Serial blocks</h2>
<table class="tbl blocks">
<thead><tr><th scope="col">Project</th><th scope="col">First and last serial number</th><th scope="col">Registry reference</th><th scope="col" class="r">Tonnes</th></tr></thead>
<tbody>${certificate.lines.map(
    (line) => html`
<tr><td class="project"><b><bdi lang="en">${line.project.title}</bdi></b><span class="sm">${projectText(line.project, line.vintage)}</span></td><td class="serials">${line.blocks.map(
      (block) =>
        html`<span class="block"><span><bdi dir="ltr" class="serial">${block.start}</bdi> <bdi dir="ltr" class="serial">${block.end}</bdi></span>${line.blocks.length > 1 && html` <span class="sm">${tonnesText(blockTonnes(block))}</span>`}</span>`,
    )}<span class="sm">${unitText(line)}</span></td><td class="reference"><bdi dir="ltr">${line.reference}</bdi><span class="sm">transaction <bdi dir="ltr">${line.transaction}</bdi></span></td><td class="r">${countText(line.quantity_tonnes)}</td></tr>`,
  )}
</tbody>
<tfoot><tr><td colspan="3">Units, each counted once</td><td class="r">${countText(certificate.quantity_tonnes)}</td></tr></tfoot>
</table></section>`
}

const history = (certificate: Certificate): Html =>
  html`<ol class="tl">${historyOf(certificate).map(
    (entry) =>
      html`${entry.permanent && html`<li class="noreturn">Permanent from here</li>`}<li${entry.permanent && html` class="final"`}><time>${entry.time}</time> <span>${entry.sentence}</span></li>`,
  )}</ol>
<p class="small no-print">Times in UTC.</p>`

function elsewhere(certificate: Certificate, pdfUrl: string): Html {
  const { size, path } = qrCode(certificate.url)
  return html`<div class="card address">
<svg class="qr" viewBox="-4 -4 ${size + 8} ${size + 8}" role="img" aria-label="QR code of this certificate's address"><rect x="-4" y="-4" width="${size + 8}" height="${size + 8}" fill="#fff"/><path fill="#10151d" shape-rendering="crispEdges" d="${path}"/></svg>
<div><h2 class="h2">Where it can be seen</h2><p class="small">Scan, or open this address:</p>
<p class="hex"><bdi dir="ltr" id="address">${certificate.url}</bdi></p></div>
</div>
<p class="acts"><a class="ghost primary" href="${pdfUrl}" type="application/pdf">Open the PDF</a>
<button class="ghost" type="button" data-copy="address" aria-describedby="copied" hidden>Copy the link</button>
<span id="copied" class="small" role="status"></span></p>`
}
