// Gives each address marked data-copy a button; without this script the address is plain text.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const said = document.getElementById(button.getAttribute('aria-describedby'))
  button.hidden = false
  button.addEventListener('click', async () => {
    const address = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(address.textContent)
      said.textContent = button.dataset.copied
    } catch {
      getSelection().selectAllChildren(address)
      said.textContent = button.dataset.selected
    }
  })
}
