// An explanation as plain text, to be printed, posted or read aloud: headings, blank lines, 78 columns.
import type { Explanation, ExplanationSection } from '../../contract/allocation/explanation.ts'
import { SECTION_TITLES } from './line.ts'

const WIDTH = 78
const HANGING = '  '

/** The whole explanation as text that ends in a newline; no line is wider than 78 columns. */
export function explanationText({ title, short, lines }: Omit<Explanation, 'allocationId'>): string {
  const sections = Object.keys(SECTION_TITLES) as ExplanationSection[]
  const blocks = sections.flatMap((key) => {
    const own = lines.filter(({ section }) => section === key)
    const heading = underlined(SECTION_TITLES[key], '-')
    return own.length === 0 ? [] : [[heading, ...own.map(({ text }) => wrapped(text))].join('\n')]
  })
  const parts = short.map(({ title: heading, text }) =>
    heading === null ? wrapped(text) : `${underlined(heading, '-')}\n${wrapped(text)}`,
  )
  return `${[underlined(title, '='), ...parts, ...blocks].join('\n\n')}\n`
}

function underlined(text: string, mark: string): string {
  return `${text}\n${mark.repeat(text.length)}`
}

function wrapped(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(pieces)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= WIDTH) {
      line = longer
    } else {
      lines.push(line)
      line = `${HANGING}${word}`
    }
  }
  return [...lines, line].join('\n')
}

/** A word that no line can hold, such as an address, is broken rather than left to run over. */
function pieces(word: string): readonly string[] {
  return word.match(new RegExp(`.{1,${WIDTH - HANGING.length}}`, 'gsu')) ?? []
}
