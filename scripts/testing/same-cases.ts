import fc from 'fast-check'

/**
 * Random tests draw the same cases in each run of `npm test`: what passed once passes again, and what fails can be looked at.
 * The long runs set LONGSHORE_PROOF_SEED=random to draw new ones; the seed that a failure prints draws its cases again.
 */
const seed = process.env['LONGSHORE_PROOF_SEED'] ?? '20'

if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
