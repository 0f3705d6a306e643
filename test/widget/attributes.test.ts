import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Attributes, readAttributes } from '../../widget/attributes.ts'
import { type AttributeName, readFace } from '../../widget/face.ts'

const attributes = suite('attributes')

const NONE: Attributes = {
  key: 'pk_test_1',
  api: 'https://api.example',
  tonnes: null,
  budget: null,
  hosts: null,
  technologies: null,
  projects: null,
  'vintage-from': null,
  'vintage-to': null,
  'max-price': null,
  beneficiary: null,
  purpose: null,
  appearance: null,
  size: null,
  mode: null,
}
const read = (some: Partial<Attributes>) =>
  readAttributes({ ...NONE, ...some }, 'https://base.example/')

attributes('without attributes one tonne of anything is offered, in a solid button', () => {
  const settings = read({})
  assert.equal(settings.faults, [])
  assert.is(settings.tonnes, 1)
  assert.equal(settings.bounds, {})
  assert.equal([settings.appearance, settings.size, settings.mode], ['solid', 'm', 'button'])
})

attributes('the API is where the script came from, unless it is named', () => {
  assert.is(read({ api: null }).api, 'https://base.example')
  assert.is(read({ api: 'https://api.example/sub/' }).api, 'https://api.example/sub')
})

attributes('filter attributes become the bounds', () => {
  const settings = read({
    hosts: 'KE, UG',
    technologies: 'hydro,wave_and_tidal',
    projects: '0037',
    'vintage-from': '2013',
  })
  assert.equal(settings.faults, [])
  assert.equal(settings.bounds, {
    project: ['0037'],
    host: ['KE', 'UG'],
    technology: ['hydro', 'wave_and_tidal'],
    vintage: { from: 2013, to: 2020 },
  })
})

attributes('money attributes are minor units', () => {
  assert.is(read({ 'max-price': '3.50' }).maxPriceMinor, 350)
  assert.is(read({ budget: '50' }).budgetMinor, 5000)
})

attributes('tonnes go before a budget', () => {
  const settings = read({ tonnes: '12', budget: '50' })
  assert.is(settings.tonnes, 12)
  assert.is(settings.budgetMinor, null)
})

attributes('an unreadable amount leaves the amount open and changes it into no other', () => {
  for (const text of ['1.5', '0', '-1', '1e99', 'twelve', '', '<img src=x onerror=alert(1)>']) {
    const settings = read({ tonnes: text })
    assert.is(settings.tonnes, null)
    assert.equal(
      settings.faults.map((fault) => [fault.attribute, fault.value, fault.blocks]),
      [['tonnes', text, false]],
    )
  }
})

attributes('what limits the sale and cannot be read blocks the sale', () => {
  const hostile: Partial<Attributes>[] = [
    { hosts: 'Kenya' },
    { hosts: '' },
    { hosts: 'KE,,UG' },
    { technologies: 'hydro,nuclear' },
    { projects: "0037'; DROP TABLE offer" },
    { 'vintage-from': '1999' },
    { 'vintage-to': '2016.5' },
    { 'vintage-from': '2018', 'vintage-to': '2014' },
    { 'max-price': 'cheap' },
    { key: null },
    { key: 'pk test' },
    { api: 'javascript:alert(1)' },
    { api: 'not an address' },
  ]
  for (const some of hostile)
    assert.ok(
      read(some).faults.some((fault) => fault.blocks),
      JSON.stringify(some),
    )
})

attributes('an unknown word falls back to the default and is reported', () => {
  const settings = read({ appearance: 'shiny', size: 'xl', mode: 'popup' })
  assert.equal([settings.appearance, settings.size, settings.mode], ['solid', 'm', 'button'])
  assert.equal(
    settings.faults.map((fault) => fault.attribute),
    ['appearance', 'size', 'mode'],
  )
})

attributes('a name that is too long, or has control characters, is reported and left out', () => {
  for (const text of ['x'.repeat(121), 'a\u0007b']) {
    const settings = read({ beneficiary: text })
    assert.is(settings.beneficiary, '')
    assert.is(settings.faults[0]?.attribute, 'beneficiary')
  }
})

attributes(
  'what the button itself reads is what all attributes say, and a fault is one in both',
  () => {
    const values: Partial<Record<AttributeName, readonly string[]>> = {
      key: ['pk_1', ' pk_1 ', 'pk 1', ''],
      api: [
        'https://a.example/',
        'http://127.0.0.1:4000',
        'https://a.example/b/',
        'ftp://a',
        'a',
        '',
      ],
      tonnes: ['1', '012', ' 12 ', '1000000', '1000001', '0', '-1', '1.5', '1e3', ''],
      budget: [
        '50',
        '$49.50',
        '0.5',
        '0.01',
        '1000000000',
        '1000000000.5',
        '0',
        '0.00',
        '5.',
        'x',
        '',
      ],
      appearance: ['solid', 'outline', ' plain ', 'shiny', ''],
      size: ['s', 'l', 'xl', ''],
      mode: ['inline', 'button', 'popup', ''],
    }
    for (const [name, texts] of Object.entries(values))
      for (const text of texts ?? []) {
        const written = { ...NONE, [name]: text }
        let isFaulty = false
        const face = readFace(written, 'https://base.example/', () => {
          isFaulty = true
        })
        const { faults, ...all } = readAttributes(written, 'https://base.example/')
        assert.is(isFaulty, faults.length > 0, `${name}="${text}"`)
        // Where there is a fault the face is only drawn: all else waits for the file that says what it is.
        if (!isFaulty) assert.equal({ ...all, ...face }, all, `${name}="${text}"`)
      }
  },
)

attributes.run()
