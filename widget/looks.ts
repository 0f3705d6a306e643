import { LOOK_NAMES, LOOKS, type LookName } from './properties.ts'

/** Looks that CSS could not read, as written. */
export type BadLooks = readonly (readonly [name: LookName, value: string])[]

/** Sets the element's looks in its own sheet, below the page's; what CSS cannot read is left out and returned. */
export const applyLooks = (element: Element, sheet: CSSStyleSheet): BadLooks => {
  sheet.replaceSync(':host{}')
  const { style } = sheet.cssRules[0] as CSSStyleRule
  const bad: [LookName, string][] = []
  for (const name of LOOK_NAMES) {
    const value = element.getAttribute(name)
    if (value === null) continue
    if (CSS.supports(LOOKS[name], value)) style.setProperty(`--offset-${name}`, value)
    else bad.push([name, value])
  }
  return bad
}
