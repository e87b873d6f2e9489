// Whatever is put into a template is text; only what a template made is markup.
import fc from 'fast-check'
import t from 'tap'
import { Html, html, pageTable } from '../../src/pages/html.ts'
import { markupFault } from '../charts/markup.ts'

t.test('text is escaped, between tags and between quotes', async (t) => {
  t.equal(String(html`<p title="${`"'`}">${'<b>&amp;'}</p>`), '<p title="&quot;&#39;">&lt;b&gt;&amp;amp;</p>')
})

t.test(
  'what a template made is not escaped again, a list stands line by line, null is nothing',
  async (t) => {
    const entries = ['a & b', 'c'].map((entry) => html`<li>${entry}</li>`)
    t.equal(String(html`<ul>${entries}</ul>${null}`), '<ul><li>a &amp; b</li>\n<li>c</li></ul>')
    t.equal(String(html`${[]}`), '')
  },
)

t.test(
  'markup is made on purpose alone: an object that looks like it is refused by the compiler',
  async (t) => {
    // @ts-expect-error: only Html passes unescaped
    t.throws(() => String(html`${{ toString: () => '<script>' }}`))
    t.equal(String(html`${new Html('<br>')}`), '<br>')
  },
)

t.test('any text in any place of a table leaves the markup well formed', async (t) => {
  const word = fc.string({ unit: fc.constantFrom(...`<>&"'/=!-a `) })
  fc.assert(
    fc.property(word, word, word, (caption, title, cell) => {
      const columns = [
        { title, numeric: false },
        { title: cell, numeric: true },
      ]
      const table = String(pageTable({ caption, columns, rows: [{ cells: [cell, title], strong: true }] }))
      return markupFault(table) === null
    }),
  )
  t.pass('no fault in any of them')
})
