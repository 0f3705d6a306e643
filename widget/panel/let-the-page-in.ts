import type { Frame } from './frame.ts'

/** The payment provider's windows open in the page's body: a modal dialog would cover and disable them. */
export const letThePageIn = (frame: Frame): void => {
  if (!frame.dialog.matches(':modal')) return
  frame.isSwitching = true
  frame.dialog.close()
  frame.dialog.show()
}

/** Nothing of the page is needed any more: what it left open, such as a window that stayed empty, covers nothing. */
export const keepThePageOut = (frame: Frame): void => {
  if (!frame.dialog.open || frame.dialog.matches(':modal')) return
  frame.isSwitching = true
  frame.dialog.close()
  frame.dialog.showModal()
}
