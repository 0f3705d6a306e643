import { html, nothing, type TemplateResult } from 'lit'
import { MAX_BENEFICIARY, MAX_PURPOSE } from '../limits.ts'
import { drawHold } from './hold.ts'
import { hostedWords } from './hosted.ts'
import { lockIcon, warningIcon } from './icons-later.ts'
import { drawTrouble, type Page } from './shell.ts'
import { ltr, richWords, type View, words } from './view.ts'

/** Step 3: name, card, consent, and the one button in ink. */
export const paymentStep = (view: View): Page => {
  if (view.isElsewhere) return elsewherePage(view)
  const { order, work } = view.purchase
  const what = whatIsBought(view)
  return {
    title: words(view, view.purchase.resumed && order ? 'resume.title' : 'payment.title'),
    step: 3,
    back: order === null && work === 'idle',
    gap: 'near',
    body: html`
      ${order && view.purchase.resumed ? drawWelcome(view) : nothing}
      ${drawTrouble(view)}
      ${order ? drawHold(view, order) : nothing}
      <div class="option low">
        <span class="strong">${words(view, 'payment.what', {
          n: what.projects,
          tonnes: view.format.tonnes(what.tonnes),
        })}</span>
        <span class="strong">${ltr(view.format.total(what.totalMinor))}</span>
      </div>
      ${order ? nothing : drawNames(view)}
      ${drawCard(view)}
      ${order ? nothing : drawConsent(view, what.tonnes)}
      ${drawUnreachable(view)}`,
    foot: view.cardForm === 'blocked' && work === 'idle' ? hostedFoot(view) : drawFoot(view, what),
  }
}

type Bought = { readonly tonnes: number; readonly projects: number; readonly totalMinor: number }

const whatIsBought = ({ purchase }: View): Bought => {
  const source = purchase.order ?? purchase.quote
  return {
    tonnes: source?.quantity_tonnes ?? 0,
    projects: new Set(source?.fills.map((fill) => fill.project.reference)).size,
    totalMinor: source?.amounts.total_minor ?? 0,
  }
}

const drawWelcome = (view: View) => {
  const order = view.purchase.order
  if (order === null) return nothing
  return html`<div class="say"><h3>${words(view, 'resume.under_way')}</h3><p>${words(
    view,
    'resume.unpaid',
    {
      tonnes: view.format.tonnes(order.quantity_tonnes),
      total: view.format.total(order.amounts.total_minor),
      time: view.format.shortTime(order.created_at),
    },
  )}</p></div>`
}

const drawNames = (view: View): TemplateResult => {
  const { beneficiary, purpose } = view.purchase
  const { name } = view.actions
  return html`${textField(view, 'payment.name', 'name', beneficiary, MAX_BENEFICIARY, (text) => name(text, purpose))}
    ${textField(view, 'payment.purpose', 'off', purpose, MAX_PURPOSE, (text) => name(beneficiary, text))}`
}

const textField = (
  view: View,
  label: 'payment.name' | 'payment.purpose',
  autocomplete: 'name' | 'off',
  text: string,
  most: number,
  write: (text: string) => void,
) => {
  const tooLong = text.trim().length > most
  return html`<label class="field"><span class="label-text">${words(view, label)} <em>${words(
    view,
    'payment.optional',
  )}</em></span>
    <input class="input" name=${label} autocomplete=${autocomplete} .value=${text}
      aria-invalid=${tooLong ? 'true' : 'false'} ?disabled=${view.purchase.work !== 'idle'}
      @input=${(event: Event) => write((event.target as HTMLInputElement).value)}>
    ${tooLong ? html`<span class="fault" role="alert">${words(view, 'payment.too_long', { n: most })}</span>` : nothing}
  </label>`
}

/** The payment provider's own frame, in the light DOM: no field of ours ever sees a card number. */
const drawCard = (view: View) => {
  if (view.cardForm === 'blocked')
    return html`<div class="note" role="alert">${warningIcon}<span>${hostedWords(
      view,
      view.purchase.order ? 'hosted.held' : 'hosted.text',
    )}</span></div>`
  return html`<div class="field"><span class="label-text">${words(view, 'payment.card')}</span>
    <div class="card" part="payment"><slot name="payment"></slot>
      ${
        view.cardForm === 'opening'
          ? html`<p class="waiting small" role="status"><span class="spinner" aria-hidden="true"></span>${words(view, 'payment.card_loading')}</p>`
          : nothing
      }</div></div>`
}

const drawConsent = (view: View, tonnes: number) => {
  const { consentTonnes, consentMissing } = view.purchase
  return html`<label class="consent" part="consent">
      <input type="checkbox" id="consent" ?disabled=${view.purchase.work !== 'idle'} .checked=${consentTonnes === tonnes}
        aria-invalid=${consentMissing ? 'true' : 'false'} aria-describedby="consent-missing"
        @change=${(event: Event) => view.actions.consent((event.target as HTMLInputElement).checked)}>
      <span>${richWords(view, 'payment.consent', { n: tonnes })}</span>
    </label>
    <p class="fault" id="consent-missing" role="alert" ?hidden=${!consentMissing}>${
      consentMissing ? words(view, 'payment.not_ticked') : ''
    }</p>`
}

const drawUnreachable = (view: View) => {
  const registries = view.purchase.market?.registries ?? []
  const open = registries.length === 0 || registries.some((it) => it.state === 'open')
  return open
    ? nothing
    : html`<p class="note amber low">${warningIcon}<span>${words(view, 'payment.unreachable')}</span></p>`
}

const drawFoot = (view: View, what: Bought): TemplateResult => {
  const { order, work } = view.purchase
  const total = view.format.total(what.totalMinor)
  if (work === 'sending' || work === 'confirming')
    return html`<button class="act final" type="button" aria-disabled="true" aria-busy="true"><span
        class="spinner" aria-hidden="true"></span>${words(
          view,
          work === 'sending' ? 'payment.sending' : 'payment.confirming',
        )}</button>${order ? stopButton(view) : nothing}`
  if (order)
    return html`<button class="act final" type="button" @click=${view.actions.pay}>${lockIcon}
        ${view.purchase.declines > 0 ? words(view, 'payment.again', { total }) : words(view, 'payment.pay', { total })}</button>
      ${stopButton(view)}`
  return html`<button class="act final has-two" type="button" @click=${view.actions.pay}>
      <span class="two">${words(view, 'payment.pay', { total })}<small>${words(
        view,
        'payment.pay_second',
        {
          n: what.tonnes,
        },
      )}</small></span></button>
    <p class="small centre">${words(view, 'payment.under', { n: what.tonnes })}</p>`
}

/** No card form opens here: the order is placed, and paid on the hosted page, in a tab of its own. */
export const hostedFoot = (view: View): TemplateResult => {
  const { order, step } = view.purchase
  const { tonnes, totalMinor } = whatIsBought(view)
  const face = html`<span class="two">${hostedWords(view, 'hosted.pay', {
    total: view.format.total(totalMinor),
  })}<small>${words(view, 'hosted.new_tab')}</small></span>`
  return html`${
    order
      ? html`<a class="act final has-two" href=${view.hosted} target="_blank" rel="noopener">${face}</a>`
      : html`<button class="act final has-two" type="button" @click=${view.actions.pay}>${face}</button>
        <p class="small centre">${words(view, 'payment.under', { n: tonnes })}</p>`
  }${
    step === 'payment'
      ? html`<button class="act second" type="button" @click=${view.actions.retryCardForm}>${words(view, 'trouble.try_again')}</button>`
      : nothing
  }${order ? stopButton(view) : nothing}`
}

/** Leaves the order: the credits go back on offer, and the card is not charged. */
export const stopButton = (view: View): TemplateResult =>
  html`<button class="act quiet" type="button" aria-busy=${view.purchase.work === 'stopping' ? 'true' : 'false'}
    @click=${view.actions.stop}>${words(view, 'payment.stop')}</button>`

/** Another tab of this browser is paying: this one watches, until the visitor says otherwise. */
export const elsewherePage = (view: View): Page => {
  const { order } = view.purchase
  return {
    title: words(view, 'payment.title'),
    step: 3,
    gap: 'near',
    body: html`<div class="say"><h3>${words(view, 'elsewhere.title')}</h3><p>${words(view, 'elsewhere.text')}</p></div>
      ${order ? drawHold(view, order) : nothing}`,
    foot: html`<button class="act second" type="button" @click=${view.actions.takeOver}>${words(view, 'elsewhere.here')}</button>`,
  }
}
