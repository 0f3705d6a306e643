/** A character as seven rows; `#` is a hole. Widths differ from character to character. */
const CHARACTERS: Readonly<Record<string, readonly string[]>> = {
  '0': [' ### ', '#   #', '#   #', '#   #', '#   #', '#   #', ' ### '],
  '1': [' # ', '## ', ' # ', ' # ', ' # ', ' # ', '###'],
  '2': [' ### ', '#   #', '    #', '  ## ', ' #   ', '#    ', '#####'],
  '3': [' ### ', '#   #', '    #', '  ## ', '    #', '#   #', ' ### '],
  '4': ['   # ', '  ## ', ' # # ', '#  # ', '#####', '   # ', '   # '],
  '5': ['#####', '#    ', '#### ', '    #', '    #', '#   #', ' ### '],
  '6': [' ### ', '#    ', '#    ', '#### ', '#   #', '#   #', ' ### '],
  '7': ['#####', '    #', '   # ', '   # ', '  #  ', '  #  ', '  #  '],
  '8': [' ### ', '#   #', '#   #', ' ### ', '#   #', '#   #', ' ### '],
  '9': [' ### ', '#   #', '#   #', ' ####', '    #', '    #', ' ### '],
  '-': ['   ', '   ', '   ', '###', '   ', '   ', '   '],
  t: [' #  ', ' #  ', '### ', ' #  ', ' #  ', ' # #', '  # '],
  ' ': ['  ', '  ', '  ', '  ', '  ', '  ', '  '],
}

export const MATRIX_ROWS = 7

export type DotMatrix = {
  readonly columns: number
  /** Column and row of each hole, from the top left. */
  readonly holes: readonly (readonly [column: number, row: number])[]
}

/** Sets digits, `-`, `t` and spaces as holes, one column between characters. */
export function dotMatrix(text: string): DotMatrix {
  const holes: [number, number][] = []
  let left = 0
  for (const character of text) {
    const rows = CHARACTERS[character]
    if (!rows) throw new RangeError(`no holes for ${JSON.stringify(character)}`)
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x += 1) if (row[x] === '#') holes.push([left + x, y])
    })
    left += (rows[0]?.length ?? 0) + 1
  }
  return { columns: Math.max(0, left - 1), holes }
}
