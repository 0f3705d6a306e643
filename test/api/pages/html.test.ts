import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { html } from '../../../api/pages/html.ts'

const it = suite('html')

it('every interpolation is escaped, for text and for quoted attributes', () => {
  const name = `<script>alert('x')</script> & "friends"`
  assert.is(
    html`<b title="${name}">${name}</b>`.toString(),
    '<b title="&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;friends&quot;">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;friends&quot;</b>',
  )
})

it('no text whatever can open a tag, end an attribute or start an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const markup = html`${text}`.toString()
      assert.not.match(markup, /[<>"']/)
      assert.not.match(markup, /&(?!(amp|lt|gt|quot|#39);)/)
      const plain = markup
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
      assert.is(plain, text)
    }),
  )
})

it('markup made by html is nested as it is, in lists too', () => {
  const items = ['<a>', 'b'].map((item) => html`<li>${item}</li>`)
  assert.is(html`<ul>${items}</ul>`.toString(), '<ul><li>&lt;a&gt;</li><li>b</li></ul>')
})

it('an object that only looks like markup is escaped as text', () => {
  const fake = { toString: () => '<b>' } as unknown as string
  assert.is(html`${fake}`.toString(), '&lt;b&gt;')
})

it('what is absent leaves nothing, and zero is a number', () => {
  assert.is(html`${null}${undefined}${false}${0}`.toString(), '0')
})

it.run()
