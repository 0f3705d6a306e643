/** Our tokens as plain colours, for a frame that cannot read them. */
export const resolveColours = <T extends string>(
  root: ShadowRoot,
  tokens: Readonly<Record<T, string>>,
): Record<T, string> => {
  const probe = document.createElement('span')
  root.append(probe)
  const entries = Object.entries<string>(tokens).map(([name, token]) => {
    probe.style.color = `var(${token})`
    return [name, plain(getComputedStyle(probe).color)]
  })
  probe.remove()
  return Object.fromEntries(entries) as Record<T, string>
}

/** Any CSS colour as #rrggbb, read back from a painted pixel. */
const plain = (colour: string): string => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (context === null) return colour
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
