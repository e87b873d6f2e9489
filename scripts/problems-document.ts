// docs/problems.md: its introduction is written by hand and stays; everything below the mark is made from the catalogue.
import { FAULTS_BY_SUBJECT } from '../src/contract/faults.ts'
import { PROBLEMS, type ProblemEntry } from '../src/contract/problems.ts'

const MARK = /^<!-- Made from .* -->$/m

/** The document with its introduction as it stands and the catalogue as it is now. */
export function problemsDocument(current: string): string {
  const mark = MARK.exec(current)
  if (mark === null) throw new Error('docs/problems.md has lost the comment under which it is generated')
  const introduction = current.slice(0, mark.index + mark[0].length)
  const refusals = Object.entries(PROBLEMS).map(([code, entry]) => refusalSection(code, entry))
  const faults = Object.entries(FAULTS_BY_SUBJECT).map(([subject, codes]) => faultSection(subject, codes))
  return `${[introduction, '## Refusals', ...refusals, '## Single faults', ...faults].join('\n\n')}\n`
}

function refusalSection(code: string, { status, title, meaning, todo }: ProblemEntry): string {
  return `### \`${code}\`\n\nStatus ${status}. ${title}.\n\n- What it means: ${meaning}\n- What to do: ${todo}`
}

function faultSection(subject: string, codes: Readonly<Record<string, string>>): string {
  const rows = Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  return `### ${subject}\n\n| Code | Meaning |\n| --- | --- |\n${rows.join('\n')}`
}
