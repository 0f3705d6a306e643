import type { Certificate } from '@offset-button/contract'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { createApiClient } from '../api-client.ts'
import { css, sheetsOf } from '../css.ts'
import { SpeakingElement } from '../live/speaking-element.ts'
import { sayIn } from '../live/words.ts'
import { CERTIFICATE_WORDS } from './certificate-words.ts'

const certificateStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .badge {
    display: inline-grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 12px;
    align-items: center;
    max-inline-size: 100%;
    min-block-size: 52px;
    padding: 8px 14px 8px 8px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_paper);
    color: var(--_ink);
    text-decoration: none;
  }
  a.badge:hover b {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  a.badge:focus-visible {
    outline: 2px solid var(--_ink);
    outline-offset: 2px;
  }
  .badge.unknown,
  .badge.unreachable,
  .badge.checking {
    border-style: dashed;
  }
  svg {
    inline-size: 36px;
    block-size: 36px;
  }
  b {
    display: block;
    font-weight: 600;
  }
  .words {
    display: grid;
    gap: 2px;
    justify-items: start;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .ink {
    fill: var(--_ink);
  }
  .hollow {
    fill: none;
    stroke: var(--_edge);
    stroke-width: 2px;
    stroke-dasharray: 4 3;
  }
`

/** What `offset-checked` tells. */
export type CheckedDetail = {
  readonly state: 'valid' | 'unknown' | 'unreachable'
  /** Of what the API tells, in its names; null unless it is valid. */
  readonly certificate: {
    readonly id: string
    /** The page of the certificate. */
    readonly url: string
    readonly quantity_tonnes: number
    readonly beneficiary: string | null
    readonly purpose: string | null
    /** When the registry had cancelled all of it, as ISO 8601. */
    readonly completed_at: string
    /** The registry behind it cancels nothing real. */
    readonly simulated: boolean
    readonly demo: boolean
  } | null
}

type State = 'checking' | 'valid' | 'unknown' | 'unreachable'
const STATES = ['checking', 'valid', 'unknown', 'unreachable', 'simulated'] as const

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

/**
 * A badge that asks the API about a certificate, and says what it hears: how many tonnes, for whom, when; that there is no
 * such certificate; or that nobody answers, which it does not take for either. What is simulated says SIMULATED. A link inside
 * it is shown where scripts do not run.
 *
 * @tag offset-certificate
 * @attr {string} certificate - The certificate's id: 26 small letters and digits, the end of its address. Required.
 * @attr {string} api - The address of the API; by default the origin that this script came from.
 * @attr {string} lang - The language; by default that of the nearest ancestor with `lang`.
 * @fires {CustomEvent<CheckedDetail>} offset-checked - An answer came, or none.
 * @csspart badge - Around everything; a link where the certificate is valid.
 *
 * @cssprop --offset-ink - Text, and the punched square.
 * @cssprop --offset-paper - The ground.
 * @cssprop --offset-font - By default the system's.
 * @cssprop --offset-radius - Of the badge. Default 8px.
 *
 * @cssstate checking - No answer yet.
 * @cssstate valid - The API knows the certificate.
 * @cssstate unknown - The API knows no such certificate.
 * @cssstate unreachable - Nobody answers; it is asked again.
 * @cssstate simulated - The registry behind it cancels nothing real.
 */
export class OffsetCertificate extends SpeakingElement {
  static override properties = { certificate: {}, api: {} }
  static override styles = [...SpeakingElement.styles, ...sheetsOf([certificateStyles])]

  declare certificate: string | null
  declare api: string | null

  readonly #internals = this.attachInternals()
  #state: State = 'checking'
  #found: Certificate | null = null
  #asked = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitMs = FIRST_WAIT_MS

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#asked = ''
  }

  protected override willUpdate(_: PropertyValues): void {
    const api = this.addressOf(this.api ?? null)
    const id = (this.certificate ?? '').trim()
    const asked = `${api} ${id}`
    if (asked === this.#asked) return
    this.#asked = asked
    this.#waitMs = FIRST_WAIT_MS
    this.#become('checking', null)
    void this.#check(api, id)
  }

  protected override render(): TemplateResult {
    const { code, direction, tag } = this.tongue
    const found = this.#found
    const say = (key: keyof (typeof CERTIFICATE_WORDS)['en'], values = {}) =>
      sayIn(CERTIFICATE_WORDS, this.tongue, key, values)
    if (this.#state !== 'valid' || !found) {
      return html`<span class="badge ${this.#state}" part="badge" lang=${code} dir=${direction} role="status"><svg viewBox="0 0 36 36" aria-hidden="true"><rect class="hollow" x="1" y="1" width="34" height="34" rx="3"></rect></svg><span class="words"><span>${say(this.#state)}</span></span></span>`
    }
    const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(found.completed_at),
    )
    const name = found.beneficiary
    // The name may be written from either side: it keeps its own direction inside the sentence.
    const isolated = name === null ? '' : `\u2068${name}\u2069`
    return html`<a class="badge valid" part="badge" lang=${code} dir=${direction} href=${found.url}><svg viewBox="0 0 36 36" aria-hidden="true"><path class="ink" fill-rule="evenodd" d=${PUNCHED}></path></svg><span class="words"><b>${say('valid', { n: found.quantity_tonnes })}</b><span class="small">${name === null ? say('nobody', { date }) : say('detail', { name: isolated, date })}</span>${
      found.simulated || found.demo
        ? html`<span class="tag">${found.simulated ? 'SIMULATED' : 'DEMO'}</span>`
        : nothing
    }${found.simulated ? html`<span class="small">${say('simulated')}</span>` : nothing}</span></a>`
  }

  async #check(api: string, id: string): Promise<void> {
    const asked = this.#asked
    const answer =
      /^[a-z0-9]{26}$/.test(id) && api !== ''
        ? await createApiClient(api, '').request<Certificate>(`/v1/certificates/${id}`)
        : null
    if (this.#asked !== asked || !this.isConnected) return
    if (answer?.ok && answer.value.id === id) this.#tell('valid', answer.value)
    else if (!answer || (!answer.ok && answer.trouble.problem?.code === 'certificate_not_found')) {
      this.#tell('unknown', null)
    } else {
      this.#tell('unreachable', null)
      this.#timer = setTimeout(() => void this.#check(api, id), this.#waitMs)
      this.#waitMs = Math.min(LONGEST_WAIT_MS, 2 * this.#waitMs)
    }
  }

  #tell(state: CheckedDetail['state'], certificate: Certificate | null): void {
    const isNews = state !== this.#state
    this.#become(state, certificate)
    if (!isNews) return
    const detail: CheckedDetail = { state, certificate }
    this.dispatchEvent(new CustomEvent('offset-checked', { detail, bubbles: true, composed: true }))
  }

  #become(state: State, certificate: Certificate | null): void {
    this.#state = state
    this.#found = certificate
    const on: readonly string[] = [state, ...(certificate?.simulated ? ['simulated'] : [])]
    for (const name of STATES) {
      if (on.includes(name)) this.#internals.states.add(name)
      else this.#internals.states.delete(name)
    }
    this.requestUpdate()
  }
}

/** A square of ink with nine holes: cancelled. */
const PUNCHED = `M3 1H33A2 2 0 0 1 35 3V33A2 2 0 0 1 33 35H3A2 2 0 0 1 1 33V3A2 2 0 0 1 3 1Z${[
  9, 18, 27,
]
  .flatMap((y) => [9, 18, 27].map((x) => `M${x - 2.5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z`))
  .join('')}`

if (!customElements.get('offset-certificate')) {
  customElements.define('offset-certificate', OffsetCertificate)
}

declare global {
  interface HTMLElementTagNameMap {
    'offset-certificate': OffsetCertificate
  }
  interface HTMLElementEventMap {
    'offset-checked': CustomEvent<CheckedDetail>
  }
}
