import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { hasPublicWords, warningText } from '../../src/pages/report/words/warning-words.ts'

const FOLDERS = ['src/domain/calibration', 'src/operations']
/** Codes of refusals, which a source may hold beside its warnings. */
const REFUSALS = ['parameter-out-of-range', 'budget-not-positive']

/** The codes of all warnings, read from the sources that make them. */
const codes = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .filter((source) => /\bWarning\b|warnings:/.test(source))
    .flatMap((source) => [
      ...source.matchAll(/code: '([a-z-]+)'/g),
      ...source.matchAll(/\[\s*'([a-z]+(?:-[a-z]+)+)',\s*`/g),
    ])
    .map(([, code = '']) => code),
).filter((code) => !REFUSALS.includes(code))

t.test('every warning has words for members, without its code', async (t) => {
  for (const code of ['price-falls', 'not-neutral', 'adjusted', 'negative-intercept'])
    t.ok(codes.includes(code))
  for (const code of new Set(codes)) {
    t.ok(hasPublicWords(code), code)
    t.notMatch(warningText({ code, detail: 'In words.' }, false), code)
  }
})

t.test('a warning that is not known is announced without its code', async (t) => {
  t.equal(hasPublicWords('new-one'), false)
  t.notMatch(warningText({ code: 'new-one', detail: '' }, false), 'new-one')
})
