import { icon, type PageAsset, stylesheet } from './assets.ts'
import { type Html, html } from './html.ts'

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
}

/** The frame of every hosted page, as one document. Paths are those of the API's own origin. */
export function page(content: PageContent): string {
  const { title, body, test, current, scripts = [], indexed = true } = content
  return html`<!doctype html>
<html lang="en">
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
<a class="brand" href="/">${mark}<span>offset-button</span></a>
<nav aria-label="Main"><a href="/"${current === 'market' && html` aria-current="page"`}>Market</a></nav>
${test && html`<span class="tag">TEST</span>`}
</header>
${body}
</body>
</html>
`.toString()
}

const mark = html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="currentColor"><path fill-rule="evenodd" d="M2.5 1h15A1.5 1.5 0 0 1 19 2.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 1 10.5v-8A1.5 1.5 0 0 1 2.5 1Zm10.7 2.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2Z"/><circle cx="13.2" cy="16.3" r="3.1"/></svg>`
