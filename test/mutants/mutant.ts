/** A bug to plant: a text of a file that becomes another. */
export type Mutant = {
  /** What is wrong then, as a clause. */
  readonly name: string
  /** Relative to the project's folder. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** The one test file that has to notice, as the area names it; without it, any of them. */
  readonly judge?: string
}

/** What bugs are planted in, and the tests that have to notice. */
export type MutantArea = {
  /** Folders of the project that are copied, with the tests among them. All other packages are the project's own. */
  readonly copied: readonly string[]
  /** Folders in them that are left out. */
  readonly omitted: readonly string[]
  /** The test files, as a pattern or by their names. */
  readonly tests: string | readonly string[]
  /** A module that loads all of what is mutated: a mutant that cannot be loaded shows nothing. */
  readonly entry: string
  readonly mutants: readonly Mutant[]
}

/** The source with the bug in it; undefined when its text is not there exactly once. */
export function planted(source: string, { find, replace }: Mutant): string | undefined {
  const parts = source.split(find)
  return parts.length === 2 ? parts.join(replace) : undefined
}
