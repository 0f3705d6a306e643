import type pg from 'pg'

const TAB = 0x09
const NEWLINE = 0x0a
const ZERO = 0x30
const NINE = 0x39
const TRUE = 0x74

/**
 * A row as `COPY … TO STDOUT` writes it: text, with a tab or a newline behind each column. Its columns are read once each, in
 * their order; none may be null.
 */
export class CopiedRow {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  open(bytes: Buffer): this {
    this.#bytes = bytes
    this.#at = 0
    return this
  }

  /** A whole number of 0 or more. NaN where it is none; beyond the safe integers it is no safe integer either. */
  whole(): number {
    const bytes = this.#bytes
    let at = this.#at
    let value = 0
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === TAB || byte === NEWLINE) break
      value = byte >= ZERO && byte <= NINE ? value * 10 + byte - ZERO : Number.NaN
    }
    if (at === this.#at) value = Number.NaN
    this.#at = at + 1
    return value
  }

  /** A boolean. */
  isTrue(): boolean {
    const value = this.#bytes[this.#at] === TRUE
    this.#at += 2
    return value
  }
}

/** The rows of one COPY as they come, for `client.query`: neither a result nor a list is made of them. */
export class RowCopy implements pg.Submittable {
  /** Settles behind the last row; rejects with what `onRow` threw, or what Postgres or the connection said. */
  readonly ended: Promise<void>
  readonly #text: string
  readonly #onRow: (row: CopiedRow) => void
  readonly #row = new CopiedRow()
  #resolve: () => void = () => undefined
  #reject: (reason: unknown) => void = () => undefined
  #failed = false

  /** `onRow` may keep nothing of the row. */
  constructor(text: string, onRow: (row: CopiedRow) => void) {
    this.#text = text
    this.#onRow = onRow
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#failed) return
    try {
      this.#onRow(this.#row.open(chunk))
    } catch (reason) {
      this.handleError(reason)
    }
  }

  handleCommandComplete(): void {}

  handleError(reason: unknown): void {
    this.#failed = true
    this.#reject(reason)
  }

  handleReadyForQuery(): void {
    this.#resolve()
  }
}
