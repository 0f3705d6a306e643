import { html, type TemplateResult } from 'lit'
import type { Settings } from '../attributes.ts'
import type { Choice } from '../choice.ts'
import type { Estimate } from '../estimate.ts'
import type { Format } from '../format.ts'
import type { Purchase } from '../purchase-state.ts'
import { type Language, type StringKey, say, sayRuns, type Values } from '../strings.ts'
import type { more } from './more.ts'

/** What a visitor can do. Each is safe to call at any time: a step that does not expect it ignores it. */
export type Actions = {
  close(): void
  back(): void
  type(by: 'tonnes' | 'budget', text: string): void
  wantQuote(): void
  askNow(): void
  openFilter(): void
  openEstimate(): void
  estimate(estimate: Estimate): void
  useEstimate(tonnes: number): void
  /** Asks why these projects, for every quote from now on; or no more. */
  explain(isWanted: boolean): void
  draftFilter(choice: Choice): void
  useFilter(): void
  wantPayment(): void
  name(beneficiary: string, purpose: string): void
  consent(ticked: boolean): void
  pay(): void
  bankAgain(): void
  stop(): void
  /** Pays here what another tab was paying. */
  takeOver(): void
  goOn(which: 'now' | 'fewer'): void
  takeLeft(): void
  wantAmount(): void
  newQuote(): void
  lookAgain(): void
  reset(): void
  copyLink(): void
  share(): void
  retryCardForm(): void
}
/** What a step draws from: the purchase, and how to say it; the rest comes with the later steps. */
export type View = LaterView & {
  readonly purchase: Purchase
  readonly settings: Settings
  readonly language: Language
  readonly format: Format
  readonly inline: boolean
  readonly actions: Actions
  /** How the amount's other parts are drawn; null until they have come. */
  readonly more: typeof more | null
}
/** What only the steps after the first price draw from. */
export type LaterView = {
  /** The server's time, as far as known. */
  readonly nowMs: number
  readonly reducedMotion: boolean
  readonly cardForm: 'opening' | 'open' | 'blocked'
  /** Another tab is paying this order. */
  readonly isElsewhere: boolean
  readonly copied: 'no' | 'yes' | 'failed'
  /** Where one can go on outside of this page, with the same choice or the same order. */
  readonly hosted: string
}

/** A sentence as text. */
export const words = (view: View, key: StringKey, values?: Values): string =>
  say(view.language, key, values)

/** A sentence with its bold words set. */
export const richWords = (view: View, key: StringKey, values?: Values): TemplateResult =>
  html`${sayRuns(view.language, key, values).map((run) =>
    run.bold ? html`<b>${run.text}</b>` : run.text,
  )}`

/** Money or a formula: kept from left to right whatever the page does. */
export const ltr = (text: string): TemplateResult => html`<bdi class="ltr" dir="ltr">${text}</bdi>`
