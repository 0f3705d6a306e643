// The button and the lines follow the form while it is changed; without this script the form asks for the page again.
import { attributesOf, snippetOf } from './snippet.js'

const form = document.querySelector('.settings')
const made = document.getElementById('made')
const code = document.querySelector('.snippet code')
const copy = document.querySelector('[data-copy]')
const [faults, said] = document.querySelectorAll('.result [role="status"]')
const market = { api: form.dataset.api, key: form.dataset.key }
const KEPT = new Set(['id', 'key', 'api'])

/** Several ticked boxes are one list. */
function fieldsOf() {
  const fields = {}
  for (const [name, value] of new FormData(form))
    if (value !== '') fields[name] = fields[name] ? `${fields[name]},${value}` : value
  return fields
}

function follow() {
  const fields = fieldsOf()
  const attributes = new Map(attributesOf(fields))
  faults.textContent = ''
  for (const name of made.getAttributeNames())
    if (!KEPT.has(name) && !attributes.has(name)) made.removeAttribute(name)
  for (const [name, value] of attributes)
    if (made.getAttribute(name) !== value) made.setAttribute(name, value)
  code.textContent = snippetOf(fields, market)
}

made.addEventListener('offset-error', ({ detail }) => {
  if (detail.code === 'invalid_attribute') faults.textContent = detail.message
})
form.querySelector('button').hidden = true
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('input', follow)
copy.hidden = false
copy.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(code.textContent)
    said.textContent = 'Copied.'
  } catch {
    getSelection().selectAllChildren(code)
    said.textContent = 'Selected: now copy it.'
  }
})
