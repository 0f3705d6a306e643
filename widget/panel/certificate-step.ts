import type { Certificate, Order } from '@offset-button/contract'
import { html, nothing, svg, type TemplateResult } from 'lit'
import { punchBand, tonnesPerHole } from '../perfin.ts'
import { copyIcon, downloadIcon, warningIcon } from './icons-later.ts'
import type { Page } from './shell.ts'
import type { Pages } from './steps.ts'
import { drawStrip } from './strip.ts'
import { richWords, type View, words } from './view.ts'

/** The end: what was cancelled, by serial number, and where the certificate is. */
const certificateStep = (view: View): Page => {
  const { order } = view.purchase
  return {
    title: words(view, 'certificate.title'),
    step: 4,
    final: true,
    gap: 'near',
    body: order ? drawDone(view, order) : html``,
    foot: order?.certificate ? drawLinks(view, order.certificate) : html``,
  }
}

const drawDone = (view: View, order: Order): TemplateResult => {
  const { certificate } = view.purchase
  return html`
    ${drawBand(view, order)}
    <div class="say"><h3 class="certificate-title">${words(view, 'certificate.done', {
      n: order.completed_tonnes,
    })}</h3><p>${dateLine(view, order)}</p></div>
    ${order.refunded_minor > 0 ? drawPart(view, order) : nothing}
    ${
      certificate
        ? drawBlocks(view, certificate)
        : html`<p class="waiting small" role="status"><span class="spinner" aria-hidden="true"></span>${words(view, 'certificate.loading')}</p>`
    }
    ${
      order.simulated
        ? html`<p class="note amber low">${warningIcon}<span>${richWords(view, 'certificate.simulated')}</span></p>`
        : nothing
    }
    ${
      view.copied === 'failed' && order.certificate
        ? html`<p class="small">${words(view, 'certificate.copy_failed')} <span class="mono ltr">${order.certificate.url}</span></p>`
        : nothing
    }`
}

const drawBand = (view: View, order: Order) => {
  const tonnes = view.format.tonnes(order.completed_tonnes)
  const band = punchBand(`${order.completed_tonnes} t`)
  const cut = order.fills.filter((fill) => fill.state === 'committed')
  const perHole = tonnesPerHole(order.completed_tonnes)
  return html`<div class="punched" part="perfin">
    <svg class="perfin" viewBox="0 0 ${band.width} ${band.height}" role="img"
      aria-label=${words(view, 'certificate.punched', { tonnes })}>
      ${svg`<path fill="currentColor" fill-rule="evenodd" d=${band.path}/>`}
    </svg>
    ${drawStrip(
      cut.map((fill) => ({ tonnes: fill.quantity_tonnes, look: 'cut' })),
      null,
      perHole,
    )}
    ${perHole > 1 ? html`<span class="small">${words(view, 'progress.hole', { tonnes: view.format.tonnes(perHole) })}</span>` : nothing}
  </div>`
}

const dateLine = (view: View, order: Order): string => {
  const at = order.steps.find((step) => step.step === 'completed')?.at ?? order.closed_at
  const date = view.format.date(at ?? order.created_at)
  return order.beneficiary === null
    ? words(view, 'certificate.on', { date })
    : words(view, 'certificate.for', { name: order.beneficiary, date })
}

const drawPart = (view: View, order: Order) =>
  html`<p class="note low">${warningIcon}<span>${words(view, 'certificate.part', {
    refund: view.format.total(order.refunded_minor),
    tonnes: view.format.tonnes(order.quantity_tonnes - order.completed_tonnes),
  })}</span></p>`

/** More blocks than this scroll in a box of their own. */
const MANY_BLOCKS = 6

const drawBlocks = (view: View, certificate: Certificate) => {
  const blocks = certificate.lines.reduce((sum, line) => sum + line.blocks.length, 0)
  const many = blocks > MANY_BLOCKS
  return html`<div class=${many ? 'scroll' : ''} tabindex=${many ? '0' : nothing} role=${many ? 'group' : nothing}
    aria-label=${many ? words(view, 'certificate.blocks') : nothing}>
    <table class="blocks" part="blocks"><caption class="hidden">${words(view, 'certificate.blocks')}</caption><tbody>
      ${certificate.lines.map(
        (line) =>
          html`<tr><td translate="no">${line.blocks.map(
            (block) =>
              html`<span class="serial">${block.start}</span><span class="serial">${block.end}</span>`,
          )}</td><td>${view.format.tonnes(line.quantity_tonnes)}<br><span class="muted ltr" translate="no">${line.reference}</span></td></tr>`,
      )}
    </tbody></table></div>`
}

const drawLinks = (view: View, links: NonNullable<Order['certificate']>) =>
  html`<a class="act" href=${links.url} target="_blank" rel="noopener">${words(view, 'certificate.open')}</a>
    <div class="pair">
      <a class="act second low" href=${links.pdf_url} target="_blank" rel="noopener">${downloadIcon} ${words(view, 'certificate.pdf')}</a>
      <button class="act second low" type="button" @click=${view.actions.copyLink}>${copyIcon} ${words(
        view,
        view.copied === 'yes' ? 'certificate.copied' : 'certificate.copy',
      )}</button>
    </div>
    ${
      'share' in navigator
        ? html`<button class="act second low" type="button" @click=${view.actions.share}>${words(view, 'certificate.share')}</button>`
        : nothing
    }
    <button class="act quiet" type="button" @click=${view.actions.reset}>${words(view, 'resume.new')}</button>`

export const pages: Pages = { certificate: certificateStep }
export const styles: readonly string[] = []
