import { css } from '../css.ts'

/** The panel itself: where it stands, its head, body and foot. */
export const frameStyles = css`
  .panel {
    all: initial;
    color-scheme: inherit;
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    inline-size: min(100%, var(--_width));
    container-type: inline-size;
    position: relative;
    overflow: hidden;
    background: var(--_paper);
    color: var(--_ink);
    border-radius: var(--_radius-panel);
    box-shadow: var(--_shadow);
    font: 400 15px/1.45 var(--_font);
    font-variant-numeric: tabular-nums lining-nums;
    text-align: start;
    overflow-wrap: break-word;
  }
  .panel *,
  .panel *::before,
  .panel *::after {
    box-sizing: border-box;
  }
  .panel :is(p, h2, dl, dd) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  .page {
    display: contents;
  }
  dialog.panel {
    position: fixed;
    inset-block: 24px auto;
    inset-inline: auto 24px;
    inline-size: min(var(--_width), calc(100vw - 48px));
    max-block-size: calc(100dvh - 48px);
    z-index: 2147483000;
  }
  dialog.panel:not([open]) {
    display: none;
  }
  dialog.panel::backdrop {
    background: rgb(16 21 29 / 0.3);
  }
  dialog.panel .body {
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  @media (max-width: 520px) {
    dialog.panel {
      inset: auto 0 0;
      inline-size: 100%;
      max-block-size: calc(100dvh - 28px);
      border-radius: calc(var(--_radius) * 2) calc(var(--_radius) * 2) 0 0;
    }
  }
  .steps {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 2px;
    block-size: 3px;
    flex: none;
  }
  .steps i {
    background: var(--_line);
  }
  .steps .done {
    background: var(--_accent);
  }
  .steps .now {
    background: linear-gradient(to right, var(--_accent) 50%, var(--_line) 0);
  }
  .steps .now:dir(rtl) {
    background: linear-gradient(to left, var(--_accent) 50%, var(--_line) 0);
  }
  .head > .tag:last-child {
    margin-inline-end: 10px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 52px;
    padding-block: 10px 6px;
    padding-inline: 20px 10px;
    flex: none;
  }
  .head h2 {
    font: 600 16px/22px var(--_font);
    flex: 1;
    outline: 0;
  }
  .icon-button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    inline-size: 36px;
    block-size: 36px;
    position: relative;
    display: grid;
    place-items: center;
    border-radius: var(--_radius);
    color: var(--_ink-2);
    font-size: 16px;
    flex: none;
  }
  .i {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    display: block;
  }
  .panel :is(button, a, input, select, summary, .scroll):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .body {
    padding: 6px 20px 20px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    align-content: start;
    flex: 1;
    min-block-size: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .body {
      animation: step 0.2s var(--_ease);
    }
  }
  @keyframes step {
    from {
      opacity: 0;
      translate: 8px;
    }
  }
  .foot {
    position: relative;
    padding: 16px 20px 18px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    background: var(--_paper);
    flex: none;
  }
  .foot::before {
    content: '';
    position: absolute;
    inset-block-start: -1px;
    inset-inline: 0;
    block-size: 3px;
    background: radial-gradient(circle, var(--_edge) 1.05px, #0000 1.5px) 0 0 / 7px
      3px repeat-x;
  }
  .foot .small.centre {
    text-align: center;
  }
  .small {
    font-size: 13px;
    line-height: 18px;
    color: var(--_ink-2);
  }
  .strong {
    font-weight: 600;
    color: var(--_ink);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`
