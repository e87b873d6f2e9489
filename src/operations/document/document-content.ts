// The content of a stored version, without the key and number it is stored under.

import type { VersionRef } from '../../contract/documents/version.ts'

export function contentOf<Content>(document: string): Content {
  const { key: _, version: _1, ...content } = JSON.parse(document) as VersionRef & Content
  return content as Content
}
