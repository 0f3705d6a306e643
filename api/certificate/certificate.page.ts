import type { Certificate } from '@offset-button/contract'
import { copyScript } from '../pages/assets.ts'
import { isoDay } from '../pages/format.ts'
import { type Html, html } from '../pages/html.ts'
import type { Language } from '../pages/language.ts'
import { page } from '../pages/layout.ts'
import { linkTo, type Reader } from '../pages/reader.ts'
import { blockTonnes, stripOfCertificate } from './certificate-blocks.ts'
import {
  claimsOf,
  factsOf,
  headlineOf,
  historyOf,
  statementParts,
  titleOf,
  unitText,
  warningOf,
} from './certificate-words.ts'
import { perfinPath, stripPath } from './perfin.ts'
import { qrCode } from './qr.ts'

/** The public page of a certificate; `pdfUrl` is where the same certificate is served as PDF. */
export function certificatePage(
  reader: Reader,
  certificate: Certificate,
  options: { readonly pdfUrl: string },
): string {
  const { language } = reader
  const { say } = language
  const warning = warningOf(language, certificate)
  return page(reader, {
    title: titleOf(language, certificate),
    test: certificate.simulated,
    scripts: [copyScript],
    indexed: false,
    body: html`<main class="lay">
<article class="doc">
${punched(language, certificate)}
<div class="in">
${record(language, certificate)}
${serialBlocks(language, certificate)}
<div class="two">
<section><h2 class="h2">${say('history.title')}</h2>${history(language, certificate)}</section>
<section><h2 class="h2">${say('claims.title')}</h2><ul class="claims">${claimsOf(language, certificate).map((claim) => html`<li>${claim}</li>`)}</ul></section>
</div>
</div>
${warning && html`<div class="margin" aria-hidden="true"><span>${warning.word}</span><span>${warning.word}</span><span>${warning.word}</span></div>`}
</article>
<aside class="rail" aria-label="${say('where.label')}">${elsewhere(language, certificate, linkTo(reader, options.pdfUrl))}</aside>
</main>`,
  })
}

/** The band and the strip; the narrow drawing is for small screens, where the date finds no room. */
function punched({ day, say, tonnes }: Language, certificate: Certificate): Html {
  const { completed_at: at, quantity_tonnes: n } = certificate
  const amount = `${n} t`
  const date = isoDay(at)
  const { segments, tonnesPerHole } = stripOfCertificate(certificate)
  const label = say('frame.counted', {
    title: day(at),
    count: say('certificate.punched', { tonnes: tonnes(n) }),
  })
  const drawing = (kind: string, width: number, band: number, path: string) =>
    html`<svg class="perfin ${kind}" viewBox="0 0 ${width} ${band + 33}" role="img" aria-label="${label}"><path fill="currentColor" fill-rule="evenodd" d="${path}"/><path fill="currentColor" fill-rule="evenodd" transform="translate(0 ${band + 3})" d="${stripPath({ width, height: 30 }, segments)}"/></svg>`
  return html`<div class="punched">
${drawing('wide', 796, 100, perfinPath({ width: 796, height: 100, margin: 52 }, amount, date))}
${drawing('narrow', 390, 92, perfinPath({ width: 390, height: 92, margin: 18 }, amount))}
${tonnesPerHole > 1 && html`<p class="scale">${say('blocks.strip', { tonnes: tonnes(tonnesPerHole) })}</p>`}
</div>`
}

function record(language: Language, certificate: Certificate): Html {
  const { code, say } = language
  const warning = warningOf(language, certificate)
  const { before, name, after } = statementParts(language, certificate)
  const isTold = code !== 'en'
  return html`<p class="ref"><span>${say('record.kind')}</span><bdi dir="ltr" class="mono">${certificate.id}</bdi></p>
<h1>${headlineOf(language, certificate)}</h1>
<p class="lead">${before}${name && html`<b><bdi>${name}</bdi></b>`}${after}</p>
${isTold && html`<p class="small issued">${say('record.issued')} <bdi lang="en" dir="ltr">${certificate.statement}</bdi></p>`}
${warning && html`<p class="sim"><b>${warning.word}</b><span>${warning.sentence}</span></p>`}
<dl class="facts">${factsOf(language, certificate).map(
    (fact) =>
      html`<div><dt>${fact.term}</dt><dd>${fact.theirs ? html`<bdi>${fact.value}</bdi>` : fact.value}</dd></div>`,
  )}</dl>`
}

/** One row a project and registry transaction; many blocks stand below each other in it. */
function serialBlocks(language: Language, certificate: Certificate): Html {
  const { count, project, rich, say, tonnes } = language
  return html`<section><h2 class="h2">${say('blocks.title')}</h2>
<table class="tbl blocks">
<thead><tr><th scope="col">${say('market.project')}</th><th scope="col">${say('blocks.serials')}</th><th scope="col">${say('blocks.reference')}</th><th scope="col" class="r">${say('amount.tonnes')}</th></tr></thead>
<tbody>${certificate.lines.map(
    (line) => html`
<tr><td class="project"><b><bdi lang="en">${line.project.title}</bdi></b><span class="sm">${project(line.project, line.vintage)}</span></td><td class="serials">${line.blocks.map(
      (block) =>
        html`<span class="block"><span><bdi dir="ltr" class="serial">${block.start}</bdi> <bdi dir="ltr" class="serial">${block.end}</bdi></span>${line.blocks.length > 1 && html` <span class="sm">${tonnes(blockTonnes(block))}</span>`}</span>`,
    )}<span class="sm">${unitText(language, line)}</span></td><td class="reference"><bdi dir="ltr">${line.reference}</bdi><span class="sm">${rich('blocks.transaction', { id: html`<bdi dir="ltr">${line.transaction}</bdi>` })}</span></td><td class="r"><span class="count">${count(line.quantity_tonnes)}</span><span class="narrow">${tonnes(line.quantity_tonnes)}</span></td></tr>`,
  )}
</tbody>
<tfoot><tr><td colspan="3">${say('blocks.total')}</td><td class="r">${count(certificate.quantity_tonnes)}</td></tr></tfoot>
</table></section>`
}

const history = (language: Language, certificate: Certificate): Html =>
  html`<ol class="tl">${historyOf(language, certificate).map(
    (entry) =>
      html`${entry.permanent && html`<li class="noreturn">${language.say('progress.permanent')}</li>`}<li${entry.permanent && html` class="final"`}><time>${entry.time}</time> <span>${entry.sentence}</span></li>`,
  )}</ol>
<p class="small no-print">${language.say('order.utc')}</p>`

function elsewhere({ say }: Language, certificate: Certificate, pdfUrl: string): Html {
  const { size, path } = qrCode(certificate.url)
  return html`<div class="card address">
<svg class="qr" viewBox="-4 -4 ${size + 8} ${size + 8}" role="img" aria-label="${say('where.qr')}"><rect x="-4" y="-4" width="${size + 8}" height="${size + 8}" fill="#fff"/><path fill="#10151d" shape-rendering="crispEdges" d="${path}"/></svg>
<div><h2 class="h2">${say('where.title')}</h2><p class="small">${say('where.scan')}</p>
<p class="hex"><bdi dir="ltr" id="address">${certificate.url}</bdi></p></div>
</div>
<p class="acts"><a class="ghost primary" href="${pdfUrl}" type="application/pdf">${say('where.pdf')}</a>
<button class="ghost" type="button" data-copy="address" data-copied="${say('certificate.copied')}" data-selected="${say('where.selected')}" aria-describedby="copied" hidden>${say('certificate.copy')}</button>
<span id="copied" class="small" role="status"></span></p>`
}
