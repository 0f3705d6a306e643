import { svg } from 'lit'

/** The mark: a slip with a hole, and the chad that fell from it. */
export const mark = svg`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="currentColor">
  <path fill-rule="evenodd" d="M2.5 1h15A1.5 1.5 0 0 1 19 2.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 1 10.5v-8A1.5 1.5 0 0 1 2.5 1Zm10.7 2.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2Z"/>
  <circle class="chad" cx="13.2" cy="16.3" r="3.1"/>
</svg>`
