import type { Market } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { filterFields } from './market-filters.ts'
import { type Choice, choicePath, type Faults, hiddenFields, inTonnes } from './purchase-choice.ts'
import { closedNotice, demoNotice, markedTitle, stepLine } from './purchase-frame.ts'
import { languageField, linkTo, type Reader } from './reader.ts'

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
const FORM = 'amount'

/** How much, and of which projects: a form that needs no script and asks for the quote. */
export function amountPage(
  reader: Reader,
  market: Market,
  choice: Choice,
  told: { readonly faults?: Faults; readonly trouble?: AmountTrouble } = {},
): string {
  const { faults = {}, trouble } = told
  const { language } = reader
  const { say } = language
  return page(reader, {
    title: markedTitle(language, say('amount.title'), market),
    test: market.test,
    indexed: false,
    form: { id: FORM, action: '/buy' },
    body: html`<main class="main buy">
${stepLine(language, 'amount')}
<h1 class="h1">${say('amount.title')}</h1>
<p class="sub">${say('amount.intro')}</p>
${demoNotice(language, market)}${closedNotice(language, market)}
${trouble && troubleBox(reader, trouble, choice)}
<form class="card slip" id="${FORM}" method="get" action="/buy/quote">
${languageField(reader)}${hiddenFields(choice, SHOWN)}
<fieldset class="amounts"><legend class="h2">${say('step.amount')}</legend>
${amountRow({ choice, by: 'tonnes', label: say('amount.tonnes'), after: say('amount.after'), fault: faults.tonnes, hint: say('amount.whole') })}
${amountRow({ choice, by: 'budget', label: say('amount.budget_fees'), before: 'US$', fault: faults.budget, hint: say('amount.budget_hint') })}
</fieldset>
${whichProjects(reader, market, choice, faults)}
<div class="act"><button class="ghost primary wide" type="submit">${say('amount.see_quote')}</button>
<p class="small">${say('amount.looking')}</p></div>
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
<span class="typed">${row.before && html`<span dir="ltr" aria-hidden="true">${row.before}</span>`}<input type="text" dir="ltr" inputmode="${by === 'tonnes' ? 'numeric' : 'decimal'}" name="${by}" value="${value}" autocomplete="off" aria-label="${row.label}" aria-describedby="${by}-hint"${invalid}>${row.after && html`<span aria-hidden="true">${row.after}</span>`}</span>
<p class="hint ${fault ? 'fault' : 'small'}" id="${by}-hint">${fault ?? row.hint}</p>
</div>`
}

function whichProjects(
  { language }: Reader,
  market: Market,
  choice: Choice,
  { maxPrice: fault }: Faults,
): Html {
  const { say, tonnes } = language
  const set = Object.keys(choice.filter).length + (choice.maxPrice === '' ? 0 : 1)
  const onOffer = { tonnes: tonnes(market.available_tonnes), n: market.projects }
  return html`<details class="which"${(set > 0 || fault) && html` open`}>
<summary>${say(set === 0 ? 'which.any' : 'which.chosen')}<span class="small beside">${say('filter.count', onOffer)}</span></summary>
<div class="filters">
${filterFields(language, market, choice.filter)}
<fieldset><legend>${say('most.title')}</legend>
<span class="typed"><span dir="ltr" aria-hidden="true">US$</span><input type="text" dir="ltr" inputmode="decimal" name="max_price" value="${choice.maxPrice}" autocomplete="off" aria-label="${say('most.field')}" aria-describedby="max-hint"${fault && html` aria-invalid="true"`}></span>
<p class="${fault ? 'fault' : 'small'}" id="max-hint">${fault ?? say('most.hint')}</p></fieldset>
</div></details>`
}

function troubleBox(reader: Reader, trouble: AmountTrouble, choice: Choice): Html {
  const { say, tonnes } = reader.language
  const { text, title, tonnes: most } = trouble
  return html`<div class="card trouble" role="alert"><h2 class="h2">${title}</h2>
<p class="sub">${text}</p>
${most !== undefined && html`<p><a class="ghost" href="${linkTo(reader, choicePath('/buy/quote', inTonnes(choice, most)))}">${say('left.take_unpriced', { tonnes: tonnes(most) })}</a></p>`}</div>`
}
