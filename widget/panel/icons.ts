import { html, type TemplateResult } from 'lit'

/** A drawing of 16 by 16, in the colour of the text. */
export const drawn = (path: string, mirrored = false): TemplateResult =>
  html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" ?data-dir=${mirrored}><path d=${path}></path></svg>`

export const closeIcon = drawn('m4 4 8 8m0-8-8 8')
export const backIcon = drawn('M10 3.5 5.5 8l4.5 4.5', true)
export const lessIcon = drawn('M3.5 8h9')
export const moreIcon = drawn('M3.5 8h9M8 3.5v9')
