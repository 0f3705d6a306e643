import { css } from '../css.ts'

/** Waiting. */
export const contrastStyles = css`
  .spinner {
    inline-size: 20px;
    block-size: 20px;
    border-radius: 3px;
    box-shadow: inset 0 0 0 2px var(--_accent);
    background: repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 4.5px);
    background-size: 200% 100%;
    animation: hatch 1.2s linear infinite;
  }
  @keyframes hatch {
    to {
      background-position: -40px 0;
    }
  }
  .waiting {
    display: flex;
    gap: 12px;
    align-items: center;
    opacity: 0;
    animation: appear 0.1s 0.3s forwards;
  }
  @keyframes appear {
    to {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting {
      opacity: 1;
    }
  }
`
