/** Names and abbreviations of months, in the languages that CRM exports come in. No name means two months in two of them. */
const names: readonly string[] = [
  'jan january januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń',
  'feb february februar februari février févr fév febrero febbraio fevereiro fev',
  'mar march märz mär mrz mars marzo março maart mrt',
  'apr april avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei maj',
  'jun june juni juin junio giugno giu junho',
  'jul july juli juillet juil julio luglio lug julho',
  'aug august août aout agosto ago augustus augusti',
  'sep sept september septembre septiembre settembre set setembro',
  'oct october oktober okt octobre octubre ottobre ott outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez décembre déc diciembre dic dicembre dezembro',
]

const months = new Map(names.flatMap((line, i) => line.split(' ').map((name) => [name, i + 1] as const)))

/** 1 to 12 for the name or abbreviation of a month, with or without a point at its end; 0 for anything else. */
export function monthNamed(name: string): number {
  return months.get(name.normalize('NFC').toLowerCase().replace(/\.$/, '')) ?? 0
}
