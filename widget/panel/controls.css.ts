import { css } from '../css.ts'

/** What can be pressed, typed in and read as a note. */
export const controlStyles = css`
  .link,
  .panel a.link {
    all: unset;
    cursor: pointer;
    position: relative;
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    border-radius: 2px;
  }
  .act {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 8px 16px;
    border-radius: var(--_radius);
    font: 600 16px/20px var(--_font);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.005em;
    text-align: center;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: background-color 0.12s var(--_ease);
  }
`
