/** Runs once the element can be seen; stops waiting where the observer returned is disconnected. */
export const whenSeen = (element: Element, run: () => void): IntersectionObserver => {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return
    observer.disconnect()
    run()
  })
  observer.observe(element)
  return observer
}
