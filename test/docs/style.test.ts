// The words of the service: refusals in short sentences, and nowhere the turns of phrase that we agreed to avoid.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { FAULTS } from '../../src/contract/faults.ts'
import { PROBLEMS } from '../../src/contract/problems.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const AVOIDED: readonly { readonly found: RegExp; readonly say: string; readonly sample: string }[] = [
  { found: /\bmend(s|ed|ing)?\b/i, say: 'fix', sample: 'Mend what is wrong.' },
  { found: /\breckon(s|ed|ing)?\b/i, say: 'calculate, count', sample: 'It cannot be reckoned with.' },
  { found: /\banew\b/i, say: 'again', sample: 'Decide anew.' },
  { found: /\d %(?=[^\w}]|$)/, say: 'a figure and % without a space', sample: '15 % of the budget' },
  { found: /\bto be had\b/i, say: 'available', sample: 'No connection was to be had.' },
  { found: /\bhad again\b/i, say: 'recovered', sample: 'It cannot be had again.' },
  { found: /\b(form|size|type) (that )?it must have\b/i, say: 'valid', sample: 'the form it must have' },
  {
    found: /\bwhich of these is not said\b/i,
    say: 'we do not say which',
    sample: 'which of these is not said',
  },
  { found: /\bspelled so\b/i, say: 'one of these values', sample: 'Send it spelled so.' },
  { found: /\bis no CSV\b/i, say: 'cannot be read', sample: 'the file is no CSV any more' },
  {
    found: /\bbegin again silently\b/i,
    say: 'restart without asking',
    sample: 'Do not begin again silently.',
  },
  { found: /\bdrafted none of it\b/i, say: 'did not draft it', sample: 'someone who drafted none of it' },
]

// Code speaks to readers in its texts; decisions are never edited, and the changelog tells of the past.
const READ = globSync(['src/**/*.ts', 'docs/*.md', 'README.md', 'CONTRIBUTING.md'], { cwd: root })

t.test('there is something to read', async (t) => t.ok(READ.length > 250, `${READ.length} files`))

for (const { found, say, sample } of AVOIDED) {
  t.test(`nothing is put as in "${sample}": say ${say}`, async (t) => {
    t.match(sample, found, 'the rule finds what it looks for')
    for (const file of READ) {
      for (const [i, line] of readFileSync(`${root}${file}`, 'utf8').split('\n').entries())
        if (found.test(file.endsWith('.ts') ? textsIn(line) : line))
          t.fail(`${file}:${i + 1}: ${line.trim()}`)
    }
  })
}

/** What a line of code says to readers: the texts in it, without the code around them. */
function textsIn(line: string): string {
  return /^\s*(\/\/|\/?\*)/.test(line) ? '' : (line.match(/'[^']*'|"[^"]*"|`[^`]*`/g) ?? []).join(' ')
}

const MOST_WORDS = 20

function tooLong(text: string): readonly string[] {
  return text.split(/(?<=[.?!])\s+/).filter((sentence) => sentence.split(/\s+/).length > MOST_WORDS)
}

t.test('every sentence of a refusal is short, and ends as a sentence does', async (t) => {
  t.strictSame(tooLong(`Short. ${'word '.repeat(21)}end.`).length, 1, 'a long one is found')
  for (const [code, { title, meaning, todo }] of Object.entries(PROBLEMS)) {
    for (const text of [title, meaning, todo]) t.strictSame(tooLong(text), [], code)
    t.notMatch(title, /[.;]$/, `${code}: a title has no full stop`)
    for (const text of [meaning, todo]) t.match(text, /^[A-Z].*\.$/, code)
    t.notMatch(`${title} ${meaning} ${todo}`, /;/, `${code}: two sentences rather than a semicolon`)
  }
  for (const [code, meaning] of Object.entries(FAULTS)) t.strictSame(tooLong(meaning), [], code)
})

t.test('what to do is something to do', async (t) => {
  const TO_DO =
    /^(Ask|Accept|Check|Correct|Cost|Draft|Fetch|Fix|Give|Name|Nothing|Poll|Resend|Seal|Send|Stop|Upload|Use|Wait)\b/
  for (const [code, { todo }] of Object.entries(PROBLEMS)) t.match(todo, TO_DO, code)
})
