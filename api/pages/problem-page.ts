import type { Problem } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'

/** For an address that leads nowhere. */
export const notFoundPage = (options: { readonly test: boolean }): string =>
  messagePage({
    title: 'There is nothing at this address.',
    detail: html`<p class="sub">Check the address, or start from the market.</p>`,
    test: options.test,
  })

/** A refusal of the API for somebody who meets it in a browser: what happened, then what next. */
export const errorPage = (problem: Problem, options: { readonly test: boolean }): string =>
  messagePage({
    title: problem.title,
    detail: html`${problem.detail !== problem.title && html`<p class="sub">${problem.detail}</p>`}
<p class="sub">${problem.remedy}</p>
<p class="small">Code <code class="mono">${problem.code}</code></p>`,
    test: options.test,
  })

/** What a code means, at the address that `type` of a problem gives. */
export const problemCodePage = (
  problem: Pick<Problem, 'title' | 'code' | 'status' | 'retryable' | 'remedy'>,
  options: { readonly test: boolean },
): string =>
  messagePage({
    title: problem.title,
    detail: html`<p class="sub">${problem.remedy}</p>
<p class="sub">${problem.retryable ? 'The same request may succeed later.' : 'The same request will be refused again.'}</p>
<p class="small">Code <code class="mono">${problem.code}</code>, status <code class="mono">${problem.status}</code></p>`,
    test: options.test,
  })

function messagePage(message: {
  readonly title: string
  readonly detail: Html
  readonly test: boolean
}): string {
  return page({
    title: message.title,
    test: message.test,
    indexed: false,
    body: html`<main class="main message">
<h1 class="h1">${message.title}</h1>
${message.detail}
<p><a class="ghost" href="/">Go to the market</a></p>
</main>`,
  })
}
