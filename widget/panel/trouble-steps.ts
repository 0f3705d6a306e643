import type { ProblemCode, Quote } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import { describeFilter } from '../describe-filter.ts'
import { facetsWithin, sumTonnes } from '../facets.ts'
import { filterOf } from '../filter-of.ts'
import type { StringKey } from '../strings.ts'
import { drawGoOn, hostedWords } from './hosted.ts'
import { compare, countLeft } from './pricing-later.ts'
import { drawTrouble, drawWait, type Page } from './shell.ts'
import type { LaterSteps, Pages } from './steps.ts'
import { drawStrip } from './strip.ts'
import { ltr, richWords, type View, words } from './view.ts'

/** Somebody else was faster: before, now, and two ways on. */
const movedStep = (view: View): Page => {
  const { before, quote, fewer } = view.purchase
  const compared = before && quote && quote !== before ? quote : null
  return {
    title: words(view, 'moved.title'),
    step: 3,
    back: true,
    body: html`<div class="say"><p>${richWords(view, 'moved.text')}</p></div>
      ${drawTrouble(view)}
      ${before && compared ? drawCompared(view, before, compared) : drawWait(view)}`,
    foot: html`${
      compared
        ? html`<button class="act" type="button" @click=${() => view.actions.goOn('now')}>${words(
            view,
            'moved.go_on',
            {
              total: view.format.total(compared.amounts.total_minor),
            },
          )}</button>`
        : nothing
    }
    ${compared && before && fewer ? drawFewer(view, before, fewer) : nothing}
    <button class="act quiet" type="button" @click=${view.actions.wantAmount}>${words(view, 'moved.not_now')}</button>`,
  }
}

const drawCompared = (view: View, before: Quote, now: Quote): TemplateResult => {
  const line = (minor: number) => ltr(view.format.line(minor))
  const fees = (quote: Quote) => quote.amounts.total_minor - quote.amounts.projects_minor
  return html`<div class="was">
    <span class="heading">${view.format.tonnes(now.quantity_tonnes)}</span>
    <span class="heading">${words(view, 'moved.before')}</span><span class="heading">${words(view, 'moved.now')}</span>
    <span>${words(view, 'quote.projects')}</span><s>${line(before.amounts.projects_minor)}</s><span>${line(now.amounts.projects_minor)}</span>
    <span>${words(view, 'moved.fees')}</span><s>${line(fees(before))}</s><span>${line(fees(now))}</span>
    <span class="strong">${words(view, 'quote.total')}</span><s>${line(before.amounts.total_minor)}</s>
    <span class="strong">${line(now.amounts.total_minor)}</span>
  </div>`
}

const drawFewer = (view: View, before: Quote, fewer: Quote) =>
  html`<button class="act second has-two" type="button" @click=${() => view.actions.goOn('fewer')}>
    <span class="two">${words(view, 'moved.fewer', {
      tonnes: view.format.tonnes(fewer.quantity_tonnes),
      total: view.format.total(fewer.amounts.total_minor),
    })}<small>${words(view, 'moved.within', { total: view.format.line(before.amounts.total_minor) })}</small></span></button>`

/** Fewer tonnes are left than were asked for. */
const leftStep = (view: View): Page => {
  const left = view.purchase.left ?? { tonnes: 0, asked: 0, quote: null }
  const tonnes = view.format.tonnes(left.tonnes)
  const asked = view.format.tonnes(left.asked)
  return {
    title: words(view, 'left.title'),
    step: 2,
    back: true,
    body: html`<div class="say"><h3>${words(view, 'left.left', { tonnes })}</h3>
        <p>${askedFor(view, asked)} ${words(view, 'trouble.nothing_held')}</p></div>
      ${drawStrip(
        [
          ...(left.quote?.fills ?? [{ quantity_tonnes: left.tonnes }]).map((fill) => ({
            tonnes: fill.quantity_tonnes,
            look: 'offered' as const,
          })),
          { tonnes: Math.max(0, left.asked - left.tonnes), look: 'todo' as const },
        ].filter((segment) => segment.tonnes > 0),
        words(view, 'left.strip', { left: tonnes, asked }),
      )}`,
    foot: html`${
      left.tonnes > 0
        ? html`<button class="act" type="button" @click=${view.actions.takeLeft}>${
            left.quote
              ? words(view, 'left.take', {
                  tonnes,
                  total: view.format.total(left.quote.amounts.total_minor),
                })
              : words(view, 'left.take_unpriced', { tonnes })
          }</button>`
        : nothing
    }${otherProjects(view)}`,
  }
}

/** Nothing is on offer in the choice: what is, one step wider. */
const emptyStep = (view: View): Page => {
  const { chosen, choice } = view.purchase
  const market = chosen ?? view.purchase.market
  const facets = market ? facetsWithin(market, view.settings.bounds) : null
  const wider = facets
    ? [
        [
          'empty.any_year',
          choice.from || choice.to,
          facets.years,
          { from: null, to: null },
        ] as const,
        [
          'empty.any_technology',
          choice.technologies.length,
          facets.technologies,
          { technologies: [] },
        ] as const,
        ['empty.any_host', choice.hosts.length, facets.hosts, { hosts: [] }] as const,
      ].filter(([, narrowed, values]) => narrowed && sumTonnes(values) > 0)
    : []
  return {
    title: words(view, 'amount.title'),
    step: 1,
    back: true,
    body: html`<div class="say"><h3>${words(view, 'empty.title')}</h3>
        <p>${emptyChoice(view)} ${words(view, 'trouble.nothing_held')}</p></div>
      ${
        wider.length > 0
          ? html`<dl class="pairs ruled">${wider.map(
              ([
                key,
                ,
                values,
                change,
              ]) => html`<dt>${words(view, key)}</dt><dd><button class="link" type="button"
                @click=${() => view.actions.draftFilter({ ...choice, ...change })}>${view.format.tonnes(sumTonnes(values))}</button></dd>`,
            )}</dl>`
          : nothing
      }`,
    foot: otherProjects(view),
  }
}

/** Too little to be worth a card's fees. */
const smallStep = (view: View): Page => {
  const least = view.purchase.refusal?.problem?.minimum_tonnes
  const tonnes = least === undefined ? '' : view.format.tonnes(least)
  return {
    title: words(view, 'small.title'),
    step: 1,
    back: true,
    body: html`<div class="say"><p>${
      least === undefined ? words(view, 'small.budget') : words(view, 'small.least', { tonnes })
    }</p></div>`,
    foot: html`${
      least === undefined
        ? nothing
        : html`<button class="act" type="button" @click=${view.actions.takeLeft}>${words(view, 'small.take', { tonnes })}</button>`
    }<button class="act second" type="button" @click=${view.actions.wantAmount}>${words(view, 'small.more')}</button>`,
  }
}

type Ending = { readonly heading: StringKey; readonly text: StringKey }
const OTHER_ENDING: Ending = { heading: 'ended.other', text: 'ended.other_text' }
const ENDINGS: Partial<Record<ProblemCode, Ending>> = {
  card_declined: { heading: 'ended.declined', text: 'ended.declined_text' },
  hold_expired: { heading: 'ended.expired', text: 'ended.expired_text' },
  stopped: { heading: 'ended.stopped', text: 'ended.stopped_text' },
  capture_refused: { heading: 'ended.capture', text: 'ended.capture_text' },
  registry_refused: { heading: 'ended.refused', text: 'ended.refused_text' },
  registry_timed_out: { heading: 'ended.timed_out', text: 'ended.timed_out_text' },
}

/** An order that ended without a certificate. */
const endedStep = (view: View): Page => {
  const order = view.purchase.order
  const ending = ENDINGS[order?.reason ?? 'internal'] ?? OTHER_ENDING
  const refund = order && order.refunded_minor > 0 ? view.format.total(order.refunded_minor) : null
  return {
    title: words(view, refund === null ? 'ended.title' : 'ended.title_refunded'),
    step: 0,
    body: html`<div class="say"><h3>${words(view, ending.heading)}</h3><p>${
      refund === null ? words(view, ending.text) : words(view, 'ended.refused_refunded', { refund })
    }</p></div>`,
    foot: html`<button class="act" type="button" @click=${view.actions.newQuote}>${words(view, 'ended.new_quote')}</button>
      ${view.inline ? nothing : quietClose(view)}`,
  }
}

/** Nothing can be bought through this button now. */
const closedStep = (view: View): Page => {
  const code = view.purchase.refusal?.code ?? 'internal'
  if (code === 'registry_closed') return waitPage(view, 'closed')
  if (code === 'market_halted') return waitPage(view, 'paused')
  if (code === 'page_forbids') return hostedPage(view)
  const blocking = view.settings.faults.filter((fault) => fault.blocks)
  const key: StringKey =
    code === 'origin_not_allowed'
      ? 'setup.origin'
      : code === 'key_not_valid' && blocking.length === 0
        ? 'setup.key'
        : 'setup.attributes'
  return {
    title: words(view, 'setup.title'),
    step: 0,
    body: html`<div class="say"><h3>${words(view, 'setup.heading')}</h3>
        <p>${words(view, key, { origin: location.origin })} ${words(view, 'setup.nothing')}</p></div>
      ${blocking.map(
        (fault) =>
          html`<p class="small"><span class="mono ltr">${fault.attribute}="${fault.value}"</span>: ${fault.expected}</p>`,
      )}
      <p class="small">${words(view, 'setup.error')} <span class="mono ltr">${code}</span></p>`,
    foot: view.inline
      ? html`<button class="act second" type="button" @click=${view.actions.lookAgain}>${words(view, 'closed.again')}</button>`
      : html`<button class="act second" type="button" @click=${view.actions.close}>${words(view, 'panel.close')}</button>`,
  }
}

/** The page's policy keeps the element from its API: the hosted pages do the same. */
const hostedPage = (view: View): Page => ({
  title: words(view, 'hosted.title'),
  step: 0,
  body: html`<div class="say"><h3>${words(view, 'hosted.heading')}</h3><p>${hostedWords(
    view,
    view.purchase.resumed ? 'hosted.resume' : 'hosted.choice',
  )}</p></div>`,
  foot: drawGoOn(view),
})

const waitPage = (view: View, kind: 'closed' | 'paused'): Page => ({
  title: words(view, `${kind}.title`),
  step: 0,
  body: html`<div class="say"><h3>${words(view, `${kind}.heading`)}</h3><p>${words(view, `${kind}.text`)}</p></div>
    ${drawTrouble(view)}`,
  foot: html`<button class="act second" type="button" @click=${view.actions.lookAgain}>${words(view, 'closed.again')}</button>`,
})

const choiceOf = (view: View): string | null =>
  describeFilter(view.language, view.format, filterOf(view.settings.bounds, view.purchase.choice))

const askedFor = (view: View, tonnes: string): string => {
  const choice = choiceOf(view)
  return choice === null
    ? words(view, 'left.asked', { tonnes })
    : words(view, 'left.asked_from', { tonnes, choice })
}

const emptyChoice = (view: View): string => {
  const choice = choiceOf(view)
  return choice === null ? '' : words(view, 'empty.text', { choice })
}

const otherProjects = (view: View) =>
  html`<button class="act second" type="button" @click=${view.actions.openFilter}>${words(view, 'left.other')}</button>`

const quietClose = (view: View) =>
  html`<button class="act quiet" type="button" @click=${view.actions.close}>${words(view, 'panel.close')}</button>`

export const pages: Pages = {
  moved: movedStep,
  left: leftStep,
  empty: emptyStep,
  small: smallStep,
  ended: endedStep,
  closed: closedStep,
}
export const styles: readonly string[] = []
export const enter: NonNullable<LaterSteps['enter']> = { moved: compare, left: countLeft }
