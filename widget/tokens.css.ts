import { css } from 'lit'

/**
 * Six public custom properties; everything else derives from them. The scheme is the page's inherited
 * `color-scheme`. The accent is kept legible by clamping its lightness where the browser can.
 */
export const tokens = css`
  :host {
    --_ink: var(--offset-ink, light-dark(#10151d, #f1f3f7));
    --_paper: var(--offset-paper, light-dark(#ffffff, #14181f));
    --_accent: var(--offset-accent, light-dark(#2141a6, #9ebcff));
    --_on-accent: light-dark(#ffffff, #091431);
    --_font: var(--offset-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif);
    --_radius: var(--offset-radius, 8px);
    --_width: var(--offset-width, 400px);
    --_mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
    --_serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', Georgia, serif;
    --_ink-2: color-mix(in oklab, var(--_ink) 76%, var(--_paper));
    --_ink-3: color-mix(in oklab, var(--_ink) 62%, var(--_paper));
    --_edge: color-mix(in oklab, var(--_ink) 48%, var(--_paper));
    --_line: color-mix(in oklab, var(--_ink) 14%, var(--_paper));
    --_sunken: color-mix(in oklab, var(--_ink) 4%, var(--_paper));
    --_accent-hover: color-mix(in oklab, var(--_ink) 28%, var(--_accent));
    --_accent-2: color-mix(in oklab, var(--_accent) 64%, var(--_paper));
    --_accent-3: color-mix(in oklab, var(--_accent) 36%, var(--_paper));
    --_wash: color-mix(in oklab, var(--_accent) 7%, var(--_paper));
    --_amber: light-dark(#6f4400, #f3c66d);
    --_amber-wash: light-dark(#fff2d8, #2c230f);
    --_amber-edge: light-dark(#b47a12, #a67c2e);
    --_red: light-dark(#a3231c, #ffa197);
    --_red-wash: light-dark(#fdf0ee, #2b1a1a);
    --_red-edge: light-dark(#cc6a62, #a5564e);
    --_radius-panel: calc(var(--_radius) * 1.5);
    --_shadow:
      0 0 0 1px light-dark(rgb(16 21 29 / 0.09), rgb(255 255 255 / 0.11)),
      0 1px 2px light-dark(rgb(16 21 29 / 0.06), rgb(0 0 0 / 0.5)),
      0 18px 44px -14px light-dark(rgb(16 21 29 / 0.28), rgb(0 0 0 / 0.7));
    --_ease: cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  @supports (color: oklch(from red l c h)) {
    :host {
      --_accent: light-dark(
        oklch(from var(--offset-accent, #2141a6) min(l, 0.51) c h),
        oklch(from var(--offset-accent, #2141a6) max(l, 0.8) min(c, 0.105) h)
      );
      --_on-accent: light-dark(
        #ffffff,
        oklch(from var(--offset-accent, #2141a6) 0.2 min(c, 0.06) h)
      );
    }
  }
`
