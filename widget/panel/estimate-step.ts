import { html, nothing, type TemplateResult } from 'lit'
import type { Estimate } from '../estimate.ts'
import { type EstimateLine, sumEstimate } from '../estimate.ts'
import { type Activity, FACTORS } from '../factors.ts'
import type { StringKey } from '../strings.ts'
import { drawTabs } from './amount-step.ts'
import type { Page } from './shell.ts'
import type { Pages } from './steps.ts'
import { ltr, type View, words } from './view.ts'

/** Step 1c: household, car and flights as a receipt in kilograms, rounded up to tonnes. */
const estimateStep = (view: View): Page => {
  const sum = sumEstimate(view.purchase.estimate, view.purchase.decimal)
  const isWhole = sum.tonnes > 0 && sum.lines.every((line) => line.kg !== null)
  const tonnes = view.format.tonnes(sum.tonnes)
  return {
    title: words(view, 'amount.title'),
    step: 1,
    gap: 'near',
    body: html`${drawTabs(view)}
      <div class="tab-panel near" role="tabpanel" id="tab-panel" aria-labelledby="tab-estimate">
        ${sum.lines.map((line) => drawField(view, line))}
        <div class="total" part="total"><div class="all">
          <span role="status">${words(view, 'estimate.sum', { kg: view.format.count(sum.kg) })}</span>
          <span>${tonnes}</span>
        </div></div>
        ${drawFactors(view)}
      </div>`,
    foot: html`<button class="act" type="button" aria-disabled=${isWhole ? 'false' : 'true'}
      @click=${() => isWhole && view.actions.useEstimate(sum.tonnes)}>${words(view, 'estimate.use', { tonnes })}</button>`,
  }
}

const drawField = (view: View, { activity, kg }: EstimateLine): TemplateResult => {
  const { estimate } = view.purchase
  const text = estimate[activity] ?? ''
  const write = (typed: string): Estimate => ({ ...estimate, [activity]: typed })
  return html`<label class="field"><span class="label-text">${words(view, labelOf(activity))}</span>
    <span class="input ${kg === null ? 'bad' : ''}">
      <input inputmode="decimal" autocomplete="off" maxlength="12" aria-invalid=${kg === null ? 'true' : 'false'}
        .value=${text} @input=${(event: Event) => view.actions.estimate(write((event.target as HTMLInputElement).value))}>
      <span class="muted">${FACTORS[activity].unit ?? words(view, 'estimate.count')}</span></span>
    ${kg === null ? html`<span class="fault" role="alert">${words(view, 'estimate.unreadable')}</span>` : nothing}
  </label>`
}

/** Each factor with its source and year, as the data file has it. */
const drawFactors = (view: View) =>
  html`<p class="small">${words(view, 'estimate.note')}</p>
    <details class="why"><summary>${words(view, 'estimate.factors')}</summary><dl class="inner">
      ${(Object.keys(FACTORS) as Activity[]).map((activity) => {
        const { gramsPerUnit, source, unit, year } = FACTORS[activity]
        const per = unit ?? words(view, 'estimate.count')
        return html`<dt>${words(view, labelOf(activity))}: ${ltr(`${view.format.count(gramsPerUnit)} g / ${per}`)}</dt>
          <dd><bdi lang="en">${source}, ${year}</bdi> (${words(view, 'estimate.indicative')})</dd>`
      })}</dl></details>`

const labelOf = (activity: Activity): StringKey => `estimate.${activity}`

export const pages: Pages = { estimate: estimateStep }
export const styles: readonly string[] = []
