import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stripOfCertificate } from '../../../api/certificate/certificate-blocks.ts'
import { dotMatrix } from '../../../api/certificate/dot-matrix.ts'
import { perfinPath, stripOf, stripPath } from '../../../api/certificate/perfin.ts'
import { qrCode } from '../../../api/certificate/qr.ts'
import { FIVE_THOUSAND, TWELVE } from './certificates.ts'

const it = suite('perfin')
const holesOf = (path: string) => path.match(/a/g)?.length ?? 0 // two arcs a hole

it('twelve tonnes in three blocks are twelve holes in three segments', () => {
  assert.equal(stripOfCertificate(TWELVE), { segments: [3, 8, 1], tonnesPerHole: 1 })
})

it('with too many blocks the strip is cut at projects', () => {
  assert.equal(stripOfCertificate(FIVE_THOUSAND), {
    segments: [5, 5, 5, 5, 5, 5],
    tonnesPerHole: 200,
  })
})

it('no hole stands for more tonnes than said, and none for nothing', () => {
  const tonnes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(tonnes, (blocks) => {
      const { segments, tonnesPerHole } = stripOf(blocks)
      const parts = blocks.length <= 20 ? blocks : [blocks.reduce((a, b) => a + b)]
      assert.is(segments.length, parts.length)
      assert.ok(segments.reduce((a, b) => a + b) <= 40)
      parts.forEach((part, index) => {
        assert.is(segments[index], Math.ceil(part / tonnesPerHole))
      })
      if (parts.reduce((a, b) => a + b) <= 40) assert.is(tonnesPerHole, 1)
    }),
  )
})

it('a strip is drawn with a hole for each and a border between blocks', () => {
  const path = stripPath({ width: 796, height: 30 }, [3, 8, 1])
  assert.is(holesOf(path), 24)
  assert.is(path.match(/h-/g)?.length, 3)
})

it('the band holds every digit of the largest order within its margins', () => {
  const path = perfinPath({ width: 796, height: 100, margin: 52 }, '1000000 t', '2026-11-23')
  const lefts = [...path.matchAll(/M([\d.]+) [\d.]+a([\d.]+)/g)]
  const { holes } = dotMatrix('1000000 t')
  assert.is(lefts.length, holes.length + dotMatrix('2026-11-23').holes.length)
  assert.ok(Math.min(...lefts.map((hit) => Number(hit[1]))) >= 52)
  assert.ok(Math.max(...lefts.map((hit) => Number(hit[1]) + 2 * Number(hit[2]))) <= 744)
})

it('all digits differ', () => {
  const drawn = [...'0123456789'].map((digit) => JSON.stringify(dotMatrix(digit).holes))
  assert.is(new Set(drawn).size, 10)
  assert.throws(() => dotMatrix('x'), /no holes for "x"/)
})

it('the QR code draws exactly the dark modules', () => {
  const { size, path } = qrCode(TWELVE.url)
  const dark = [...path.matchAll(/h(\d+)v1/g)].reduce((sum, hit) => sum + Number(hit[1]), 0)
  assert.is(size % 4, 1)
  assert.ok(dark > (size * size) / 3 && dark < (size * size * 2) / 3)
  assert.is(path, qrCode(TWELVE.url).path)
})

it.run()
