import { describe, expect, test } from 'vitest'
import { headBytes } from '../file-format.ts'
import { memorySource } from '../memory-source.ts'
import { detectEncoding } from './detect-encoding.ts'
import type { FoundEncoding } from './detect-encoding.ts'
import type { Encoding } from './encodings.ts'
import { encode } from './testing/encode.ts'

async function detect(bytes: Uint8Array, given?: string): Promise<FoundEncoding> {
  return detectEncoding(memorySource(bytes), bytes.subarray(0, headBytes), given)
}

/** Rows as lists of people have them: language, text, encodings in which such lists come. */
const lists: [string, string, Encoding[]][] = [
  ['German', 'Vorname;Nachname;Ort\r\nJörg;Müller;Köln\r\nKäthe;Weiß;Nürnberg\r\nGünther;Schäfer;Düsseldorf\r\n', ['windows-1252', 'macintosh']],
  ['German of DOS', 'Vorname;Straße;Ort\r\nJörg;Große Gasse 5;Köln\r\nKäthe;Höhenweg 3;Düsseldorf\r\n', ['ibm850']],
  ['French of DOS', 'Prénom;Nom;Ville\r\nFrançois;Lefèvre;Orléans\r\nHélène;Benoît;Nîmes\r\n', ['ibm850']],
  ['Polish of DOS', 'Imię,Nazwisko,Miasto\nPaweł,Wójcik,Łódź\nMichał,Dąbrowski,Gdańsk\n', ['ibm852']],
  ['Czech of DOS', 'Jméno,Příjmení,Město\nJiří,Dvořák,Plzeň\nŠtěpán,Šťastný,Příbram\n', ['ibm852']],
  ['Russian of DOS', 'Имя,Фамилия,Город\nАнна,Смирнова,Москва\nОльга,Кузнецова,Самара\n', ['ibm866']],
  ['French', 'Prénom;Nom;Ville\r\nFrançois;Lefèvre;Orléans\r\nHélène;Benoît;Nîmes\r\nGaëlle;Noël;Évreux\r\n', ['windows-1252', 'macintosh']],
  ['Spanish', 'Nombre,Apellido,Ciudad\nJosé,Muñoz,Málaga\nMaría,Núñez,Cádiz\nÍñigo,Peña,Córdoba\nRamón,Ibáñez,León\nÓscar,Gómez,Ávila\nAndrés,Martínez,Logroño\nLucía,Sánchez,España\n', ['windows-1252']],
  ['Swedish', 'Förnamn,Efternamn,Ort\nÅsa,Sjöberg,Malmö\nHåkan,Hällström,Göteborg\nMärta,Åkesson,Växjö\n', ['windows-1252', 'macintosh']],
  ['Polish', 'Imię,Nazwisko,Miasto\nPaweł,Wójcik,Łódź\nMichał,Dąbrowski,Gdańsk\nŻaneta,Jabłońska,Kraków\n', ['windows-1250', 'iso-8859-2']],
  ['Czech', 'Jméno,Příjmení,Město\nJiří,Dvořák,Plzeň\nŽaneta,Růžičková,České Budějovice\nŠtěpán,Šťastný,Příbram\n', ['windows-1250', 'iso-8859-2']],
  ['Hungarian', 'Név,Város\nErdős Gábor,Győr\nSzűcs Lőrinc,Székesfehérvár\nTóth József,Pécs\n', ['windows-1250']],
  ['Russian', 'Имя,Фамилия,Город\nАнна,Смирнова,Москва\nПётр,Иванов,Казань\nОльга,Кузнецова,Самара\n', ['windows-1251', 'koi8-r']],
  ['Turkish', 'Ad,Soyad,Şehir\nAyşe,Öztürk,İstanbul\nŞükrü,Yılmaz,Eskişehir\nGülşen,Çağlar,Iğdır\n', ['windows-1254']],
  ['Japanese', '氏名,会社,住所\n山田太郎,株式会社テスト,東京都千代田区\n佐藤花子,サービス,大阪市\n', ['shift_jis', 'euc-jp']],
  ['Chinese', '姓名,公司,城市\n王小明,科技有限公司,北京市\n李娜,贸易,上海\n', ['gb18030']],
  ['Chinese of Taiwan', '姓名,公司,城市\n陳怡君,科技股份有限公司,臺北市\n林志豪,貿易,高雄\n', ['big5']],
  ['Japanese in characters of China alone', '氏名,住所\n山田太郎,東京都\n鈴木,大阪府\n', ['euc-jp']],
  ['Polish with a letter at the end of a word', 'Jméno,Město\nJiří,Plzeň\nŁukasz,Łódź\n', ['iso-8859-2']],
  ['German that Central European reads alike', 'Name;Preis\nMüller;5 €\nCafé „Blau“;7 €\n', ['windows-1252']],
  ['Korean', '이름,회사,도시\n김민수,주식회사,서울특별시\n박지영,무역,부산광역시\n', ['euc-kr']],
]

describe('finding the encoding of a list', () => {
  test.each(lists.flatMap(([language, text, ways]) => ways.map((encoding) => [language, encoding, text] as const)))('%s in %s', async (_, encoding, text) => {
    const bytes = encode(text, encoding)
    const found = await detect(bytes)
    expect(found.encoding).toBe(encoding)
    expect(found.warnings).toMatchObject([{ code: 'layout.encoding', message: expect.stringMatching(new RegExp(`read as ${encoding} \\(\\d+ % sure\\), for example "`)) as string }])
  })

  test.each(lists.flatMap(([language, text]) => (['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const).map((encoding) => [language, encoding, text] as const)))('%s in %s, with and without a mark', async (_, encoding, text) => {
    expect(await detect(encode(`\uFEFF${text}`, encoding))).toEqual({ encoding, warnings: [] })
    const unmarked = await detect(encode(text, encoding))
    expect(unmarked.encoding).toBe(encoding)
    expect(unmarked.warnings.map(({ code }) => code)).toEqual(encoding === 'utf-8' ? [] : ['layout.encoding'])
  })
})

test('names the second best where the first is in doubt', async () => {
  const { warnings } = await detect(encode('Name,City\nMara,Malmö\n', 'windows-1252'))
  expect(warnings[0]?.message).toMatch(/would read it as/)
})

test('shows words that the second best reads otherwise', async () => {
  const { warnings } = await detect(encode('Name,City\nMara,Malmö\nZoë,Malmö\n', 'windows-1252'))
  expect(warnings[0]?.message).toMatch(/for example "Zoë"\. \S+ would read it as "Zo[^ë"]"/)
})

test('lets the person decide, and says where the file says otherwise', async () => {
  expect(await detect(encode('Name\nJörg\n', 'windows-1252'), 'cp850'.replace('850', '1250'))).toEqual({ encoding: 'windows-1250', warnings: [] })
  expect(await detect(Buffer.from('\uFEFFName\n'), 'latin1')).toMatchObject({ encoding: 'windows-1252', warnings: [{ code: 'layout.encoding' }] })
})

test('looks beyond a head in plain ASCII', async () => {
  const plain = 'Name,City\n'.repeat(headBytes / 10 + 50_000)
  const bytes = Buffer.concat([Buffer.from(plain), encode('Jörg Müller,Köln\nKäthe Weiß,Nürnberg\n', 'windows-1252'), Buffer.from(plain)])
  expect(await detect(bytes)).toMatchObject({ encoding: 'windows-1252', warnings: [{ message: expect.stringContaining('from byte') as string }] })
  expect(await detect(Buffer.concat([Buffer.from(plain), Buffer.from('Jörg Müller\n')]))).toEqual({ encoding: 'utf-8', warnings: [] })
})

test('takes NUL characters in a text for what they are', async () => {
  expect((await detect(Buffer.from(`Name,City\n${'Ma\0ra,York\n'.repeat(30)}`))).encoding).toBe('utf-8')
})
