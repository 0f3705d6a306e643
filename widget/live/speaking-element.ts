import { LitElement } from 'lit'
import { BASE_API } from '../base-api.ts'
import { sheetsOf } from '../css.ts'
import { type Tongue, tongueOf, watchLang } from '../languages/nearest.ts'
import { tokens } from '../tokens.css.ts'
import { liveStyles } from './live.css.ts'
import { sayIn, TONNES } from './words.ts'

/** The ground of the small elements: one style, and the language of the nearest `lang`. */
export class SpeakingElement extends LitElement {
  static override styles = sheetsOf([tokens, liveStyles])

  protected tongue: Tongue = tongueOf(this)
  #langs: MutationObserver | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#hear()
    this.#langs = watchLang(() => this.#hear())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#langs?.disconnect()
  }

  protected inTonnes(n: number): string {
    return sayIn(TONNES, this.tongue, 'short', { n })
  }

  /** The address of an attribute, or where this script came from; an empty text where it cannot be read. */
  protected addressOf(api: string | null): string {
    const text = api ?? BASE_API
    const url = URL.canParse(text) ? new URL(text) : null
    if (url === null || !/^https?:$/.test(url.protocol)) return ''
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  }

  /** Tells the page what stands in the way, as the button does. */
  protected report(code: string, retryable: boolean, message: string): void {
    const detail = { code, retryable, message }
    this.dispatchEvent(new CustomEvent('offset-error', { detail, bubbles: true, composed: true }))
  }

  #hear(): void {
    this.tongue = tongueOf(this)
    this.requestUpdate()
  }
}
