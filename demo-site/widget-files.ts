import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built widget, as its package names it; the file need not exist yet. */
const ENTRY = fileURLToPath(import.meta.resolve('offset-button'))

/** A built file carries a hash of its content in its name, the entry does not. */
const HASHED_NAME = /-[\w-]{8}\.js$/
const NAME = /^[\w-]+(\.[\w-]+)*\.js$/

export type WidgetFile = { readonly content: Buffer; readonly immutable: boolean }

/** The entry or a chunk of the built widget by its name; null where there is none. */
export async function widgetFile(name: string): Promise<WidgetFile | null> {
  if (!NAME.test(name)) return null
  const content = await readFile(join(dirname(ENTRY), name)).catch(() => null)
  return content && { content, immutable: name !== basename(ENTRY) && HASHED_NAME.test(name) }
}
