import type { Order } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import { isRegistrySilent, type ProgressRow, progressOf, refusedOf } from '../order-progress.ts'
import { tonnesPerHole } from '../perfin.ts'
import { clockIcon } from './icons-later.ts'
import { drawTrouble, type Page } from './shell.ts'
import type { Pages } from './steps.ts'
import { drawStrip, type Segment } from './strip.ts'
import { type View, words } from './view.ts'

/** Step 4: the registry's steps, as the order tells them. */
const progressStep = (view: View): Page => {
  const { order, resumed } = view.purchase
  const n = order?.quantity_tonnes ?? 0
  return {
    title: words(view, resumed ? 'resume.title' : 'progress.title', { n }),
    step: 4,
    gap: resumed ? 'near' : 'list',
    body: order ? drawProgress(view, order) : html``,
    foot: html`<p class="small">${words(view, 'progress.close')}</p>${
      resumed
        ? html`<button class="act second" type="button" @click=${view.actions.reset}>${words(view, 'resume.new')}</button>`
        : nothing
    }`,
  }
}

const drawProgress = (view: View, order: Order): TemplateResult => {
  const refused = refusedOf(order)
  return html`
    ${view.purchase.resumed ? drawWelcome(view, order) : nothing}
    ${drawTrouble(view)}
    <ul class="progress" part="progress">
      ${progressOf(order).map(
        (row) => html`${row.key === 'certificate' && refused ? drawRefused(view, refused) : nothing}
          ${drawRow(view, order, row)}`,
      )}
    </ul>
    ${
      isRegistrySilent(order, view.nowMs)
        ? html`<div class="note">${clockIcon}<span>${words(view, 'progress.silent')}</span></div>`
        : nothing
    }`
}

const drawWelcome = (view: View, order: Order) => {
  const charged = order.state === 'captured' || order.state === 'closed'
  const values = {
    tonnes: view.format.tonnes(order.quantity_tonnes),
    total: view.format.total(order.amounts.total_minor),
    time: view.format.shortTime(order.created_at),
  }
  return html`<div class="say"><h3>${words(view, 'resume.under_way')}</h3><p>${words(
    view,
    charged ? 'resume.paid_once' : 'resume.going_on',
    values,
  )}</p></div>`
}

const drawRow = (view: View, order: Order, row: ProgressRow): TemplateResult => {
  const time = row.at && row.mark !== 'now' ? view.format.time(row.at) : ''
  const now = row.mark === 'now' ? words(view, 'progress.now') : ''
  const item = html`<li class=${row.mark}><span class="square"></span><span class="name">${nameOf(view, order, row)}</span>
    <span class="time">${row.key === 'completed' && row.mark === 'fin' ? countOf(view, order, row) : now || time}</span>
    ${row.key === 'completed' && row.mark === 'fin' ? drawPunched(view, order) : nothing}</li>`
  if (row.key !== 'completed') return item
  return html`<li class="permanent">${words(view, 'progress.permanent')}</li>${item}`
}

const countOf = (view: View, order: Order, row: ProgressRow) =>
  row.at && order.completed_tonnes === order.quantity_tonnes
    ? view.format.time(row.at)
    : words(view, 'progress.some', { done: order.completed_tonnes, n: order.quantity_tonnes })

const nameOf = (view: View, order: Order, row: ProgressRow): string => {
  const total = view.format.total(order.amounts.total_minor)
  const n = order.quantity_tonnes
  const done = row.mark === 'ok'
  switch (row.key) {
    case 'reserved':
      return words(view, 'progress.reserved', { n })
    case 'authorised':
      return words(view, done ? 'progress.authorised' : 'progress.authorising')
    case 'checked':
      return words(view, done ? 'progress.checked' : 'progress.checking')
    case 'captured':
      return done
        ? words(view, 'progress.captured', { total: view.format.total(order.captured_minor) })
        : words(view, 'progress.capturing', { total })
    case 'completed':
      return order.completed_tonnes === n
        ? words(view, 'progress.completed', { n })
        : words(view, 'progress.completing')
    case 'certificate':
      return words(view, 'progress.certificate')
    default: {
      const never: never = row.key
      return never
    }
  }
}

const drawPunched = (view: View, order: Order) => {
  const alive = order.fills.filter((fill) => fill.state === 'held' || fill.state === 'committed')
  const perHole = tonnesPerHole(order.quantity_tonnes)
  const label = words(view, 'progress.strip', {
    done: order.completed_tonnes,
    n: order.quantity_tonnes,
  })
  const segments: Segment[] = alive.map((fill) => ({
    tonnes: fill.quantity_tonnes,
    look: fill.state === 'committed' ? 'cut' : 'todo',
  }))
  const open = order.quantity_tonnes - alive.reduce((sum, fill) => sum + fill.quantity_tonnes, 0)
  if (open > 0) segments.push({ tonnes: open, look: 'todo' })
  return html`${drawStrip(segments, label, perHole)}${
    perHole > 1
      ? html`<span class="small">${words(view, 'progress.hole', { tonnes: view.format.tonnes(perHole) })}</span>`
      : nothing
  }`
}

const drawRefused = (view: View, refused: { tonnes: number; costMinor: number }) =>
  html`<li class="now"><span class="square"></span><span class="name">${words(
    view,
    'progress.rematching',
    {
      n: refused.tonnes,
    },
  )}</span><span class="time">${words(view, 'progress.now')}</span>
    <span class="small">${words(view, 'progress.refused', {
      n: refused.tonnes,
      cost: view.format.line(refused.costMinor),
    })}</span></li>`

export const pages: Pages = { progress: progressStep }
export const styles: readonly string[] = []
