import { html, svg, type TemplateResult } from './template.ts'

export const drawn = (paths: ReturnType<typeof svg>, mirrored = false): TemplateResult =>
  html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" ?data-dir=${mirrored}>${paths}</svg>`

export const closeIcon = drawn(svg`<path d="m4 4 8 8m0-8-8 8"/>`)
export const backIcon = drawn(svg`<path d="M10 3.5 5.5 8l4.5 4.5"/>`, true)
export const lessIcon = drawn(svg`<path d="M3.5 8h9"/>`)
export const moreIcon = drawn(svg`<path d="M3.5 8h9M8 3.5v9"/>`)
