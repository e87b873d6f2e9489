// Published versions as the public sees them: all of the content and its hash, and not who drafted or published it.
import { Type } from '@sinclair/typebox'
import { ContentHash, Instant, Key, OneOf, Text, Version } from '../../contract/primitives.ts'
import { calibrationTableContent } from '../calibration-tables/schema.ts'
import { questionnaireContent } from '../questionnaires/schema.ts'

const lifecycle = Type.Object(
  { status: OneOf('published'), publishedAt: Instant, flags: Type.Array(Text(500)) },
  { additionalProperties: false },
)

export const PublicQuestionnaire = Type.Object(
  { key: Key, version: Version, ...questionnaireContent, contentHash: ContentHash, lifecycle },
  { $id: 'PublicQuestionnaire', additionalProperties: false },
)

export const PublicCalibrationTable = Type.Object(
  { key: Key, version: Version, ...calibrationTableContent, contentHash: ContentHash, lifecycle },
  { $id: 'PublicCalibrationTable', additionalProperties: false },
)
