import { html, nothing } from 'lit'
import { drawHold } from './hold.ts'
import { hostedWords } from './hosted.ts'
import { elsewherePage, hostedFoot, stopButton } from './payment-step.ts'
import { drawTrouble, type Page } from './shell.ts'
import { type View, words } from './view.ts'

/** Step 3b: the bank asks the buyer; the hold lasts ten minutes. */
export const bankStep = (view: View): Page => {
  if (view.isElsewhere) return elsewherePage(view)
  const { market, order, work } = view.purchase
  const held = order?.steps.find((step) => step.step === 'reserved')?.at ?? order?.created_at
  // The market names the payment service's script, which a page that was reloaded has yet to hear of.
  const again = work === 'idle' && market !== null && order?.payment.client_secret
  return {
    title: words(view, view.purchase.resumed ? 'resume.title' : 'payment.title'),
    step: 3,
    body: html`
      ${order ? drawHold(view, order) : nothing}
      <div class="say"><h3>${words(view, 'bank.title')}</h3>${
        view.cardForm === 'blocked'
          ? html`<p role="alert">${hostedWords(view, 'bank.blocked')}</p>`
          : html`<p>${words(view, 'bank.text')}</p>`
      }</div>
      ${drawTrouble(view)}
      <ul class="progress" part="progress">
        <li class="ok"><span class="square"></span><span class="name">${words(view, 'bank.held', {
          n: order?.quantity_tonnes ?? 0,
        })}</span><span class="time">${held ? view.format.time(held) : ''}</span></li>
        <li class="now"><span class="square"></span><span class="name">${words(view, 'bank.confirms')}</span>
          <span class="time">${words(view, 'progress.now')}</span></li>
        <li class="wait"><span class="square"></span><span class="name">${words(view, 'bank.checks')}</span></li>
      </ul>`,
    foot:
      view.cardForm === 'blocked'
        ? hostedFoot(view)
        : html`${
            again
              ? html`<button class="act second" type="button" @click=${view.actions.bankAgain}>${words(view, 'bank.again')}</button>`
              : nothing
          }${stopButton(view)}`,
  }
}
