import type { Problem } from '@offset-button/contract'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { linkTo, type Reader } from './reader.ts'

type Options = { readonly test: boolean }

/** For an address that leads nowhere. */
export const notFoundPage = (reader: Reader, options: Options): string =>
  messagePage(reader, {
    title: reader.language.problem('not_found').sentence,
    detail: html`<p class="sub">${reader.language.say('nothing.text')}</p>`,
    test: options.test,
  })

/** A refusal of the API for somebody who meets it in a browser: what happened, then what next. */
export function errorPage(reader: Reader, problem: Problem, options: Options): string {
  const { problem: said, rich } = reader.language
  const { remedy, sentence } = said(problem.code)
  return messagePage(reader, {
    title: sentence,
    // What is told beyond the code's own sentence is told to programs, in English.
    detail: html`${problem.detail !== problem.title && html`<p class="sub"><bdi lang="en">${problem.detail}</bdi></p>`}
<p class="sub">${remedy}</p>
<p class="small">${rich('problem.code', { code: code(problem.code) })}</p>`,
    test: options.test,
  })
}

/** What a code means, at the address that `type` of a problem gives. */
export function problemCodePage(
  reader: Reader,
  problem: Pick<Problem, 'code' | 'status' | 'retryable'>,
  options: Options,
): string {
  const { problem: said, rich, say } = reader.language
  const { remedy, sentence } = said(problem.code)
  return messagePage(reader, {
    title: sentence,
    detail: html`<p class="sub">${remedy}</p>
<p class="sub">${say(problem.retryable ? 'problem.may_succeed' : 'problem.never_succeeds')}</p>
<p class="small">${rich('problem.code_status', { code: code(problem.code), status: code(String(problem.status)) })}</p>`,
    test: options.test,
  })
}

const code = (text: string): Html => html`<code class="mono" dir="ltr">${text}</code>`

function messagePage(
  reader: Reader,
  message: { readonly title: string; readonly detail: Html; readonly test: boolean },
): string {
  return page(reader, {
    title: message.title,
    test: message.test,
    indexed: false,
    body: html`<main class="main message">
<h1 class="h1">${message.title}</h1>
${message.detail}
<p><a class="ghost" href="${linkTo(reader, '/')}">${reader.language.say('problem.market')}</a></p>
</main>`,
  })
}
