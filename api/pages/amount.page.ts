import type { Market } from '@offset-button/contract'
import { countText, tonnesText } from './format.ts'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { filterFields } from './market-filters.ts'
import { type Choice, choicePath, type Faults, hiddenFields, inTonnes } from './purchase-choice.ts'
import { closedNotice, demoNotice, stepLine } from './purchase-frame.ts'

/** Why there is no quote for a choice, and what would have one. */
export type AmountTrouble = {
  /** What happened, then what it means for the money. */
  readonly title: string
  readonly text: string
  /** So many tonnes could be had. */
  readonly tonnes?: number
}

const HERE = ['by', 'tonnes', 'budget', 'max_price', 'host', 'technology', 'project', 'scope']
const YEARS = ['unit_type', 'vintage_from', 'vintage_to']
const LEFT_OUT = [
  'project',
  'host',
  'technology',
  'scope',
  'unit_type',
  'vintage_from',
  'vintage_to',
]
const SHOWN = [...HERE, ...YEARS, ...LEFT_OUT.map((name) => `not_${name}`)]

/** How much, and of which projects: a form that needs no script and asks for the quote. */
export function amountPage(
  market: Market,
  choice: Choice,
  told: { readonly faults?: Faults; readonly trouble?: AmountTrouble } = {},
): string {
  const { faults = {}, trouble } = told
  return page({
    title: `How much?${market.demo ? ' (demo)' : ''}`,
    test: market.test,
    indexed: false,
    body: html`<main class="main buy">
${stepLine('amount')}
<h1 class="h1">How much?</h1>
<p class="sub">Carbon credits of UN projects, one tonne of CO₂e each. The registry cancels them for good in your name: cheapest first, and at one price whoever offered first.</p>
${demoNotice(market)}${closedNotice(market)}
${trouble && troubleBox(trouble, choice)}
<form class="card slip" method="get" action="/buy/quote">
${hiddenFields(choice, SHOWN)}
<fieldset class="amounts"><legend class="h2">Amount</legend>
${amountRow({ choice, by: 'tonnes', label: 'Tonnes', after: 't', fault: faults.tonnes, hint: 'One credit is one tonne. Whole tonnes only.' })}
${amountRow({ choice, by: 'budget', label: 'Budget, fees included', before: 'US$', fault: faults.budget, hint: 'Buys as many whole tonnes as it pays for.' })}
</fieldset>
${whichProjects(market, choice, faults)}
<div class="act"><button class="ghost primary wide" type="submit">See the quote</button>
<p class="small">Nothing is held and nothing charged by looking.</p></div>
</form>
</main>`,
  })
}

function amountRow(row: {
  readonly choice: Choice
  readonly by: 'tonnes' | 'budget'
  readonly label: string
  readonly before?: string
  readonly after?: string
  readonly hint: string
  readonly fault: string | undefined
}): Html {
  const { by, choice, fault } = row
  const value = by === 'tonnes' ? choice.tonnes || (choice.budget ? '' : '1') : choice.budget
  const invalid = fault && html` aria-invalid="true"`
  return html`<div class="row">
<label class="pick"><input type="radio" name="by" value="${by}"${choice.by === by && html` checked`}><span>${row.label}</span></label>
<span class="typed">${row.before && html`<span aria-hidden="true">${row.before}</span>`}<input type="text" inputmode="${by === 'tonnes' ? 'numeric' : 'decimal'}" name="${by}" value="${value}" autocomplete="off" aria-label="${row.label}" aria-describedby="${by}-hint"${invalid}>${row.after && html`<span aria-hidden="true">${row.after}</span>`}</span>
<p class="hint ${fault ? 'fault' : 'small'}" id="${by}-hint">${fault ?? row.hint}</p>
</div>`
}

function whichProjects(market: Market, choice: Choice, { maxPrice: fault }: Faults): Html {
  const set = Object.keys(choice.filter).length + (choice.maxPrice === '' ? 0 : 1)
  return html`<details class="which"${(set > 0 || fault) && html` open`}>
<summary>Which projects: ${set === 0 ? 'any' : 'a choice of yours'}<span class="small beside">${tonnesText(market.available_tonnes)}, ${countText(market.projects)} ${market.projects === 1 ? 'project' : 'projects'}</span></summary>
<div class="filters">
${filterFields(market, choice.filter)}
<fieldset><legend>Most for one tonne</legend>
<span class="typed"><span aria-hidden="true">US$</span><input type="text" inputmode="decimal" name="max_price" value="${choice.maxPrice}" autocomplete="off" aria-label="Most for one tonne, in dollars" aria-describedby="max-hint"${fault && html` aria-invalid="true"`}></span>
<p class="${fault ? 'fault' : 'small'}" id="max-hint">${fault ?? 'Before fees. Leave it empty for no limit.'}</p></fieldset>
</div></details>`
}

const troubleBox = (trouble: AmountTrouble, choice: Choice): Html =>
  html`<div class="card trouble" role="alert"><h2 class="h2">${trouble.title}</h2>
<p class="sub">${trouble.text}</p>
${trouble.tonnes !== undefined && html`<p><a class="ghost" href="${choicePath('/buy/quote', inTonnes(choice, trouble.tonnes))}">Take ${tonnesText(trouble.tonnes)}</a></p>`}</div>`
