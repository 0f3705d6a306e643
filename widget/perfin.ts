/** Perfin: figures punched as holes, five columns by seven rows a glyph. Digits, `t`, `-`, space. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  '0': ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '2': ['.###.', '#...#', '....#', '..##.', '.#...', '#....', '#####'],
  '3': ['####.', '....#', '....#', '.###.', '....#', '....#', '####.'],
  '4': ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '6': ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  '7': ['#####', '....#', '...#.', '...#.', '..#..', '..#..', '..#..'],
  '8': ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
  t: ['.#...', '.#...', '####.', '.#...', '.#...', '.#..#', '..##.'],
  '-': ['.....', '.....', '.....', '.###.', '.....', '.....', '.....'],
  ' ': ['...', '...', '...', '...', '...', '...', '...'],
}

const PITCH = 7.2
const RADIUS = 2.7
const MARGIN = 15
const HEIGHT = 70

export type Band = { readonly width: number; readonly height: number; readonly path: string }
export type Hole = { readonly column: number; readonly row: number }

/** Where the holes are, column by column from the left; a character without a glyph leaves a space. */
export const holesOf = (
  text: string,
): { readonly holes: readonly Hole[]; readonly columns: number } => {
  const holes: Hole[] = []
  let column = 0
  for (const character of text) {
    const glyph = GLYPHS[character] ?? GLYPHS[' '] ?? []
    const width = glyph[0]?.length ?? 0
    for (let x = 0; x < width; x++)
      for (let row = 0; row < glyph.length; row++)
        if (glyph[row]?.[x] === '#') holes.push({ column: column + x, row })
    column += width + 1
  }
  return { holes, columns: Math.max(0, column - 1) }
}

/** One SVG path: a band with `text` cut out of it, to fill with `evenodd`. At least 320 wide. */
export const punchBand = (text: string): Band => {
  const { holes, columns } = holesOf(text)
  const width = Math.max(320, Math.ceil(2 * MARGIN + (columns - 1) * PITCH + 2 * RADIUS))
  const top = (HEIGHT - 6 * PITCH) / 2
  const circles = holes.map(({ column, row }) => {
    const x = round(MARGIN + column * PITCH)
    const y = round(top + row * PITCH)
    const d = 2 * RADIUS
    return `M${x} ${y}a${RADIUS} ${RADIUS} 0 1 0 ${d} 0a${RADIUS} ${RADIUS} 0 1 0 -${d} 0`
  })
  return { width, height: HEIGHT, path: `M0 0H${width}V${HEIGHT}H0Z${circles.join('')}` }
}

const round = (n: number) => Math.round(n * 10) / 10

/** Above this many tonnes a hole in a strip stands for more than one. */
export const MAX_HOLES = 40

/** Tonnes that a hole stands for: 1, or the smallest of 2, 5, 10, 20, … that keeps to `MAX_HOLES`. */
export const tonnesPerHole = (tonnes: number): number => {
  for (let power = 1; ; power *= 10)
    for (const step of [1, 2, 5]) if (tonnes <= MAX_HOLES * step * power) return step * power
}
