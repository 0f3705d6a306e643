import { drawn } from './icons.ts'
import { svg } from './template.ts'

export const downIcon = drawn(svg`<path d="m3.5 6 4.5 4.5L12.5 6"/>`)
export const lockIcon = drawn(
  svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5.2a2.5 2.5 0 0 1 5 0V7"/>`,
)
export const downloadIcon = drawn(svg`<path d="M8 2.5v7m0 0L5 6.8m3 2.7 3-2.7M3 13h10"/>`)
export const copyIcon = drawn(
  svg`<rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.5"/><path d="M10.5 3h-6A1.5 1.5 0 0 0 3 4.5v6"/>`,
)
export const warningIcon = drawn(
  svg`<path d="M8 2.5 14 13H2L8 2.5Z"/><path d="M8 6.8v2.7M8 11.3v.1"/>`,
)
export const clockIcon = drawn(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.2l2 1.3"/>`)
