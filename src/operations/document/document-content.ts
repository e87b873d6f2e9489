// A version of a document as it is stored, read back: its content with the key and number it is stored under, or without.

import type { VersionRef } from '../../contract/documents/version.ts'

export function contentOf<Content>(document: string): Content {
  const { key: _, version: _1, ...content } = versionOf<Content>(document)
  return content as Content
}

export function versionOf<Content>(document: string): VersionRef & Content {
  return JSON.parse(document) as VersionRef & Content
}
