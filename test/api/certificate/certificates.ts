import { type Certificate, certificate } from '@offset-button/contract'

type Line = Certificate['lines'][number]

/** Three demo certificates and one with hostile text; the schema of the wire holds for each. */

const PROJECTS: readonly Line['project'][] = [
  {
    reference: '3017',
    title: 'Bugoye 13.0 MW Run-of-River Hydropower Project',
    host: 'UG',
    technology: 'hydro',
    scope: 1,
    scope_derived: true,
  },
  {
    reference: '7531',
    title: 'Kathu Grid Connected 100 MW Solar Park South Africa',
    host: 'ZA',
    technology: 'solar',
    scope: 1,
    scope_derived: true,
  },
  {
    reference: '8646',
    title: 'Olkaria IV Geothermal Project',
    host: 'KE',
    technology: 'geothermal',
    scope: 1,
    scope_derived: true,
  },
]

/** A line of `sizes.length` serial blocks, each of so many tonnes, with a hole of one unit between. */
function line(index: number, sizes: readonly number[], vintage: number, first: number): Line {
  const project = PROJECTS[index % PROJECTS.length] as Line['project']
  let next = first
  const blocks = sizes.map((size) => {
    const start = next
    next += size + 1
    const serial = (number: number) =>
      `${project.host}-5-${number}-2-2-0-${Number(project.reference)}`
    return { start: serial(start), end: serial(start + size - 1) }
  })
  return {
    project,
    vintage,
    unit_type: 'CER',
    quantity_tonnes: sizes.reduce((sum, size) => sum + size, 0),
    blocks,
    original_commitment_period: 2,
    applicable_commitment_period: 2,
    transaction: `CDM${40140 + index}`,
    reference: `VC${118 + index}/2026`,
  }
}

function issued(lines: readonly Line[], changes: Partial<Certificate> = {}): Certificate {
  const quantity = lines.reduce((sum, next) => sum + next.quantity_tonnes, 0)
  return certificate.parse({
    id: 'c4f1a07be25d49d38a60b1e97c35d842',
    url: 'https://offset.example/certificates/c4f1a07be25d49d38a60b1e97c35d842',
    simulated: true,
    demo: true,
    quantity_tonnes: quantity,
    beneficiary: 'Riverkeepers Trust (demo)',
    purpose: 'Boats and van, season 2026',
    statement:
      'Twelve UN carbon credits were cancelled on 23 November 2026 on behalf of Riverkeepers Trust (demo). They cannot be sold, transferred or used again, by anybody.',
    registry: 'CDM registry',
    completed_at: '2026-11-23T14:02:41.000Z',
    issued_at: '2026-11-23T14:02:42.000Z',
    lines,
    history: [
      { step: 'reserved', at: '2026-11-23T14:02:07.000Z' },
      { step: 'authorised', at: '2026-11-23T14:02:31.000Z' },
      { step: 'checked', at: '2026-11-23T14:02:33.000Z' },
      { step: 'captured', at: '2026-11-23T14:02:34.000Z' },
      { step: 'completed', at: '2026-11-23T14:02:41.000Z' },
      { step: 'certificate', at: '2026-11-23T14:02:42.000Z' },
    ],
    ...changes,
  })
}

/** 12 t of three projects, as in the design. */
export const TWELVE = issued([
  line(0, [3], 2014, 1204417),
  line(1, [8], 2017, 30518820),
  line(2, [1], 2016, 2077300),
])

/** 5,000 t: 36 blocks in six lines. */
export const FIVE_THOUSAND = issued(
  Array.from({ length: 6 }, (_, index) =>
    line(
      index,
      [200, 150, 33, 117, 250, index < 2 ? 84 : 83],
      2013 + index,
      1_000_000 * (index + 1),
    ),
  ),
  {
    statement:
      '5,000 UN carbon credits were cancelled on 23 November 2026 on behalf of Kärntner Straße Łukasz Ośrodek Жук Ελλάδα. They cannot be sold, transferred or used again, by anybody.',
    beneficiary: 'Kärntner Straße Łukasz Ośrodek Жук Ελλάδα',
    purpose: null,
    history: [
      { step: 'reserved', at: '2026-11-23T23:59:07.000Z' },
      { step: 'completed', at: '2026-11-24T00:02:41.000Z' },
    ],
  },
)

/** Nobody named, no purpose: cancelled for the originating CDM activity. One tonne, not a demo. */
export const UNNAMED = issued([line(2, [1], 2016, 2077300)], {
  beneficiary: null,
  purpose: null,
  statement:
    'One UN carbon credit was cancelled on 23 November 2026 for the originating CDM activity. It cannot be sold, transferred or used again, by anybody.',
  simulated: false,
  demo: false,
})

const HOSTILE_NAME = `<script>alert("x")</script> O'Hara & ${'Donaudampfschiff'.repeat(5)}`

/** Markup, quotes, a very long word; the purpose in Arabic with a Latin bracket. */
export const HOSTILE = issued([line(0, [40], 2014, 77)], {
  beneficiary: HOSTILE_NAME,
  purpose: 'قوارب النهر (2026) <b>',
  statement: `40 UN carbon credits were cancelled on 23 November 2026 on behalf of ${HOSTILE_NAME}. They cannot be sold, transferred or used again, by anybody.`,
})
