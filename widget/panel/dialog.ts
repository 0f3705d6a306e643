import { html, type nothing, type TemplateResult } from 'lit'

/** The native dialog around the panel, in a shadow root. It is modal until the page must be let in. */
export class PanelDialog {
  readonly #root: () => ShadowRoot | null
  readonly #onClosed: () => void
  #isSwitching = false

  constructor(root: () => ShadowRoot | null, onClosed: () => void) {
    this.#root = root
    this.#onClosed = onClosed
  }

  show(): void {
    const dialog = this.#dialog()
    if (dialog && !dialog.open) dialog.showModal()
  }

  close(): void {
    this.#dialog()?.close()
  }

  /** The payment provider's windows open in the page's body: a modal dialog would cover and disable them. */
  letThePageIn(): void {
    const dialog = this.#dialog()
    if (!dialog?.matches(':modal')) return
    this.#isSwitching = true
    dialog.close()
    dialog.show()
  }

  focus(selector: string): void {
    this.#root()?.querySelector<HTMLElement>(selector)?.focus()
  }

  focusTitle(): void {
    this.focus('#title')
    this.#root()?.querySelector('.body')?.scrollTo(0, 0)
  }

  draw(content: TemplateResult | typeof nothing): TemplateResult {
    return html`<dialog class="panel" part="panel" aria-labelledby="title" @cancel=${this.#onCancel}
      @close=${this.#onClose} @keydown=${this.#onKey}>${content}</dialog>`
  }

  #dialog(): HTMLDialogElement | null {
    return this.#root()?.querySelector('dialog') ?? null
  }

  readonly #onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    this.#onClosed()
  }

  /** The browser may close a dialog on its own; the panel closes along, but not when only switched. */
  readonly #onClose = (): void => {
    if (this.#isSwitching) this.#isSwitching = false
    else if (!this.#dialog()?.open) this.#onClosed()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#onClosed()
  }
}
