import { render, type TemplateResult } from 'lit'

/** The frame around the steps: a native dialog, or a card in the page. It is modal until the page must be let in. */
export class Frame {
  readonly #root: ShadowRoot
  readonly #onClosed: () => void
  readonly dialog = document.createElement('dialog')
  readonly #card = document.createElement('section')
  readonly #said = document.createElement('div')
  #page = document.createElement('div')
  /** The dialog is closed only to be shown otherwise. */
  isSwitching = false

  constructor(root: ShadowRoot, onClosed: () => void) {
    this.#root = root
    this.#onClosed = onClosed
    for (const frame of [this.dialog, this.#card]) {
      frame.className = 'panel'
      frame.setAttribute('part', 'panel')
      frame.setAttribute('aria-labelledby', 'title')
    }
    this.#said.className = 'hidden'
    this.#said.setAttribute('role', 'status')
    this.#said.ariaLive = 'polite'
    this.dialog.addEventListener('cancel', this.#onCancel)
    this.dialog.addEventListener('close', this.#onClose)
    this.dialog.addEventListener('keydown', this.#onKey)
  }

  /** Draws into the page that is shown; `isFresh` begins a new one, so that nothing of the last stays. */
  draw(content: TemplateResult, isFresh: boolean, lang: string, direction: string): void {
    const frame = this.#frame()
    if (isFresh || !this.#page.isConnected) {
      this.#page = document.createElement('div')
      this.#page.className = 'page'
      frame.replaceChildren(this.#page, this.#said)
    }
    frame.lang = lang
    frame.dir = direction
    render(content, this.#page)
  }

  /** Puts the frame into the element: as a dialog, or as a card. */
  place(isInline: boolean): void {
    const frame = isInline ? this.#card : this.dialog
    if (frame.parentNode) return
    this.dialog.remove()
    this.#card.remove()
    this.#root.append(frame)
  }

  say(sentence: string): void {
    this.#said.textContent = sentence
  }

  show(): void {
    if (this.dialog.isConnected && !this.dialog.open) this.dialog.showModal()
  }

  close(): void {
    this.dialog.close()
  }

  focus(selector: string): void {
    this.#root.querySelector<HTMLElement>(selector)?.focus()
  }

  focusTitle(): void {
    this.focus('#title')
    this.#root.querySelector('.body')?.scrollTo(0, 0)
  }

  #frame(): HTMLElement {
    return this.#card.isConnected ? this.#card : this.dialog
  }

  readonly #onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    this.#onClosed()
  }

  /** The browser may close a dialog on its own; the panel closes along, but not when only switched. */
  readonly #onClose = (): void => {
    if (this.isSwitching) this.isSwitching = false
    else if (!this.dialog.open) this.#onClosed()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#onClosed()
  }
}
