import { html, nothing, type TemplateResult } from 'lit'
import { type Amount, readMoney } from '../amount.ts'
import type { StringKey } from '../strings.ts'
import { chip, drawFault, drawPrice, onEnter, onInput, whichProjects } from './amount-step.ts'
import { ltr, type View, words } from './view.ts'

const BUDGET_PRESETS = [1_000, 2_500, 5_000, 10_000]

/** By a budget: what it buys, what that costs, and what stays. */
export const drawBudget = (view: View): TemplateResult => {
  const { purchase, actions, format } = view
  const amount = readMoney(purchase.typedBudget, purchase.decimal)
  const now = amount.kind === 'amount' ? amount.value : 0
  const fault = visibleFault(view, amount, 'money_')
  return html`
    <label class="field"><span class="label-text">${words(view, 'amount.budget_field')}</span>
      <span class="input xl ${fault ? 'bad' : ''}"><span class="currency">${ltr('US$')}</span>
        <input id="amount" part="input" inputmode="decimal" autocomplete="off" maxlength="24"
          aria-invalid=${fault ? 'true' : 'false'} aria-describedby="fault"
          .value=${purchase.typedBudget} @input=${onInput(view, 'budget')} @keydown=${onEnter(view)}></span>
    </label>
    ${drawFault(fault)}
    <div class="chips" part="presets">
      ${BUDGET_PRESETS.map((minor) =>
        chip(format.dollars(minor), now === minor, () =>
          actions.type('budget', String(minor / 100)),
        ),
      )}
    </div>
    ${whichProjects(view)}
    ${fault || amount.kind === 'fault' ? nothing : drawSums(view, amount.value, format)}`
}

/** An empty field complains only once the visitor wants to go on. */
export const visibleFault = (view: View, amount: Amount, prefix: '' | 'money_'): string | null => {
  if (amount.kind === 'amount') return null
  const { fault } = amount
  if (fault === 'empty' && !view.purchase.pressed) return null
  return words(view, `typed.${prefix}${fault}` as StringKey)
}

const drawSums = (view: View, budget: number, format: View['format']) => {
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

/** Why there is no price for this amount. */
export const drawRefusal = (view: View): TemplateResult => {
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
