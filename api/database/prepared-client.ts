import pg from 'pg'

/** A text that is asked so often is prepared; before that it may be one of a kind. */
const ASKED_OFTEN = 3
/** Statements that one connection keeps prepared, and texts that it counts. */
const MOST_TEXTS = 500

/**
 * A connection that prepares what it is asked often, so that Postgres plans it once. Never a `SELECT *`: a column that is added
 * meanwhile would change its result, which a prepared statement refuses.
 */
export class PreparedClient extends pg.Client {
  readonly #asked = new Map<string, { readonly name: string; times: number }>()

  // biome-ignore lint/suspicious/noExplicitAny: pg declares ten overloads; what is not a text with values passes through
  override query(...given: any[]): any {
    const [text, values, ...rest] = given
    const ask = super.query as (...all: unknown[]) => unknown
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return ask.apply(this, given)
    }
    const name = this.#nameOf(text)
    return name ? ask.call(this, { name, text, values }, ...rest) : ask.apply(this, given)
  }

  #nameOf(text: string): string | null {
    let known = this.#asked.get(text)
    if (!known) {
      if (this.#asked.size >= MOST_TEXTS || STAR.test(text)) return null
      known = { name: `often ${this.#asked.size}`, times: 0 }
      this.#asked.set(text, known)
    }
    known.times += 1
    return known.times < ASKED_OFTEN ? null : known.name
  }
}

const STAR = /(\bselect|\breturning|[.,])\s*\*/i
