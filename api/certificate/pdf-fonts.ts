import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create } from 'fontkit'

/** The faces of the PDF. All cover Latin, Greek and Cyrillic; licence of each: OFL-1.1. */
const FILES = {
  sans: import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  strong: import.meta.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  serif: import.meta.resolve(
    '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  ),
  serifStrong: import.meta.resolve(
    '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  ),
  mono: import.meta.resolve(
    '@expo-google-fonts/source-code-pro/400Regular/SourceCodePro_400Regular.ttf',
  ),
} as const

export type FontName = keyof typeof FILES
export const FONT_NAMES = Object.keys(FILES) as readonly FontName[]

const files = new Map<FontName, Buffer>()
const coverage = new Map<FontName, ReadonlySet<number>>()

/** The font file; read once. */
export function fontFile(name: FontName): Buffer {
  const file = files.get(name) ?? readFileSync(fileURLToPath(FILES[name]))
  files.set(name, file)
  return file
}

/**
 * The text as the PDF can set it, in composed characters and without invisible controls; or `instead`
 * where a character has no glyph, or is of a script that needs more than glyphs in a row.
 */
export function settable(text: string, font: FontName, instead: string): string {
  const plain = text.normalize('NFC').replace(/[\p{Cc}\p{Cf}]/gu, '')
  const covered = coverageOf(font)
  const fits = [...plain].every((character) => covered.has(character.codePointAt(0) ?? -1))
  return fits ? plain : instead
}

function coverageOf(name: FontName): ReadonlySet<number> {
  const known = coverage.get(name)
  if (known) return known
  const font = create(fontFile(name))
  if (!('characterSet' in font)) throw new Error(`${name} is a collection of fonts, not one`)
  const set = new Set(font.characterSet)
  coverage.set(name, set)
  return set
}
