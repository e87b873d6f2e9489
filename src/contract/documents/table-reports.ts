// The two reports of a draft, frozen before anybody reads them: who gains and who loses by it, and what it does by
// characteristic. They are public documents: whoever they are about, small counts are joined or hidden.
import { type Static, Type } from '@sinclair/typebox'
import { Cliff } from '../calibration/effects.ts'
import { PublicAgeBand, PublicBand, PublicEffects, PublicGroup } from '../calibration/public-effects.ts'
import { ContentHash, Key, Nullable, named, Text, Uuid, Version } from '../primitives.ts'
import { closed, Form, type Frozen } from '../shape.ts'
import { ProvenanceAccuracy } from './provenance.ts'
import { Sha256 } from './publication.ts'

const Revision = Type.Integer({ minimum: 1 })

const reported = {
  v: Type.Literal(1),
  table: Type.Object(
    { key: Key, version: Version, revision: Revision, contentHash: ContentHash },
    { ...closed, description: 'The revision of the draft; it is published with this hash.' },
  ),
  run: Type.Object(
    { id: Uuid, resultHash: ContentHash },
    { ...closed, description: 'The calibration run whose included people the table was applied to.' },
  ),
}

const { sameCountedAs, whole, available, tenths, scenarios, characteristics } = PublicEffects.properties

export const ImpactReport = Form(
  'ImpactReport',
  {
    ...reported,
    syntheticNote: Nullable(Text(300, 'How the rows were made, where none is about a real person.')),
    rows: Type.Object(
      {
        priced: Type.Integer({ minimum: 10 }),
        notPriced: Nullable(Type.Integer({ minimum: 0, description: 'Null where it is under 10.' })),
      },
      {
        ...closed,
        description: 'People of the run whom the table prices, and whom it refuses or is not for.',
      },
    ),
    sameCountedAs,
    whole,
    available,
    tenths,
    scenarios,
    accuracy: Nullable(named(ProvenanceAccuracy)),
    bands: Type.Array(named(PublicBand), { description: 'By points.' }),
    cliffs: Type.Array(named(Cliff)),
  },
  'Who gains and who loses by a table, for the whole amounts and for what people can plan with now.',
)
export type ImpactReport = Frozen<Static<typeof ImpactReport>>

export const EqualityReport = Form(
  'EqualityReport',
  {
    ...reported,
    ageDefined: Type.Array(
      Type.Object(
        {
          userGroup: Key,
          title: Text(200),
          reasonForDifference: Nullable(Text(5000)),
          ageReason: Nullable(Text(5000)),
        },
        closed,
      ),
      { description: 'Groups defined by age that have a curve of their own, with the reasons.' },
    ),
    groups: Type.Array(named(PublicGroup)),
    ageBands: Type.Array(named(PublicAgeBand)),
    characteristics,
  },
  'What a table does for groups, ages and the characteristics that the cohort holds.',
)
export type EqualityReport = Frozen<Static<typeof EqualityReport>>

/** What is sent to make them: nothing, as they follow from the draft and its evidence. */
export const TableReportsRequest = Form('TableReportsRequest', {})

const Frozenly = Type.Object(
  { sha256: Sha256, address: Type.String({ description: 'Where it is read.' }) },
  closed,
)

export const TableReports = Form('TableReports', {
  table: Type.Object({ key: Key, version: Version, revision: Revision }, closed),
  run: Uuid,
  resultHash: ContentHash,
  impact: Frozenly,
  equality: Nullable(Frozenly),
})
export type TableReports = Frozen<Static<typeof TableReports>>
