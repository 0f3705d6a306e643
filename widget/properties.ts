import type { PropertyDeclaration } from 'lit'
import { type AttributeName, FACE_NAMES, LATER_NAMES } from './face.ts'

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
export const LOOK_NAMES = Object.keys(LOOKS) as LookName[]

/** `vintage-from` as the property `vintageFrom`. */
export type PropertyOf<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Tail>}`
  : Name

/** Properties that mirror the attributes: null or undefined where absent, and either removes. */
export type Mirrors = {
  [Name in AttributeName | LookName as PropertyOf<Name>]: string | number | null | undefined
} & { required?: boolean; disabled?: boolean }

const propertyOf = <Name extends string>(name: Name) =>
  name.replace(/-(.)/, (_, letter: string) => letter.toUpperCase()) as PropertyOf<Name>

const flag: PropertyDeclaration = { type: Boolean, reflect: true }

/** Lit's declarations: every property is reflected, so that style sheets and frameworks see the same. */
export const PROPERTIES: Record<string, PropertyDeclaration> = {
  ...Object.fromEntries(
    [...FACE_NAMES, ...LATER_NAMES, ...LOOK_NAMES].map((attribute) => [
      propertyOf(attribute),
      { attribute, reflect: true },
    ]),
  ),
  required: flag,
  disabled: flag,
}

/** Properties that change neither what is sold nor its price. */
export const MERE = { ...LOOKS, required: 0, disabled: 0, appearance: 0, size: 0 }
