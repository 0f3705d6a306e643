/** Markup that is already safe to send. */
export type Html = { readonly markup: string }

type Value = string | number | Html | readonly Html[]

/** A template whose values are escaped, unless they are markup made by it. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const texts = parts.map(
    (part, index) => part + (index < values.length ? write(values[index]) : ''),
  )
  return { markup: texts.join('') }
}

function write(value: Value | undefined): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  if (value === undefined) return ''
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
