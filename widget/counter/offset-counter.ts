import type { Cancellations } from '@offset-button/contract'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { css, sheetsOf } from '../css.ts'
import { LiveStream } from '../live/live-stream.ts'
import { SpeakingElement } from '../live/speaking-element.ts'
import { sayIn } from '../live/words.ts'
import { COUNTER_WORDS } from './counter-words.ts'

export type { ErrorDetail } from '../events.ts'

const counterStyles = css`
  p {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
  }
  b {
    font: 600 32px/36px var(--_font);
    font-variant-numeric: proportional-nums lining-nums;
    letter-spacing: -0.025em;
  }
`

/**
 * The tonnes that the registry has cancelled through one publishable key, live: the number stands still until there are
 * more, and then is another one.
 *
 * @tag offset-counter
 * @attr {string} key - The publishable key, `pk_…`. Required.
 * @attr {string} api - The address of the API; by default the origin that this script came from.
 * @attr {string} lang - The language; by default that of the nearest ancestor with `lang`.
 * @fires {CustomEvent<ErrorDetail>} offset-error - The sum cannot be shown here.
 * @csspart number - The tonnes.
 * @csspart label - What they are.
 *
 * @cssprop --offset-ink - Text.
 * @cssprop --offset-paper - The ground that greys are mixed with.
 * @cssprop --offset-font - By default the system's.
 */
export class OffsetCounter extends SpeakingElement {
  static override properties = { key: {}, api: {} }
  static override styles = [...SpeakingElement.styles, ...sheetsOf([counterStyles])]

  declare key: string | null
  declare api: string | null

  readonly #sum = new LiveStream<Cancellations>(
    this,
    'cancellations',
    ({ code, retryable, title }) => this.report(code, retryable, title),
  )

  /** The tonnes as last told; null before. */
  get value(): number | null {
    return this.#sum.value?.cancelled_tonnes ?? null
  }

  protected override willUpdate(_: PropertyValues): void {
    const api = this.addressOf(this.api ?? null)
    const key = this.key ?? ''
    this.#sum.follow(api && key ? { api, key, path: '/v1/cancellations/events' } : null)
  }

  protected override render(): TemplateResult {
    const { state, value: sum } = this.#sum
    const { code, direction } = this.tongue
    const say = (key: keyof (typeof COUNTER_WORDS)['en'], n = 0) =>
      sayIn(COUNTER_WORDS, this.tongue, key, { n })
    if (!sum) {
      const word =
        state === 'refused' || !this.key ? 'refused' : state === 'lost' ? 'lost' : 'opening'
      return html`<p class="small" lang=${code} dir=${direction} role="status">${say(word)}</p>`
    }
    const n = sum.cancelled_tonnes
    return html`<p lang=${code} dir=${direction}>${
      n === 0
        ? html`<span part="label">${say('none')}</span>`
        : html`<b part="number">${this.inTonnes(n)}</b><span part="label">${say('cancelled', n)}</span>`
    }${sum.simulated ? html`<span class="tag">SIMULATED</span>` : nothing}</p>`
  }
}

if (!customElements.get('offset-counter')) customElements.define('offset-counter', OffsetCounter)

declare global {
  interface HTMLElementTagNameMap {
    'offset-counter': OffsetCounter
  }
}
