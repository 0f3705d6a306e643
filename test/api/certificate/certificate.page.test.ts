import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certificatePage } from '../../../api/certificate/certificate.page.ts'
import { PAGE_ASSETS } from '../../../api/pages/assets.ts'
import { ENGLISH } from '../pages/readers.ts'
import { FIVE_THOUSAND, HOSTILE, TWELVE, UNNAMED } from './certificates.ts'

const it = suite('certificate page')
const pageOf = (certificate: typeof TWELVE) =>
  certificatePage(ENGLISH, certificate, { pdfUrl: `${certificate.url}.pdf` })

it('the sentence stands on it, with the name set apart', () => {
  assert.match(
    pageOf(TWELVE),
    'Twelve UN carbon credits were cancelled on 23 November 2026 on behalf of <b><bdi>Riverkeepers Trust (demo)</bdi></b>. They cannot be sold, transferred or used again, by anybody.',
  )
})

it('first and last serial number of every block stand on it, isolated from right-to-left text', () => {
  for (const certificate of [TWELVE, FIVE_THOUSAND]) {
    const serials = [...pageOf(certificate).matchAll(/<bdi dir="ltr" class="serial">(.*?)<\/bdi>/g)]
    assert.equal(
      serials.map((hit) => hit[1]),
      certificate.lines.flatMap((line) => line.blocks.flatMap(({ start, end }) => [start, end])),
    )
  }
})

it('registry references and transactions stand on it', () => {
  const page = pageOf(TWELVE)
  for (const { reference, transaction } of TWELVE.lines)
    for (const text of [reference, transaction]) assert.match(page, `>${text}<`)
})

it('what is simulated says so in title, box and margin; what is real does not', () => {
  assert.is(pageOf(TWELVE).match(/SIMULATED/g)?.length, 5)
  assert.not.match(pageOf(UNNAMED), /SIMULATED|DEMO|TEST/)
})

it('a hole that stands for more than a tonne says so', () => {
  assert.match(pageOf(FIVE_THOUSAND), 'a hole stands for up to 200\u202ft')
  assert.not.match(pageOf(TWELVE), 'a hole stands for')
})

it('a name that is markup is shown, not run', () => {
  const page = pageOf(HOSTILE)
  assert.is(page.match(/<script/g)?.length, 1, 'only our own')
  assert.match(page, '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; O&#39;Hara &amp; Donau')
  assert.match(page, '<bdi>قوارب النهر (2026) &lt;b&gt;</bdi>')
})

it('it holds no script or style of its own, and asks only for files that are served', () => {
  for (const certificate of [TWELVE, HOSTILE]) {
    const page = pageOf(certificate)
    assert.not.match(page, /<style|\sstyle=|\son\w+="|javascript:/)
    const served = PAGE_ASSETS.map((asset) => asset.path)
    const asked = [...page.matchAll(/(?:src|href)="(\/pages\/[^"]*)"/g)].map((hit) => hit[1])
    assert.equal(
      asked.filter((path) => !served.includes(path as string)),
      [],
    )
    assert.is(asked.length, 3)
  }
})

it('it leads to its PDF and to itself', () => {
  const page = pageOf(TWELVE)
  assert.match(page, `href="${TWELVE.url}.pdf"`)
  assert.match(page, `id="address">${TWELVE.url}<`)
})

it.run()
