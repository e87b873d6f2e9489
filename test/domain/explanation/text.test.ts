// The plain text of an explanation, and how dates and quotations are written in it.
import t from 'tap'
import { explanationText } from '../../../src/domain/explanation/text.ts'
import { dateInWords, listedTitles, quoted, sentence } from '../../../src/domain/explanation/words.ts'
import { explained, fullTable, worked, workedExamples } from './cases.ts'

t.test('no line is wider than 78 columns, and the text ends in one newline', async (t) => {
  for (const { assessment } of workedExamples) {
    for (const eligible of [true, false]) {
      const text = explanationText(explained({ answers: assessment, table: fullTable, eligible }))
      t.ok(text.split('\n').every((line) => line.length <= 78 && line === line.trimEnd()))
      t.match(text, /[^\n]\n$/)
    }
  }
})

t.test('each section has a heading, underlined, after a blank line; an empty one has none', async (t) => {
  const text = explanationText(explained({ answers: worked('A') }))
  t.match(text, /^How your indicative budget was worked out\n=+\n\nYou can plan with £10,912\.98 a year now/)
  t.match(text, '\n\nThe sum\n-------\n')
  t.notMatch(text, 'Earlier and later figures')
})

t.test('the words of the text are the words of the lines', async (t) => {
  const explanation = explained({ answers: worked('C') })
  const flat = explanationText(explanation).replace(/\s+/g, ' ')
  for (const { text } of [...explanation.short, ...explanation.lines]) t.ok(flat.includes(text), text)
})

t.test('a word that no line can hold is broken', async (t) => {
  const lines = [{ section: 'check', told: 'sentence', text: `See ${'x'.repeat(200)} there.` }] as const
  const text = explanationText({ title: 'T', short: [], lines })
  t.ok(text.split('\n').every((line) => line.length <= 78))
  t.equal(text.replace(/[^x]/g, '').length, 200)
})

t.test('a word too long to start a line leaves no empty line before it', async (t) => {
  const one = (text: string) =>
    explanationText({ title: 'T', short: [], lines: [{ section: 'sum', told: 'sentence', text }] })
  const text = one('y'.repeat(100))
  t.notMatch(text, /\n\n {2}y/)
  const spaced = one('two  spaces')
  t.match(spaced, 'two spaces\n')
})

t.test('dates are written as people write them', async (t) => {
  t.same(['2026-04-01', '2012-12-31'].map(dateInWords), ['1 April 2026', '31 December 2012'])
})

t.test('the words of others are quoted on one line, and end as sentences do', async (t) => {
  t.equal(quoted(' one\n  two '), '“one two”')
  t.same(['Ring us', 'Why?', 'So.'].map(sentence), ['Ring us.', 'Why?', 'So.'])
  t.same(
    [listedTitles([]), listedTitles(['a']), listedTitles(['a', 'b']), listedTitles(['a', 'b, c', 'd'])],
    ['', '“a”', '“a” and “b”', '“a”, “b, c” and “d”'],
  )
})
