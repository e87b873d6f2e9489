// What was erased under a retention policy cannot be computed with again.
export class ErasedCohort extends Error {
  override readonly name = 'ErasedCohort'

  constructor() {
    super('the rows of the cohort were erased under the retention policy')
  }
}
