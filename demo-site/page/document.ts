import { type Html, html } from './html.ts'

/** A whole page of the Trust. `script`: whether it brings the button. */
export function document(page: {
  readonly title: string
  readonly main: Html
  readonly script: boolean
}): string {
  const script = page.script
    ? html`<script type="module" src="/offset-button.js"></script>\n`
    : html``
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
${script}</head>
<body>
<header class="masthead"><div class="wrap">
<a class="name" href="/">Wend River Trust <span>(demo)</span></a>
<nav aria-label="This page"><a href="/#gauge">The gauge</a><a href="/#fuel">The fuel</a><a href="/readings.csv" download>Readings</a></nav>
</div></header>
<main class="wrap">
${page.main}
</main>
<footer class="wrap"><p>The Wend River Trust is invented to show a page like yours, and so are its river, its readings and its fuel slips.</p></footer>
</body>
</html>
`.markup
}

/** The page for an address that is not there. */
export function notFoundPage(): string {
  return document({
    title: 'Not found, Wend River Trust (demo)',
    script: false,
    main: html`<header class="opening">
<p class="kicker">404</p>
<h1>Nothing at this bend</h1>
<p class="lead">There is no page at this address. <a href="/">Back to the field notes</a></p>
</header>`,
  })
}
