import { css } from './css.ts'

/** The element's attributes, in the order in which they are documented. */
export const ATTRIBUTES = [
  'key',
  'api',
  'tonnes',
  'budget',
  'hosts',
  'technologies',
  'projects',
  'vintage-from',
  'vintage-to',
  'max-price',
  'beneficiary',
  'purpose',
  'appearance',
  'size',
  'mode',
] as const

/** The look as attributes, for pages whose policy refuses inline styles; a style sheet goes before. */
export const LOOKS = {
  accent: 'color',
  ink: 'color',
  paper: 'color',
  font: 'font-family',
  radius: 'border-radius',
  width: 'inline-size',
} as const
export type LookName = keyof typeof LOOKS

/** `vintage-from` as the property `vintageFrom`. */
export type PropertyOf<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Tail>}`
  : Name

/** Properties that mirror the attributes: null where absent, and null or undefined removes. */
export type Mirrors = {
  [Name in (typeof ATTRIBUTES)[number] | LookName as PropertyOf<Name>]: string | null
}

/** Defines a property for each attribute, and takes over what was set before the class was known. */
export const mirror = (prototype: HTMLElement, names: readonly string[]): void => {
  for (const name of names)
    Object.defineProperty(prototype, propertyOf(name), {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return this.getAttribute(name)
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined) this.removeAttribute(name)
        else this.setAttribute(name, String(value))
      },
    })
}

/** A framework may set properties before the element is defined: those would hide the mirrors. */
export const upgrade = (element: HTMLElement, names: readonly string[]): void => {
  for (const name of names.map(propertyOf)) {
    if (!Object.hasOwn(element, name)) continue
    const value = Reflect.get(element, name)
    Reflect.deleteProperty(element, name)
    Reflect.set(element, name, value)
  }
}

const propertyOf = (name: string) =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const HOST_RULE = css`:host{}`

/** The element's own sheet of looks: below the page's style sheets, above the defaults. */
export const createLooks = (): {
  sheet: CSSStyleSheet
  set(name: LookName, value: string): void
} => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(HOST_RULE)
  const rule = sheet.cssRules[0] as CSSStyleRule
  return { sheet, set: (name, value) => rule.style.setProperty(`--offset-${name}`, value) }
}
