/** Where the payment provider's frames are put. */
export type CardPlace = {
  readonly node: HTMLElement
  remove(): void
}

/**
 * A node in the document's own tree, for frames that refuse every shadow root, shown in the element's
 * slot `payment`. Where the element stands in shadow roots of others, closed ones too, the node is a child of the
 * outermost host, and a slot in each root between hands it down; a root that assigns its slots by hand is told so.
 * Throws where a root does not hand it down.
 */
export const placeCard = (element: HTMLElement): CardPlace => {
  element.querySelector(':scope > [slot="payment"]')?.remove()
  const name = `offset-payment-${Math.random().toString(36).slice(2)}`
  const node = document.createElement('div')
  const placed: HTMLElement[] = [node]
  const remove = () => {
    for (const each of placed) each.remove()
  }
  const passages: [passage: HTMLSlotElement, to: ShadowRoot][] = []
  let at: Element = element
  let slot = 'payment'
  for (let root = at.getRootNode(); root instanceof ShadowRoot; root = at.getRootNode()) {
    const passage = document.createElement('slot')
    passage.slot = slot
    passage.name = slot = name
    at.append(passage)
    placed.push(passage)
    passages.push([passage, root])
    at = root.host
  }
  node.slot = slot
  at.append(node)
  passages.forEach(([passage, { slotAssignment }], index) => {
    const child = passages[index + 1]?.[0] ?? node
    if (slotAssignment === 'manual') passage.assign(child)
    if (passage.assignedNodes()[0] === child) return
    remove()
    throw new Error('A shadow root around the element does not show the card form.')
  })
  return { node, remove }
}
