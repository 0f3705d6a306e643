import { html, nothing, type TemplateResult } from 'lit'
import type { Amount } from '../amount.ts'
import { NO_CHOICE } from '../choice.ts'
import { perTonne } from '../format.ts'
import { lessIcon, moreIcon } from './icons.ts'
import { drawTrouble, drawWait, type Page } from './shell.ts'
import { ltr, type View, words } from './view.ts'

const TONNE_PRESETS = [1, 5, 12, 25]

/** Step 1: how much, by tonnes or by budget. */
export const amountStep = (view: View): Page => ({
  title: words(view, 'amount.title'),
  step: 1,
  body: html`
    ${drawTabs(view)}
    <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby="tab-${view.purchase.by}">
      ${view.purchase.by === 'tonnes' ? byTonnes(view) : (view.more?.drawBudget(view) ?? drawWait(view))}
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

type Tab = 'tonnes' | 'budget' | 'estimate'

const ignore = (): void => {}

/** Three ways to an amount. */
export const drawTabs = (view: View): TemplateResult => {
  const { by, step, typedTonnes, typedBudget } = view.purchase
  const { type, openEstimate } = view.actions
  const shown: Tab = step === 'estimate' ? step : by
  const tab = (name: Tab, choose: () => void) =>
    html`<button type="button" role="tab" id="tab-${name}" aria-controls="tab-panel"
      aria-selected=${name === shown ? 'true' : 'false'} tabindex=${name === shown ? 0 : -1}
      @click=${choose}>${words(view, `amount.${name}`)}</button>`
  return html`<div class="tabs" role="tablist" aria-label=${words(view, 'amount.title')} @keydown=${view.more?.onTabKey ?? ignore}>
    ${tab('tonnes', () => type('tonnes', typedTonnes))}
    ${tab('budget', () => type('budget', typedBudget))}
    ${tab('estimate', openEstimate)}
  </div>`
}

const byTonnes = (view: View): TemplateResult => {
  const { purchase, actions } = view
  const text = purchase.typedTonnes
  // Before the later steps have come, the text is the page's own number.
  const amount: Amount = view.more?.readTonnes(text, purchase.decimal) ?? {
    kind: 'amount',
    value: Number(text),
  }
  const now = amount.kind === 'amount' ? amount.value : 0
  const fault = view.more?.visibleFault(view, amount, '') ?? null
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
          aria-describedby="fault" .value=${text} @input=${onInput(view, 'tonnes')} @keydown=${onEnter(view)}>
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

/** What it costs now; or why there is no price. */
export const drawPrice = (view: View) => {
  const { purchase, format } = view
  if (purchase.refusal) return view.more?.drawRefusal(view) ?? nothing
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

/** Which projects, and the way to change it. */
export const whichProjects = (view: View): TemplateResult => {
  const { purchase, settings } = view
  const isAll = purchase.choice === NO_CHOICE && Object.keys(settings.bounds).length === 0
  return html`<div class="option" part="filter">
    <span class="strong">${words(view, 'amount.which')}</span>
    <button class="link" type="button" @click=${view.actions.openFilter}>${words(view, 'amount.change')}</button>
    <span class="small">${isAll ? words(view, 'amount.all_projects') : (view.more?.describeChoice(view) ?? '…')}</span>
  </div>`
}

export const drawFault = (fault: string | null): TemplateResult =>
  html`<p class="fault" id="fault" role="alert" ?hidden=${fault === null}>${fault ?? ''}</p>`

export const chip = (label: string, pressed: boolean, onClick: () => void): TemplateResult =>
  html`<button class="chip" type="button" aria-pressed=${pressed ? 'true' : 'false'}
    @click=${onClick}>${label}</button>`

export const onInput = (view: View, by: 'tonnes' | 'budget') => (event: Event) =>
  view.actions.type(by, (event.target as HTMLInputElement).value)

export const onEnter = (view: View) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') view.actions.wantQuote()
}
