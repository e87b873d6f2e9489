// Reads the sample questionnaire from a file: as it is drafted (examples/questionnaire-adult.json), or as a service
// gives one of its versions.
import { readFile } from 'node:fs/promises'
import { type Questionnaire, QuestionnaireDraft } from '../contract/documents/questionnaire.ts'
import type { VersionRef } from '../contract/documents/version.ts'
import type { Refusal } from '../contract/refusal.ts'
import { isSampleQuestionnaire } from '../domain/synthetic/sample-questionnaire.ts'
import { schemaCompiler } from '../http/core/bodies/validation.ts'
import { sharedSchemas } from '../http/core/openapi/shared-schemas.ts'
import { CommandRefused } from '../store/registration.ts'

export type SampleQuestionnaire = { readonly ref: VersionRef; readonly questionnaire: Questionnaire }

/** A draft is taken as the first version. */
export async function readSampleQuestionnaire(path: string): Promise<SampleQuestionnaire> {
  const found = parsed(await textOf(path))
  const { key, ...questionnaire } = checked(found)
  if (!isSampleQuestionnaire(questionnaire))
    throw new CommandRefused(
      'The synthetic council answers the questions of sample-adult only. Give examples/questionnaire-adult.json, or a version of it with other points.',
    )
  const version = Number.isSafeInteger(found.version) ? Number(found.version) : 1
  return { ref: { key, version }, questionnaire }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new CommandRefused(`The file of --questionnaire cannot be read (${code}). Check its path.`)
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found === 'object' && found !== null) return { ...found }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new CommandRefused('The file of --questionnaire holds no JSON object. Give a questionnaire document.')
}

// What a service tells of a version beside its content is left aside.
function checked(found: Readonly<Record<string, unknown>>): QuestionnaireDraft {
  const content = Object.fromEntries(
    Object.keys(QuestionnaireDraft.properties).flatMap((name) =>
      Object.hasOwn(found, name) ? [[name, found[name]]] : [],
    ),
  )
  const check = schemaCompiler(sharedSchemas)({ schema: QuestionnaireDraft, method: '', url: '' })
  const read = check(content) as { value: QuestionnaireDraft } | { error: Refusal }
  if ('value' in read) return read.value
  const { faults } = read.error
  const [first] = faults
  throw new CommandRefused(
    `The file of --questionnaire has ${faults.length} faults; the first is at ${first?.pointer || '/'}: ${first?.detail}`,
  )
}
