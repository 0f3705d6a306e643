import { css } from './css.ts'

/** The button on the page: font and size are the page's, the rest is ours. */
export const buttonStyles = css`
  :host {
    display: inline-flex;
    font: inherit;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  :host([appearance='plain']) {
    vertical-align: baseline;
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
    border: 1px solid #0000;
    border-radius: var(--_radius);
    font-family: inherit;
    font-size: clamp(14px, 1em, 19px);
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: 0;
    white-space: nowrap;
    -webkit-tap-highlight-color: #0000;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button [hidden] {
    display: none;
  }
  .mark {
    position: relative;
    inline-size: 1.2em;
    block-size: 1.2em;
    flex: none;
  }
  .mark:dir(rtl) {
    scale: -1 1;
  }
  .mark::before,
  .mark::after {
    content: '';
    position: absolute;
    inset: 5% 5% 40%;
    border-radius: 0.09em;
    background: radial-gradient(circle at 68% 50%, #0000 0.18em, currentColor 0.2em);
  }
  .mark::after {
    inset: 66% auto auto 50.5%;
    border: 0.186em solid;
    border-radius: 1em;
    background: none;
  }
  .button:hover .mark::after {
    translate: 0 1px;
  }
  .button:hover {
    background: var(--_accent-hover);
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
    text-decoration: underline 1px;
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
    padding-block: 0.4em;
    min-block-size: 32px;
    font-size: 0.875em;
    gap: 0.5em;
  }
  .s::after,
  .plain::after {
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
    font-size: 1.4em;
  }
  .outline,
  :host(:state(done)) .solid {
    background: none;
    color: inherit;
    border-color: color-mix(in oklab, currentColor 55%, transparent);
  }
  .outline:hover,
  :host(:state(done)) .solid:hover {
    background: color-mix(in oklab, currentColor 8%, transparent);
    border-color: currentColor;
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
  .plain::after {
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
  @media (forced-colors: active) {
    .button:not(.plain) {
      border: 1px solid;
    }
  }
  :host(:state(loading)) .button {
    cursor: progress;
  }
  @media (prefers-reduced-motion: no-preference) {
    .button {
      transition: 0.12s var(--_ease);
    }
    .mark::after {
      transition: translate 0.32s var(--_ease);
    }
    :host(:state(loading)) .mark::after {
      animation: chad 1.1s var(--_ease) infinite alternate;
    }
  }
  @keyframes chad {
    from {
      translate: 0 -0.59em;
    }
  }
`
