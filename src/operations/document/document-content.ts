// The content of a stored version, without the key and number it is stored under.
import type { VersionRef } from '../../domain/questionnaire/questionnaire.ts'

export function contentOf<Content>(document: string): Content {
  const { key: _, version: _1, ...content } = JSON.parse(document) as VersionRef & Content
  return content as Content
}
