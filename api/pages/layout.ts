import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'
import { icon, type PageAsset, stylesheet } from './assets.ts'
import { CATALOGUES } from './catalogues.ts'
import { type Html, html } from './html.ts'
import { inLanguage, linkTo, type Reader } from './reader.ts'

export type PageContent = {
  readonly title: string
  readonly body: Html
  /** True: payments are test payments, and the page says so. */
  readonly test: boolean
  /** The entry of the navigation that this page is. */
  readonly current?: 'market'
  readonly scripts?: readonly PageAsset[]
  /** False keeps the page out of search engines: its address is for those who were given it. */
  readonly indexed?: boolean
  /** A form of the page, and where it can be asked for with what it holds: another language keeps what was typed. */
  readonly form?: { readonly id: string; readonly action: string }
}

/** The frame of every hosted page, as one document in the reader's language. Paths are those of the API's own origin. */
export function page(reader: Reader, content: PageContent): string {
  const { title, body, test, current, scripts = [], indexed = true, form } = content
  const { code, direction, say } = reader.language
  return html`<!doctype html>
<html lang="${code}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${!indexed && html`<meta name="robots" content="noindex">\n`}<title>${title}</title>
<link rel="icon" href="${icon.path}">
<link rel="stylesheet" href="${stylesheet.path}">
${scripts.map((script) => html`<script type="module" src="${script.path}"></script>\n`)}</head>
<body>
<header class="top">
<a class="brand" href="${linkTo(reader, '/')}">${mark}<span lang="en">offset-button</span></a>
<nav aria-label="${say('frame.main')}"><a href="${linkTo(reader, '/')}"${current === 'market' && html` aria-current="page"`}>${say('frame.market')}</a></nav>
${test && html`<span class="tag">${say('panel.test')}</span>`}
</header>
${body}
<footer class="languages"><nav aria-label="${say('frame.languages')}"><ul>${LANGUAGES.map(
    (one) => html`<li>${choice(reader, one, form)}</li>`,
  )}</ul></nav></footer>
</body>
</html>
`.toString()
}

/** Another language is this page again; without a form a link, else a button that takes along what the form holds. */
function choice(
  { here, language }: Reader,
  code: LanguageCode,
  form: PageContent['form'] | undefined,
): Html {
  const { direction, name } = CATALOGUES[code]
  const own = html` lang="${code}" dir="${direction}"`
  if (code === language.code) return html`<span${own} aria-current="true">${name}</span>`
  if (!form) return html`<a${own} hreflang="${code}" href="${inLanguage(here, code)}">${name}</a>`
  return html`<button${own} type="submit" form="${form.id}" formmethod="get" formaction="${form.action}" formnovalidate name="lang" value="${code}">${name}</button>`
}

const mark = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="currentColor"><path fill-rule="evenodd" d="M2.5 1h15A1.5 1.5 0 0 1 19 2.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 1 10.5v-8A1.5 1.5 0 0 1 2.5 1Zm10.7 2.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2Z"/><circle cx="13.2" cy="16.3" r="3.1"/></svg>`
