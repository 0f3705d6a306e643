import type { Configuration } from '../configuration.ts'
import { type Html, html } from './html.ts'

export const BUTTON_SCRIPT = '/offset-button.js'

export type Given = {
  readonly tonnes: number
  /** Other attributes of the element, as written. */
  readonly attributes?: Readonly<Record<string, string>>
  /** The words of the link for visitors without JavaScript. */
  readonly link: string
  /** The language of the page, which the link takes along; without it the browser's own wish counts. */
  readonly lang?: string
}

/** The tag as an embedder writes it: with a link inside that leads to the hosted page with the same choice. */
export function offsetButton(
  { apiUrl, publishableKey }: Configuration,
  { attributes = {}, lang, link, tonnes }: Given,
): Html {
  const others = Object.entries(attributes).map(([name, value]) => html` ${name}="${value}"`)
  const choice = { key: publishableKey, tonnes: String(tonnes), ...(lang && { lang }) }
  return html`<offset-button key="${publishableKey}" api="${apiUrl}" tonnes="${tonnes}"${others}><a href="${hostedPage(apiUrl, choice)}">${link}</a></offset-button>`
}

/** The hosted page with a choice, by the names that its address takes. */
const hostedPage = (apiUrl: string, choice: Readonly<Record<string, string>>): string =>
  `${apiUrl}/buy?${new URLSearchParams(choice)}`
