// The page of an explanation has its sentences, headings and figures, runs nothing, and shows every text as text.
import t from 'tap'
import { en } from '../../src/domain/explanation/catalogue/en.ts'
import { explain } from '../../src/domain/explanation/explanation.ts'
import { ledgersOf } from '../../src/domain/explanation/ledger.ts'
import { sheet } from '../../src/domain/explanation/sheet.ts'
import { explanationPage } from '../../src/pages/explanation/page.ts'
import { adult, type Case, explanationInput, fullTable, worked } from '../domain/explanation/cases.ts'

function paged(given: Case, change: object = {}) {
  const input = { ...explanationInput(given), ...change }
  const explanation = explain(input)
  return {
    explanation,
    page: explanationPage(explanation, sheet(input, en), ledgersOf(input)),
  }
}

const tables = (page: string) =>
  [...page.matchAll(/<caption>(.*?)<\/caption>/g)].map(([, caption]) => caption)
// What people see of markup: its text, on one line.
const textOf = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+([.,;:])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
const full = { answers: { ...worked('C'), userGroup: 'learning-disability' }, table: fullTable }

t.test('the sheet stands first, each sentence in order and each figure for programs too', async (t) => {
  const { explanation, page } = paged({ answers: worked('A') })
  const [first = ''] = page.split('<section id="answers"')
  const text = textOf(first.slice(first.indexOf('<h1>')))
  t.equal(
    text,
    [explanation.title, ...explanation.short.flatMap(({ title, text }) => [title, text])]
      .filter(Boolean)
      .join(' '),
  )
  t.match(first, '<data value="10912.98">£10,912.98</data>')
  t.match(first, '<span data-quoted>Ask your social worker.</span>')
  const values = [...page.matchAll(/<data value="(.*?)">/g)].map(([, value]) => value)
  const told = new Set(explanation.short.flatMap(({ figures = {} }) => Object.values(figures)))
  t.ok(values.every((value) => told.has(value ?? '')))
})

t.test(
  'every other sentence is a paragraph under its heading, and every row stands in a table',
  async (t) => {
    const { explanation, page } = paged({ answers: worked('A'), supersedes: 'earlier-one' })
    const rest = page.slice(page.indexOf('<section id="answers"'))
    const said = [...rest.matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => textOf(text ?? ''))
    t.strictSame(
      said,
      explanation.lines.filter(({ told }) => told === 'sentence').map(({ text }) => text),
    )
    t.equal(page.match(/<h1>/g)?.length, 1)
    const ids = [...rest.matchAll(/<section id="(.*?)" aria-labelledby="(.*?)">\n<h2 id="(.*?)">/g)]
    t.strictSame(
      ids.map(([, id]) => id),
      [...new Set(explanation.lines.map(({ section }) => section))],
    )
    t.ok(ids.every(([, id, label, heading]) => label === heading && label === `${id}-heading`))
    t.strictSame(tables(page), [
      'Your points, question by question',
      'The money, step by step',
      'If one answer were different',
      'What the sum was made with',
    ])
    const shown = textOf(rest)
    for (const { figures = {}, told } of explanation.lines)
      if (told === 'row' && figures.contentHash !== undefined) t.ok(shown.includes(figures.contentHash))
  },
)

t.test('it has its language, and neither scripts nor anything from elsewhere', async (t) => {
  const { page } = paged({ answers: worked('A') })
  t.match(page, '<html lang="en-GB">')
  t.notMatch(page, /<script|<link|<img|<iframe|\son[a-z]+=|\sstyle=|url\(|@import|https?:/i)
})

t.test('whatever a council has written is shown as text', async (t) => {
  const hostile = '</title></p><script>alert("1")</script>&amp;'
  const domains = adult.domains.map((domain) => ({
    ...domain,
    title: hostile,
    options: domain.options.map((option) => ({ ...option, label: hostile })),
  }))
  const { page } = paged(
    {
      ...full,
      questionnaire: { ...adult, title: hostile, domains },
      table: { ...fullTable, title: hostile, rationale: hostile },
    },
    { authority: { title: hostile, challengeRoute: hostile } },
  )
  t.notMatch(page, '<script')
  t.match(page, '&lt;/title&gt;&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;')
})

t.test('somebody not eligible has points and no money', async (t) => {
  const { page } = paged({ answers: worked('A'), eligible: false })
  t.strictSame(tables(page), ['Your points, question by question', 'What the sum was made with'])
})
