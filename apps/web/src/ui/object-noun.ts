import type { ObjectAnswer } from '@longshore/contract'
import { count } from './number.ts'

/** What so many records of an object are called within a sentence. */
export function objectNoun(objects: readonly ObjectAnswer[], name: string, records: number): string {
  const object = objects.find((one) => one.name === name)
  return object ? (records === 1 ? object.label : object.pluralLabel).toLowerCase() : name
}

export function objectCount(objects: readonly ObjectAnswer[], name: string, records: number): string {
  return `${count(records)} ${objectNoun(objects, name, records)}`
}
