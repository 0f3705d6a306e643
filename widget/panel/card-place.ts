/** Where the payment provider's frames are put. */
export type CardPlace = {
  readonly node: HTMLElement
  remove(): void
}

/**
 * A node in the document's own tree, for frames that refuse every shadow root, shown in the element's
 * slot `payment`. Where the element stands in shadow roots of others, the node is a child of the
 * outermost host, and a slot in each root between hands it down.
 */
export const placeCard = (element: HTMLElement): CardPlace => {
  element.querySelector(':scope > [slot="payment"]')?.remove()
  const name = `offset-payment-${Math.random().toString(36).slice(2)}`
  const node = document.createElement('div')
  const placed: HTMLElement[] = [node]
  let at: Element = element
  let slot = 'payment'
  for (let root = at.getRootNode(); root instanceof ShadowRoot; root = at.getRootNode()) {
    const passage = document.createElement('slot')
    passage.slot = slot
    passage.name = slot = name
    at.append(passage)
    placed.push(passage)
    at = root.host
  }
  node.slot = slot
  at.append(node)
  return {
    node,
    remove: () => {
      for (const each of placed) each.remove()
    },
  }
}
