import { css } from './css.ts'

/** The button on the page: font and size are the page's, the rest is ours. */
export const buttonStyles = css`
  :host {
    display: inline-flex;
    font: inherit;
    max-inline-size: 100%;
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) {
    display: none;
  }
  :host([mode='inline']) {
    display: block;
    min-block-size: 32rem;
  }
  .button {
    --_pad: 0.95em;
    all: unset;
    box-sizing: border-box;
    position: relative;
    cursor: pointer;
    display: inline-flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: 44px;
    max-inline-size: 100%;
    padding: 0.5em var(--_pad);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    font-family: inherit;
    font-size: clamp(14px, 1em, 19px);
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: -0.003em;
    white-space: nowrap;
    -webkit-tap-highlight-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    transition:
      background-color 0.12s var(--_ease),
      color 0.12s var(--_ease),
      border-color 0.12s var(--_ease);
  }
  .button [hidden] {
    display: none;
  }
  .mark {
    fill: currentColor;
    inline-size: 1.2em;
    block-size: 1.2em;
    flex: none;
    display: block;
    overflow: visible;
  }
  .mark:dir(rtl) {
    transform: scaleX(-1);
  }
  .chad {
    transition: transform 0.32s var(--_ease);
  }
  .button:hover .chad {
    transform: translateY(1px);
  }
  .button:hover {
    background: var(--_accent-hover);
  }
  .button:active {
    background: color-mix(in oklab, var(--_ink) 52%, var(--_accent));
  }
  .button:focus-visible {
    outline: 2px solid var(--_ink);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_paper);
  }
  .label {
    min-inline-size: 0;
    white-space: normal;
  }
  .plain .label {
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.22em;
  }
  .price {
    flex: none;
    font-weight: 500;
    padding-inline-start: 0.75em;
    margin-inline-start: 0.15em;
    border-inline-start: 1px solid color-mix(in oklab, currentColor 34%, transparent);
    font-variant-numeric: tabular-nums;
    display: grid;
    min-inline-size: var(--_n);
    box-sizing: content-box;
    text-align: center;
  }
  .price > * {
    grid-area: 1 / 1;
  }
  .button.s {
    --_pad: 0.75em;
    min-block-size: 32px;
    font-size: 0.875em;
    gap: 0.5em;
  }
  .button.s::after {
    content: '';
    position: absolute;
    inset: -7px 0;
  }
  .button.l {
    --_pad: 1.1em;
    min-block-size: 56px;
    gap: 0.8em;
  }
  .button.l .mark {
    inline-size: 1.7em;
    block-size: 1.7em;
  }
  .button.outline,
  .button.done {
    background: transparent;
    color: inherit;
    border-color: color-mix(in oklab, currentColor 55%, transparent);
  }
  .button:is(.outline, .done):hover {
    background: color-mix(in oklab, currentColor 8%, transparent);
    border-color: currentColor;
  }
  .button:is(.outline, .done):active {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
  .button.plain {
    --_pad: 0;
    background: none;
    color: inherit;
    min-block-size: 0;
    padding-block: 0.1em;
    border: 0;
    border-radius: 2px;
    font-weight: inherit;
  }
  .button.plain::after {
    content: '';
    position: absolute;
    inset: -12px 0;
  }
  @media (max-width: 420px) {
    .button:not(.s, .l) {
      --_pad: 0.8em;
      font-size: clamp(14px, 0.94em, 17px);
      gap: 0.45em;
    }
    .price {
      padding-inline-start: 0.55em;
      margin-inline-start: 0.05em;
    }
  }
  @media (max-width: 360px) {
    .price {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .button,
    .button * {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .button:not(.plain) {
      border: 1px solid;
    }
    .mark {
      color: CanvasText;
    }
  }
  .button.loading {
    cursor: progress;
  }
  @media (prefers-reduced-motion: no-preference) {
    .button.loading .chad {
      animation: chad 1.1s var(--_ease) infinite alternate;
    }
  }
  @keyframes chad {
    from {
      transform: translateY(-9.8px);
    }
    to {
      transform: none;
    }
  }
`
