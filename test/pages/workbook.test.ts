import t from 'tap'
import { change, HIDDEN, NOTHING, number, percent, pounds } from '../../src/pages/grid.ts'
import { sheetCell, textCell } from '../../src/pages/workbook/sheet-rows.ts'
import { calibrationWorkbook } from '../../src/pages/workbook/workbook.ts'
import { markupFault } from '../charts/markup.ts'
import { data } from './report/bnes-pages.ts'
import { CASES, reportData } from './report/bnes-report.ts'
import { unzipped } from './unzipped.ts'

const sheetNames = (files: Readonly<Record<string, string>>) =>
  [...(files['xl/workbook.xml'] ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name)

t.test('every depth has its sheets, well-formed, and people only for the modeller', async (t) => {
  const expected = {
    headline: ['Summary', 'Methods', 'Groups', 'Scenarios', 'Months', 'Tables'],
    groups: ['Summary', 'Methods', 'Groups', 'Scenarios', 'Months', 'Tables'],
    persons: ['Summary', 'Methods', 'Groups', 'Scenarios', 'Checks', 'Months', 'Tables', 'Persons'],
  } as const
  for (const depth of ['headline', 'groups', 'persons'] as const) {
    const files = unzipped(await calibrationWorkbook(data, depth))
    t.strictSame(sheetNames(files), expected[depth])
    for (const [name, xml] of Object.entries(files))
      t.equal(markupFault(xml.replace(/^<\?.*?\?>/, '')), null, name)
    const text = files['xl/sharedStrings.xml'] ?? ''
    t.notMatch(text, /NaN|undefined|Infinity/)
    t.equal(
      CASES.some(({ ref }) => text.includes(`>${ref}<`)),
      depth === 'persons',
    )
  }
})

t.test('the same figures are the same bytes', async (t) => {
  const [once, again] = [
    await calibrationWorkbook(data, 'groups'),
    await calibrationWorkbook(reportData(), 'groups'),
  ]
  t.ok(once.equals(again))
})

t.test('figures are numbers with their formats, hidden ones are marked', async (t) => {
  t.match(sheetCell(pounds('1885762.00')), { value: 1885762, type: Number, format: '£#,##0.00' })
  t.match(sheetCell(change('-0.05')), { value: -0.05, type: Number })
  t.match(sheetCell(percent('12.34')), { value: 12.34, type: Number, format: '0.00' })
  t.match(sheetCell(number(68)), { value: 68, type: Number })
  t.match(sheetCell(HIDDEN), { value: '[c]', type: String })
  t.match(sheetCell(NOTHING), { value: '–', type: String })
})

t.test(
  'text that a spreadsheet would take for a formula is quoted, what XML cannot hold is left out',
  async (t) => {
    for (const start of ['=', '+', '-', '@', '\t'])
      t.equal(textCell(`${start}cmd|' /C calc'!A0`).value, `'${start}cmd|' /C calc'!A0`)
    t.equal(textCell('\u0000=1+1').value, "'=1+1")
    t.equal(textCell('Older people').value, 'Older people')
    const cases = CASES.map((one, i) => (i === 0 ? { ...one, ref: '=HYPERLINK("x")<script>' } : one))
    const files = unzipped(await calibrationWorkbook(reportData(cases), 'persons'))
    t.match(files['xl/sharedStrings.xml'], /'=HYPERLINK\([^<]*&lt;script/)
    for (const xml of Object.values(files)) t.notMatch(xml, /<f>/)
  },
)

t.test('a cohort too small to publish still gives a workbook that says so', async (t) => {
  const files = unzipped(await calibrationWorkbook(reportData(CASES.slice(0, 9)), 'headline'))
  t.strictSame(sheetNames(files), ['Summary'])
  t.match(files['xl/sharedStrings.xml'], 'fewer than 10 people')
})
