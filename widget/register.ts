/** Defines an element; where one of another version is on the page, that one stays, with a warning. */
export const register = (
  name: string,
  element: CustomElementConstructor,
  version: string,
): void => {
  const other = customElements.get(name) as { version?: string } | undefined
  if (other === undefined) customElements.define(name, element)
  else if (other.version !== version)
    console.warn(`<${name}> ${other.version ?? '?'} stays: ${version} came later.`)
}
