import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { type AmountFault, readMoney, readTonnes } from '../amount.ts'
import { describeFilter, filterOf } from '../choice.ts'
import { perTonne } from '../format.ts'
import type { StringKey } from '../strings.ts'
import { lessIcon, moreIcon } from './icons.ts'
import { drawTrouble, type Page } from './shell.ts'
import { ltr, type View, words } from './view.ts'

const TONNE_PRESETS = [1, 5, 12, 25]
const BUDGET_PRESETS = [1_000, 2_500, 5_000, 10_000]

/** Step 1: how much, by tonnes or by budget. */
export const amountStep = (view: View): Page => ({
  title: words(view, 'amount.title'),
  step: 1,
  body: html`
    <div class="tabs" role="tablist" aria-label=${words(view, 'amount.title')} @keydown=${onTabKey}>
      ${tab(view, 'tonnes')}${tab(view, 'budget')}
    </div>
    <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby="tab-${view.purchase.by}">
      ${view.purchase.by === 'tonnes' ? byTonnes(view) : byBudget(view)}
    </div>
    ${drawTrouble(view)}`,
  foot: html`<button class="act" type="button" @click=${view.actions.wantQuote}>${words(
    view,
    'amount.see_quote',
  )}</button>
  ${
    view.purchase.by === 'tonnes'
      ? html`<p class="small centre">${words(view, 'amount.whole')}</p>`
      : nothing
  }`,
})

const tab = (view: View, by: 'tonnes' | 'budget') => {
  const selected = view.purchase.by === by
  const text = by === 'tonnes' ? view.purchase.typedTonnes : view.purchase.typedBudget
  return html`<button type="button" role="tab" id="tab-${by}" aria-controls="tab-panel"
    aria-selected=${selected ? 'true' : 'false'} tabindex=${selected ? 0 : -1}
    @click=${() => view.actions.type(by, text)}>${words(view, `amount.${by}`)}</button>`
}

/** Arrow keys move between tabs, Home and End to the first and last. */
const onTabKey = (event: KeyboardEvent) => {
  if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return
  const list = event.currentTarget as HTMLElement
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]
  const here = tabs.findIndex((it) => it.getAttribute('aria-selected') === 'true')
  const next =
    event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : (here + 1) % tabs.length
  event.preventDefault()
  tabs[next]?.click()
  tabs[next]?.focus()
}

const byTonnes = (view: View): TemplateResult => {
  const { purchase, actions } = view
  const text = purchase.typedTonnes
  const amount = readTonnes(text)
  const now = amount.kind === 'amount' ? amount.value : 0
  const fault = visibleFault(view, amount, '')
  const step = (by: number) => () => actions.type('tonnes', String(Math.max(1, now + by)))
  return html`
    <div class="amount" part="amount">
      <button class="icon-button" type="button" aria-label=${words(view, 'amount.less')}
        @click=${step(-1)}>${lessIcon}</button>
      <div class="big">
        <input class=${text.length > 9 ? 'longer' : text.length > 5 ? 'long' : ''} part="input" id="amount"
          inputmode="numeric" autocomplete="off" maxlength="24"
          .style=${`--_n:${Math.max(1, text.length)}`}
          aria-label=${words(view, 'amount.field')} aria-invalid=${fault ? 'true' : 'false'}
          aria-describedby="fault" .value=${live(text)} @input=${onInput(view, 'tonnes')} @keydown=${onEnter(view)}>
        <span aria-hidden="true">${words(view, 'tonnes.unit')}</span>
      </div>
      <button class="icon-button" type="button" aria-label=${words(view, 'amount.more')}
        @click=${step(1)}>${moreIcon}</button>
    </div>
    ${drawFault(fault)}
    <div class="chips centre" part="presets">
      ${TONNE_PRESETS.map((tonnes) =>
        chip(view.format.tonnes(tonnes), now === tonnes, () =>
          actions.type('tonnes', String(tonnes)),
        ),
      )}
    </div>
    ${whichProjects(view)}
    ${fault ? nothing : drawPrice(view)}`
}

const byBudget = (view: View): TemplateResult => {
  const { purchase, actions, format } = view
  const amount = readMoney(purchase.typedBudget)
  const now = amount.kind === 'amount' ? amount.value : 0
  const fault = visibleFault(view, amount, 'money_')
  return html`
    <label class="field"><span class="label-text">${words(view, 'amount.budget_field')}</span>
      <span class="input xl ${fault ? 'bad' : ''}"><span class="currency">US$</span>
        <input id="amount" part="input" inputmode="decimal" autocomplete="off" maxlength="24"
          aria-invalid=${fault ? 'true' : 'false'} aria-describedby="fault"
          .value=${live(purchase.typedBudget)} @input=${onInput(view, 'budget')} @keydown=${onEnter(view)}></span>
    </label>
    ${drawFault(fault)}
    <div class="chips" part="presets">
      ${BUDGET_PRESETS.map((minor) =>
        chip(`$${minor / 100}`, now === minor, () => actions.type('budget', String(minor / 100))),
      )}
    </div>
    ${whichProjects(view)}
    ${fault || amount.kind === 'fault' ? nothing : drawBudget(view, amount.value, format)}`
}

const drawBudget = (view: View, budget: number, format: View['format']) => {
  const quote = view.purchase.quote
  if (quote === null) return drawPrice(view)
  const next = quote.next_tonne_total_minor
  return html`<dl class="pairs ruled" part="sum">
      <dt>${words(view, 'amount.buys')}</dt><dd class="strong large">${format.tonnes(quote.quantity_tonnes)}</dd>
      <dt>${words(view, 'amount.costs')}</dt><dd class="strong">${ltr(format.total(quote.amounts.total_minor))}</dd>
      <dt>${words(view, 'amount.keep')}</dt><dd>${ltr(format.total(Math.max(0, budget - quote.amounts.total_minor)))}</dd>
    </dl>
    <p class="small">${
      next === null
        ? words(view, 'amount.no_next')
        : words(view, 'amount.next', { next: format.total(next), n: quote.quantity_tonnes })
    }</p>`
}

const drawPrice = (view: View) => {
  const { purchase, format } = view
  if (purchase.refusal) return drawRefusal(view)
  const quote = purchase.quote
  return html`<dl class="pairs" part="sum">
    <dt>${words(view, 'amount.now')}</dt>
    <dd class="strong">${quote ? ltr(format.total(quote.amounts.total_minor)) : '…'}</dd>
    <dt class="small">${words(view, 'amount.average')}</dt>
    <dd class="small">${
      quote
        ? words(view, 'amount.a_tonne', {
            price: format.line(perTonne(quote.amounts.projects_minor, quote.quantity_tonnes)),
          })
        : '…'
    }</dd>
  </dl>`
}

const drawRefusal = (view: View) => {
  const { refusal } = view.purchase
  const problem = refusal?.problem
  const key: StringKey =
    refusal?.code === 'not_enough_available'
      ? 'left.left'
      : refusal?.code === 'amount_too_small'
        ? problem?.minimum_tonnes === undefined
          ? 'small.budget'
          : 'small.least'
        : refusal?.code === 'amount_too_large'
          ? 'large.most'
          : 'filter.nothing'
  const tonnes =
    problem?.available_tonnes ?? problem?.minimum_tonnes ?? problem?.maximum_tonnes ?? 0
  return html`<p class="small strong" role="status">${words(view, key, {
    tonnes: view.format.tonnes(tonnes),
  })}</p>`
}

const whichProjects = (view: View) => {
  const filter = filterOf(view.settings.bounds, view.purchase.choice)
  return html`<div class="option" part="filter">
    <span class="strong">${words(view, 'amount.which')}</span>
    <button class="link" type="button" @click=${view.actions.openFilter}>${words(view, 'amount.change')}</button>
    <span class="small">${
      describeFilter(view.language, view.format, filter) ?? words(view, 'amount.all_projects')
    }</span>
  </div>`
}

/** An empty field complains only once the visitor wants to go on. */
const visibleFault = (
  view: View,
  amount: ReturnType<typeof readTonnes>,
  prefix: '' | 'money_',
): string | null => {
  if (amount.kind === 'amount') return null
  const fault: AmountFault = amount.fault
  if (fault === 'empty' && !view.purchase.pressed) return null
  return words(view, `typed.${prefix}${fault}` as StringKey)
}

const drawFault = (fault: string | null) =>
  html`<p class="fault" id="fault" role="alert" ?hidden=${fault === null}>${fault ?? ''}</p>`

const chip = (label: string, pressed: boolean, onClick: () => void) =>
  html`<button class="chip" type="button" aria-pressed=${pressed ? 'true' : 'false'}
    @click=${onClick}>${label}</button>`

const onInput = (view: View, by: 'tonnes' | 'budget') => (event: Event) =>
  view.actions.type(by, (event.target as HTMLInputElement).value)

const onEnter = (view: View) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') view.actions.wantQuote()
}
