import { isUtf8 } from 'node:buffer'
import type { SchemaElement } from 'hyparquet'
import { plainDecimal } from '../json/plain-decimal.ts'

/** Makes the text of a value as the file has it; null for one that cannot be one of its type. */
export type ValueText = (value: unknown) => string | null

/** How the values of a column become text, and whether they stand in JSON without quotes. */
export interface LeafType { text: ValueText; bare: boolean }

/**
 * How values of a leaf of the schema become text: decimals with their full scale, times with a Z where the file says that they are UTC,
 * bytes as text where they are UTF-8, else in base64. The library would make doubles and dates of them, which lose digits, so
 * `rawElement` keeps it from doing so.
 */
export function leafType(element: SchemaElement): LeafType {
  const { type, converted_type: converted, logical_type: logical } = element
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return { text: decimalText(element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0)), bare: true }
  if (converted === 'DATE' || logical?.type === 'DATE') return { text: (value) => dateText(Number(value)), bare: false }
  if (logical?.type === 'TIMESTAMP') return { text: timestampText(logical.unit, logical.isAdjustedToUTC), bare: false }
  if (converted === 'TIMESTAMP_MILLIS') return { text: timestampText('MILLIS', true), bare: false }
  if (converted === 'TIMESTAMP_MICROS') return { text: timestampText('MICROS', true), bare: false }
  if (type === 'INT96') return { text: timestampText('NANOS', false), bare: false }
  if (logical?.type === 'TIME') return { text: timeText(logical.unit), bare: false }
  if (converted === 'TIME_MILLIS') return { text: timeText('MILLIS'), bare: false }
  if (converted === 'TIME_MICROS') return { text: timeText('MICROS'), bare: false }
  if (converted === 'INTERVAL') return { text: intervalText, bare: false }
  if (type === 'FLOAT' || logical?.type === 'FLOAT16') return { text: (value) => typeof value === 'number' ? floatText(value) : null, bare: true }
  if (type === 'DOUBLE') return { text: (value) => typeof value === 'number' ? doubleText(value) : null, bare: true }
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') return { text: bytesText, bare: false }
  return { text: (value) => typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : null, bare: true }
}

/** The element without what would make the library convert its values. */
export function rawElement(element: SchemaElement): SchemaElement {
  const { type, converted_type: converted, logical_type: logical } = element
  if (type === undefined || type === 'INT96' || isText(element) || logical?.type === 'UUID' || logical?.type === 'FLOAT16' || converted === 'UINT_32' || converted === 'UINT_64' || logical?.type === 'INTEGER') return element
  return bytesElement(element)
}

/** The element without its meaning: its values come as they are stored. */
export function bytesElement(element: SchemaElement): SchemaElement {
  const { converted_type: _converted, logical_type: _logical, ...raw } = element
  return raw
}

/** Whether the file says that the bytes are text. */
export function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === 'UTF8' || logical?.type === 'STRING'
}

function decimalText(scale: number): ValueText {
  return (value) => {
    const unscaled = value instanceof Uint8Array ? fromTwosComplement(value) : typeof value === 'bigint' ? value : typeof value === 'number' ? BigInt(value) : null
    if (unscaled === null || scale < 0 || scale > 1_000) return null
    const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
    return `${unscaled < 0n ? '-' : ''}${scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`}`
  }
}

function fromTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`))
}

function dateText(days: number): string | null {
  const date = new Date(days * 86_400_000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, -14)
}

const unitsPerSecond = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n }

function timestampText(unit: keyof typeof unitsPerSecond, utc: boolean): ValueText {
  const perSecond = unitsPerSecond[unit]
  return (value) => {
    if (typeof value !== 'bigint' && typeof value !== 'number') return null
    const units = BigInt(value)
    let fraction = units % perSecond
    if (fraction < 0n) fraction += perSecond
    const date = new Date(Number((units - fraction) / perSecond) * 1_000)
    if (Number.isNaN(date.getTime())) return null
    return `${date.toISOString().slice(0, -5)}${fractionText(fraction, perSecond)}${utc ? 'Z' : ''}`
  }
}

function timeText(unit: keyof typeof unitsPerSecond): ValueText {
  const perSecond = unitsPerSecond[unit]
  return (value) => {
    if (typeof value !== 'bigint' && typeof value !== 'number') return null
    const units = BigInt(value)
    const seconds = Number(units / perSecond)
    const two = (n: number) => String(n).padStart(2, '0')
    return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fractionText(units % perSecond, perSecond)}`
  }
}

function fractionText(fraction: bigint, perSecond: bigint): string {
  return fraction === 0n ? '' : `.${fraction.toString().padStart(perSecond.toString().length - 1, '0').replace(/0+$/, '')}`
}

function intervalText(value: unknown): string | null {
  if (!(value instanceof Uint8Array) || value.length !== 12) return null
  const view = new DataView(value.buffer, value.byteOffset, 12)
  return `P${view.getUint32(0, true)}M${view.getUint32(4, true)}DT${view.getUint32(8, true) / 1_000}S`
}

/** The shortest decimal that is this number in 32 bits: 0.1, not 0.10000000149011612. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return doubleText(short)
  }
  return doubleText(Number(value.toPrecision(9)))
}

function doubleText(value: number): string {
  return Number.isFinite(value) ? plainDecimal(String(value === 0 ? 0 : value)) : String(value)
}

function bytesText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (!(value instanceof Uint8Array)) return null
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : bytes.toString('base64')
}
