import type { Problem } from './source-files.ts'

/** The oldest Node that installs us; npm leaves optional packages out, without a word, where this one does not satisfy them. */
export const installingNode = '20.19.0'

interface LockEntry { resolved?: string; link?: boolean; optional?: boolean; devOptional?: boolean; engines?: { node?: string } | string[]; devDependencies?: Record<string, string> }

/**
 * What must hold in package-lock.json: no registry address (whoever installs uses their own registry), and no optional package
 * whose `engines` exclude the installing Node (the platform binaries would silently be missing). One that we name ourselves as a dependency of
 * development, and that something else has as an optional peer, is marked devOptional and installed all the same (npm 11 on Node 20).
 */
export function checkLockfile(path: string, text: string): Problem[] {
  const entries = (JSON.parse(text) as { packages?: Record<string, LockEntry> }).packages ?? {}
  const named = entries['']?.devDependencies ?? {}
  return Object.entries(entries).flatMap(([name, entry]) => {
    const problems: Problem[] = []
    if (entry.resolved !== undefined && entry.link !== true) {
      problems.push({ path, line: null, message: `"${name}" names where it was fetched from; install with omit-lockfile-registry-resolved=true` })
    }
    const wanted = Array.isArray(entry.engines) ? undefined : entry.engines?.node
    if ((entry.optional === true || (entry.devOptional === true && !Object.hasOwn(named, name.replace('node_modules/', '')))) && wanted !== undefined && !satisfies(installingNode, wanted)) {
      problems.push({ path, line: null, message: `"${name}" is optional and wants Node ${wanted}: under Node ${installingNode} it would silently be left out` })
    }
    return problems
  })
}

/** Whether a version lies in a range of npm's words: alternatives by `||`, each a list of comparators that must all hold. */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((alternative) => comparators(alternative).every((holds) => holds(numbersOf(version))))
}

type Version = [number, number, number]

function numbersOf(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.replace(/^v/, '').split('.').map((part) => Number.parseInt(part, 10) || 0)
  return [major, minor, patch]
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function comparators(alternative: string): ((version: Version) => boolean)[] {
  const span = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(alternative)
  const parts = span ? [`>=${span[1]}`, `<=${span[2]}`] : alternative.replace(/([<>=^~])\s+/g, '$1').trim().split(/\s+/)
  return parts.filter((part) => part !== '').map((part) => {
    const [, sign = '', text = ''] = /^(>=|<=|>|<|=|\^|~)?v?(.*)$/.exec(part) ?? []
    if (!/^\d/.test(text)) return () => text === '*' || text === 'x'
    const bound = numbersOf(text)
    const given = text.split('.').filter((number) => /^\d+/.test(number)).length
    if (sign === '>=') return (version) => compare(version, bound) >= 0
    if (sign === '<=') return (version) => compare(version, bound) <= 0 || (given < 3 && startsAlike(version, bound, given))
    if (sign === '>') return (version) => compare(version, bound) > 0 && !(given < 3 && startsAlike(version, bound, given))
    if (sign === '<') return (version) => compare(version, bound) < 0
    const fixed = sign === '^' ? (bound[0] > 0 || given === 1 ? 1 : bound[1] > 0 || given === 2 ? 2 : 3) : sign === '~' ? Math.min(given, 2) : given
    return (version) => compare(version, bound) >= 0 && startsAlike(version, bound, fixed)
  })
}

function startsAlike(version: Version, bound: Version, parts: number): boolean {
  return bound.slice(0, parts).every((number, index) => number === version[index])
}
