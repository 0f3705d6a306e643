import { html, type TemplateResult } from 'lit'
import { tonnesPerHole } from '../perfin.ts'

/** Tint = offered, ink with holes = cancelled, empty = to come. */
export type Segment = { readonly tonnes: number; readonly look: 'offered' | 'cut' | 'todo' }

/** More segments than this cannot be told apart: the rest are drawn as one. */
const MAX_SEGMENTS = 24

/**
 * The block of units in proportion: a segment a fill, a hole a tonne, or as many as `tonnesPerHole`.
 * Styles are set as properties: a host page's policy may refuse the attribute.
 */
export const drawStrip = (
  segments: readonly Segment[],
  label: string | null,
  perHole = tonnesPerHole(segments.reduce((sum, it) => sum + it.tonnes, 0)),
): TemplateResult => html`<div class="strip" part="strip" role=${label === null ? 'presentation' : 'img'}
  aria-label=${label ?? ''} aria-hidden=${label === null ? 'true' : 'false'}>
  ${folded(segments).map((segment, index) => {
    const holes = Math.round(segment.tonnes / perHole)
    const punched = segment.look === 'cut' && holes > 0
    const look = segment.look === 'offered' ? toneOf(index) : segment.look
    return html`<i class="${look} ${punched ? 'holes' : ''}"
      .style=${`--_q:${segment.tonnes};--_h:${Math.max(1, holes)}`}></i>`
  })}
</div>`

/** The tone of a fill, the same in the strip and in the list. */
export const toneOf = (index: number): 'a' | 'b' | 'c' =>
  (['a', 'b', 'c'] as const)[index % 3] ?? 'a'

const folded = (segments: readonly Segment[]): readonly Segment[] => {
  if (segments.length <= MAX_SEGMENTS) return segments
  const kept = segments.slice(0, MAX_SEGMENTS - 1)
  const rest = segments.slice(MAX_SEGMENTS - 1)
  const looks: Segment['look'][] = ['offered', 'cut', 'todo']
  const folds = looks
    .map((look) => ({
      look,
      tonnes: rest.filter((it) => it.look === look).reduce((sum, it) => sum + it.tonnes, 0),
    }))
    .filter((it) => it.tonnes > 0)
  return [...kept, ...folds]
}
