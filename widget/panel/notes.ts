import { html, nothing, type TemplateResult } from 'lit'
import { readTonnes } from '../amount.ts'
import { clockIcon, warningIcon } from './icons-later.ts'
import { richWords, type View, words } from './view.ts'

/** What stands in the way of the step, if anything: a note that says what it means for the money. */
export const drawNote = (view: View): TemplateResult | typeof nothing => {
  const { purchase } = view
  const code = purchase.trouble?.code
  if (code === 'offline')
    return html`<div class="note" role="alert">${warningIcon}<span>${richWords(
      view,
      purchase.work === 'idle' && purchase.order === null
        ? 'trouble.offline'
        : 'trouble.offline_paying',
    )}</span></div>`
  if (code === 'card_declined') return alert(view, 'trouble.declined')
  if (code === 'order_not_stoppable') return alert(view, 'trouble.not_stoppable')
  if (code === 'internal') return alert(view, 'trouble.internal')
  if (code === 'too_many_fills') return alert(view, 'trouble.too_many')
  const isUnknown = code && purchase.step === 'payment' && purchase.work === 'idle'
  if (code === 'outcome_unknown' || isUnknown) return alert(view, 'trouble.unknown')
  return code || purchase.asking === 'slow' ? drawSlow(view) : nothing
}

const drawSlow = (view: View) => {
  const { by, decimal, quote, typedTonnes } = view.purchase
  const typed = by === 'tonnes' ? readTonnes(typedTonnes, decimal) : undefined
  const tonnes = quote?.quantity_tonnes ?? (typed?.kind === 'amount' ? typed.value : undefined)
  return html`<div class="note" role="status">${clockIcon}<span>${
    tonnes === undefined
      ? words(view, 'trouble.slow')
      : words(view, 'trouble.slow_tonnes', { tonnes: view.format.tonnes(tonnes) })
  } <button class="link" type="button" @click=${view.actions.askNow}>${words(
    view,
    'trouble.ask_now',
  )}</button></span></div>`
}

const alert = (view: View, key: Parameters<typeof richWords>[1]) =>
  html`<div class="note red" role="alert">${warningIcon}<span>${richWords(view, key)}</span></div>`

/** Arrow keys move between tabs as they are seen, Home and End to the first and last. */
export const onTabKey = (event: KeyboardEvent) => {
  const list = event.currentTarget as HTMLElement
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]
  const here = tabs.findIndex((it) => it.ariaSelected === 'true')
  const on = list.matches(':dir(rtl)') ? -1 : 1
  const moves: Record<string, number> = {
    ArrowRight: here + on,
    ArrowLeft: here - on,
    Home: 0,
    End: -1,
  }
  const to = moves[event.key]
  if (to === undefined) return
  event.preventDefault()
  const tab = tabs.at(to % tabs.length)
  tab?.focus()
  tab?.click()
}
