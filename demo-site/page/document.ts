import { type Html, html } from './html.ts'

/** Whose page it is: each of the demo's websites has a look and a language of its own. */
export type Website = {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly stylesheet: string
  /** Around the page's own part. */
  readonly before: Html
  readonly after: Html
}

export type Page = {
  readonly title: string
  readonly main: Html
  /** Scripts of the page, and the widget's entries that it uses. */
  readonly scripts: readonly string[]
}

/** The way back to the list of all pages, in the footer of each. */
export const backToAll = (words = 'All pages of this demo'): Html => html`<a href="/">${words}</a>`

/** A whole page of a website. */
export function document(website: Website, page: Page): string {
  return html`<!doctype html>
<html lang="${website.lang}" dir="${website.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${website.stylesheet}">
${page.scripts.map((script) => html`<script type="module" src="${script}"></script>\n`)}</head>
<body>
${website.before}
<main class="wrap">
${page.main}
</main>
${website.after}
</body>
</html>
`.markup
}
