// Adds the basket up while it is typed, and tells the button how many tonnes that is.
import { kilogramsOf, readBasket, sumOf } from './basket.js'

const form = document.querySelector('.basket')
const button = document.querySelector('offset-button')
const grouped = (number) => number.toLocaleString('en-GB')
const pounds = (pence) =>
  `${grouped(Math.floor(pence / 100))}.${String(pence % 100).padStart(2, '0')}`

function addUp() {
  const typed = Object.fromEntries(new FormData(form))
  for (const name of Object.keys(typed)) if (typed[name] === '') typed[name] = '0'
  const basket = readBasket(typed)
  for (const row of form.querySelectorAll('tr[data-grams]')) {
    const quantity = basket[row.querySelector('input').name]
    row.querySelector('[data-pounds]').textContent = pounds(row.dataset.pence * quantity)
    row.querySelector('[data-kilograms]').textContent = grouped(
      kilogramsOf(Number(row.dataset.grams), quantity),
    )
  }
  const { kilograms, pence, tonnes } = sumOf(basket)
  const sums = { pounds: pounds(pence), kilograms: grouped(kilograms), tonnes: grouped(tonnes) }
  for (const place of document.querySelectorAll('[data-sum]'))
    place.textContent = sums[place.dataset.sum]
  button.setAttribute('tonnes', String(tonnes))
}

form.querySelector('button').hidden = true
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('input', addUp)
