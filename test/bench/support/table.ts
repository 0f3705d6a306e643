/** One column of a printed table. */
export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  /** Words; numbers, which stand on the right, otherwise. */
  readonly left?: boolean
}

/** Rows under the columns' titles, in the fewest characters that keep the columns apart. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => column.text(row))),
  ]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const rendered = lines.map((line) =>
    line
      .map((text, at) => {
        const width = widths[at] ?? 0
        return columns[at]?.left ? text.padEnd(width) : text.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '─'.repeat(width)).join('──')
  return [rendered[0] ?? '', rule, ...rendered.slice(1)].join('\n')
}
