/** Stripe's requests are forms with nested names: `a[b]=1`, `a[]=1`, `a[0]=1`. */

/** A form's value: text, a list or nested fields. */
type FormValue = string | readonly FormValue[] | Form
export type Form = { readonly [name: string]: FormValue }

type Draft = { [name: string]: string | Draft }

const MAX_DEPTH = 6

/** Reads a form-encoded body or query. Names in brackets nest; names that are numbers or empty make lists. */
export function parseForm(text: string): Form {
  const draft: Draft = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\]?\[|\]$/).slice(0, MAX_DEPTH)
    if (name.endsWith(']')) path.pop()
    place(draft, path, value)
  }
  return settle(draft) as Form
}

/** The nested field as text, or undefined. */
export function field(form: Form, ...path: readonly string[]): string | undefined {
  let value: FormValue | undefined = form
  for (const name of path) {
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    value = (value as Form)[name]
  }
  return typeof value === 'string' ? value : undefined
}

/** The field as a list of texts; empty where it is not given. */
export function list(form: Form, name: string): readonly string[] {
  const value = form[name]
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
}

/** The field's own fields, those that are texts. */
export function fields(form: Form, name: string): Record<string, string> {
  const value = form[name]
  if (typeof value !== 'object' || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}

function place(into: Draft, path: readonly string[], value: string): void {
  let here = into
  for (const [depth, step] of path.entries()) {
    const name = step === '' ? String(Object.keys(here).length) : step
    if (depth === path.length - 1) {
      here[name] = value
      return
    }
    const next = here[name]
    here = here[name] = typeof next === 'object' ? next : Object.create(null)
  }
}

function settle(draft: string | Draft): FormValue {
  if (typeof draft === 'string') return draft
  const entries = Object.entries(draft)
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))
  if (isList) return entries.map(([, value]) => settle(value))
  return Object.fromEntries(entries.map(([name, value]) => [name, settle(value)]))
}
