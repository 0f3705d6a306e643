/**
 * Templates: `html` says what is to be seen, `render` makes the page so and touches only what
 * changed. Values are set as text, attributes, `.properties`, `?booleans` and `@listeners`, never
 * as markup. Templates themselves are constants of ours, parsed once a page.
 */
export type TemplateResult = {
  readonly strings: TemplateStringsArray
  readonly values: readonly unknown[]
  readonly isSvg: boolean
}

/** Draws nothing, and takes an attribute away. */
export const nothing = null

export const html = (strings: TemplateStringsArray, ...values: unknown[]): TemplateResult => ({
  strings,
  values,
  isSvg: false,
})
export const svg = (strings: TemplateStringsArray, ...values: unknown[]): TemplateResult => ({
  strings,
  values,
  isSvg: true,
})

/** Makes the content of `container` what the template says. */
export const render = (template: TemplateResult, container: HTMLElement): void => {
  const known = drawn.get(container)
  if (known?.strings === template.strings) {
    known.update(template.values)
    return
  }
  const fresh = instanceOf(template)
  container.replaceChildren(...fresh.nodes)
  drawn.set(container, fresh)
}

type Instance = {
  readonly strings: TemplateStringsArray
  readonly nodes: readonly ChildNode[]
  update(values: readonly unknown[]): void
}
type Part = (values: readonly unknown[]) => void

const drawn = new WeakMap<HTMLElement, Instance>()
const parsed = new WeakMap<TemplateStringsArray, DocumentFragment>()

/** A page under Trusted Types has to allow this policy by name. */
const policy = (
  globalThis as {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createHTML(text: string): string },
      ): {
        createHTML(text: string): string
      }
    }
  }
).trustedTypes?.createPolicy('offset-button', { createHTML: (text) => text })

const instanceOf = ({ strings, values, isSvg }: TemplateResult): Instance => {
  const fragment = document.importNode(contentOf(strings, isSvg), true)
  const walker = document.createTreeWalker(fragment, 129)
  const nodes: Node[] = []
  while (walker.nextNode()) nodes.push(walker.currentNode)
  const parts = nodes.flatMap((node) =>
    node instanceof Comment ? childPart(node) : attributeParts(node as Element),
  )
  const update = (next: readonly unknown[]) => {
    for (const part of parts) part(next)
  }
  const instance = { strings, update, nodes: [...fragment.childNodes] }
  update(values)
  // What a part at the top has drawn belongs to the instance too, as far as it is there by now.
  return { ...instance, nodes: [...fragment.childNodes] }
}

/** Marks where values go: `{{0}}` in an attribute, a comment between elements. */
const contentOf = (strings: TemplateStringsArray, isSvg: boolean): DocumentFragment => {
  const known = parsed.get(strings)
  if (known) return known
  const text = strings.reduce(
    (all, piece, index) =>
      `${all}${all.lastIndexOf('<') > all.lastIndexOf('>') ? `{{${index - 1}}}` : `<!--${index - 1}-->`}${piece}`,
  )
  const markup = isSvg ? `<svg>${text}</svg>` : text
  const template = document.createElement('template')
  template.innerHTML = (policy ? policy.createHTML(markup) : markup) as string
  const { content } = template
  if (isSvg) content.replaceChildren(...(content.firstChild?.childNodes ?? []))
  parsed.set(strings, content)
  return content
}

const attributeParts = (element: Element): Part[] =>
  [...element.attributes]
    .filter((it) => it.value.includes('{{'))
    .map(({ name, value }) => {
      const pieces = value.split(/\{\{(\d+)\}\}/)
      const kind = name[0] ?? ''
      const bare = name.slice(1)
      element.removeAttribute(name)
      let last: unknown
      let listener: unknown
      if (kind === '@')
        element.addEventListener(bare, (event) => (listener as EventListener)(event))
      return (values: readonly unknown[]) => {
        const [before, index, after] = pieces
        const only = pieces.length === 3 && before === '' && after === ''
        const next = only
          ? values[Number(index)]
          : pieces.map((piece, at) => (at % 2 ? values[Number(piece)] : piece)).join('')
        if (kind === '@') listener = next
        else if (next === last) return
        else if (kind === '.') Reflect.set(element, bare, next)
        else if (kind === '?') element.toggleAttribute(bare, Boolean(next))
        else if (next === nothing) element.removeAttribute(name)
        else element.setAttribute(name, String(next))
        last = next
      }
    })

const childPart = (mark: Comment): Part => {
  const index = Number(mark.data)
  const slot = slotBefore(mark)
  return (values) => slot.set(values[index])
}

type Slot = { set(value: unknown): void; clear(): void }

/** A place for a value before a mark: a text, a template, or a list of either. */
const slotBefore = (mark: Comment): Slot => {
  let last: unknown = nothing
  let text: Text | null = null
  let instance: Instance | null = null
  let items: { mark: Comment; slot: Slot }[] = []
  let from: ChildNode | null = null

  const clear = () => {
    for (const item of items) {
      item.slot.clear()
      item.mark.remove()
    }
    items = []
    // A template's parts may have drawn more at its top since: all between its first node and the mark goes.
    for (let node = from; node && node !== mark; ) {
      const next: ChildNode | null = node.nextSibling
      node.remove()
      node = next
    }
    from = text = instance = null
  }
  const set = (value: unknown) => {
    if (Array.isArray(value)) {
      if (!Array.isArray(last)) clear()
      while (items.length > value.length) {
        const item = items.pop()
        item?.slot.clear()
        item?.mark.remove()
      }
      while (items.length < value.length) {
        const own = document.createComment('')
        mark.before(own)
        items.push({ mark: own, slot: slotBefore(own) })
      }
      for (const [at, item] of items.entries()) item.slot.set(value[at])
    } else if (isTemplate(value)) {
      if (instance?.strings === value.strings) instance.update(value.values)
      else {
        clear()
        instance = instanceOf(value)
        from = document.createComment('')
        mark.before(from, ...instance.nodes)
      }
    } else if (value !== last || Array.isArray(last)) {
      if (text && value !== nothing) text.data = String(value)
      else {
        clear()
        if (value !== nothing && value !== undefined) {
          from = text = document.createTextNode(String(value))
          mark.before(text)
        }
      }
    }
    last = value
  }
  return { set, clear }
}

const isTemplate = (value: unknown): value is TemplateResult =>
  typeof value === 'object' && value !== null && 'strings' in value
