import { foldLoosely } from './fold-loosely.ts'

/** States, provinces, cantons and départements by ISO 3166-2 code without its country, with their names in English and where they are. */
const tables: Record<string, string> = {
  US: 'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia/Washington DC|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York/New York State|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington/Washington State|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico',
  CA: 'AB Alberta|BC British Columbia/Colombie-Britannique|MB Manitoba|NB New Brunswick/Nouveau-Brunswick|NL Newfoundland and Labrador/Newfoundland/Terre-Neuve-et-Labrador|NS Nova Scotia/Nouvelle-Écosse|NT Northwest Territories/Territoires du Nord-Ouest|NU Nunavut|ON Ontario|PE Prince Edward Island/Île-du-Prince-Édouard|QC Quebec/Québec|SK Saskatchewan|YT Yukon',
  AU: 'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia',
  DE: 'BW Baden-Württemberg|BY Bayern/Bavaria|BE Berlin|BB Brandenburg|HB Bremen|HH Hamburg|HE Hessen/Hesse|MV Mecklenburg-Vorpommern|NI Niedersachsen/Lower Saxony|NW Nordrhein-Westfalen/North Rhine-Westphalia/NRW|RP Rheinland-Pfalz/Rhineland-Palatinate|SL Saarland|SN Sachsen/Saxony|ST Sachsen-Anhalt/Saxony-Anhalt|SH Schleswig-Holstein|TH Thüringen/Thuringia',
  AT: '1 Burgenland|2 Kärnten/Carinthia|3 Niederösterreich/Lower Austria|4 Oberösterreich/Upper Austria|5 Salzburg|6 Steiermark/Styria|7 Tirol/Tyrol|8 Vorarlberg|9 Wien/Vienna',
  CH: 'AG Aargau/Argovie|AR Appenzell Ausserrhoden|AI Appenzell Innerrhoden|BL Basel-Landschaft|BS Basel-Stadt|BE Bern/Berne|FR Freiburg/Fribourg|GE Genf/Genève/Geneva|GL Glarus|GR Graubünden/Grisons|JU Jura|LU Luzern/Lucerne|NE Neuenburg/Neuchâtel|NW Nidwalden|OW Obwalden|SG St. Gallen/Sankt Gallen|SH Schaffhausen|SZ Schwyz|SO Solothurn|TG Thurgau|TI Tessin/Ticino|UR Uri|VS Wallis/Valais|VD Waadt/Vaud|ZG Zug|ZH Zürich/Zurich',
  BR: 'AC Acre|AL Alagoas|AP Amapá|AM Amazonas|BA Bahia|CE Ceará|DF Distrito Federal|ES Espírito Santo|GO Goiás|MA Maranhão|MT Mato Grosso|MS Mato Grosso do Sul|MG Minas Gerais|PA Pará|PB Paraíba|PR Paraná|PE Pernambuco|PI Piauí|RJ Rio de Janeiro|RN Rio Grande do Norte|RS Rio Grande do Sul|RO Rondônia|RR Roraima|SC Santa Catarina|SP São Paulo|SE Sergipe|TO Tocantins',
  MX: 'AGU Aguascalientes|BCN Baja California|BCS Baja California Sur|CAM Campeche|CHP Chiapas|CHH Chihuahua|CMX Ciudad de México/Mexico City/CDMX|COA Coahuila|COL Colima|DUR Durango|GUA Guanajuato|GRO Guerrero|HID Hidalgo|JAL Jalisco|MEX Estado de México/México|MIC Michoacán|MOR Morelos|NAY Nayarit|NLE Nuevo León|OAX Oaxaca|PUE Puebla|QUE Querétaro|ROO Quintana Roo|SLP San Luis Potosí|SIN Sinaloa|SON Sonora|TAB Tabasco|TAM Tamaulipas|TLA Tlaxcala|VER Veracruz|YUC Yucatán|ZAC Zacatecas',
  IN: 'AN Andaman and Nicobar Islands|AP Andhra Pradesh|AR Arunachal Pradesh|AS Assam|BR Bihar|CH Chandigarh|CG Chhattisgarh|DL Delhi/New Delhi|GA Goa|GJ Gujarat|HR Haryana|HP Himachal Pradesh|JK Jammu and Kashmir|JH Jharkhand|KA Karnataka|KL Kerala|LA Ladakh|MP Madhya Pradesh|MH Maharashtra|MN Manipur|ML Meghalaya|MZ Mizoram|NL Nagaland|OD Odisha/Orissa|PY Puducherry/Pondicherry|PB Punjab|RJ Rajasthan|SK Sikkim|TN Tamil Nadu|TS Telangana|TR Tripura|UP Uttar Pradesh|UK Uttarakhand|WB West Bengal',
  IT: "AG Agrigento|AL Alessandria|AN Ancona|AO Aosta|AR Arezzo|AP Ascoli Piceno|AT Asti|AV Avellino|BA Bari|BT Barletta-Andria-Trani|BL Belluno|BN Benevento|BG Bergamo|BI Biella|BO Bologna|BZ Bolzano/Bozen/South Tyrol|BS Brescia|BR Brindisi|CA Cagliari|CL Caltanissetta|CB Campobasso|CE Caserta|CT Catania|CZ Catanzaro|CH Chieti|CO Como|CS Cosenza|CR Cremona|KR Crotone|CN Cuneo|EN Enna|FM Fermo|FE Ferrara|FI Firenze/Florence|FG Foggia|FC Forlì-Cesena|FR Frosinone|GE Genova/Genoa|GO Gorizia|GR Grosseto|IM Imperia|IS Isernia|AQ L'Aquila|SP La Spezia|LT Latina|LE Lecce|LC Lecco|LI Livorno/Leghorn|LO Lodi|LU Lucca|MC Macerata|MN Mantova/Mantua|MS Massa-Carrara|MT Matera|ME Messina|MI Milano/Milan|MO Modena|MB Monza e Brianza/Monza e della Brianza|NA Napoli/Naples|NO Novara|NU Nuoro|OR Oristano|PD Padova/Padua|PA Palermo|PR Parma|PV Pavia|PG Perugia|PU Pesaro e Urbino|PE Pescara|PC Piacenza|PI Pisa|PT Pistoia|PN Pordenone|PZ Potenza|PO Prato|RG Ragusa|RA Ravenna|RC Reggio Calabria|RE Reggio Emilia|RI Rieti|RN Rimini|RM Roma/Rome|RO Rovigo|SA Salerno|SS Sassari|SV Savona|SI Siena|SR Siracusa/Syracuse|SO Sondrio|SU Sud Sardegna|TA Taranto|TE Teramo|TR Terni|TO Torino/Turin|TP Trapani|TN Trento|TV Treviso|TS Trieste|UD Udine|VA Varese|VE Venezia/Venice|VB Verbano-Cusio-Ossola|VC Vercelli|VR Verona|VV Vibo Valentia|VI Vicenza|VT Viterbo",
  ES: 'VI Álava/Araba|AB Albacete|A Alicante/Alacant|AL Almería|O Asturias|AV Ávila|BA Badajoz|PM Illes Balears/Islas Baleares/Baleares/Balearic Islands|B Barcelona|BI Bizkaia/Vizcaya|BU Burgos|CC Cáceres|CA Cádiz|S Cantabria|CS Castellón/Castelló|CE Ceuta|CR Ciudad Real|CO Córdoba|C A Coruña/La Coruña|CU Cuenca|SS Gipuzkoa/Guipúzcoa|GI Girona/Gerona|GR Granada|GU Guadalajara|H Huelva|HU Huesca|J Jaén|LE León|L Lleida/Lérida|LU Lugo|M Madrid/Comunidad de Madrid|MA Málaga|ML Melilla|MU Murcia/Región de Murcia|NA Navarra/Nafarroa|OR Ourense/Orense|P Palencia|GC Las Palmas|PO Pontevedra|LO La Rioja|SA Salamanca|TF Santa Cruz de Tenerife|SG Segovia|SE Sevilla/Seville|SO Soria|T Tarragona|TE Teruel|TO Toledo|V Valencia/València|VA Valladolid|ZA Zamora|Z Zaragoza/Saragossa',
  FR: "ARA Auvergne-Rhône-Alpes|BFC Bourgogne-Franche-Comté|BRE Bretagne/Brittany|CVL Centre-Val de Loire|20R Corse/Corsica|GES Grand Est|HDF Hauts-de-France|IDF Île-de-France|NOR Normandie/Normandy|NAQ Nouvelle-Aquitaine|OCC Occitanie|PDL Pays de la Loire|PAC Provence-Alpes-Côte d'Azur/PACA|01 Ain|02 Aisne|03 Allier|04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|07 Ardèche|08 Ardennes|09 Ariège|10 Aube|11 Aude|12 Aveyron|13 Bouches-du-Rhône|14 Calvados|15 Cantal|16 Charente|17 Charente-Maritime|18 Cher|19 Corrèze|21 Côte-d'Or|22 Côtes-d'Armor|23 Creuse|24 Dordogne|25 Doubs|26 Drôme|27 Eure|28 Eure-et-Loir|29 Finistère|2A Corse-du-Sud|2B Haute-Corse|30 Gard|31 Haute-Garonne|32 Gers|33 Gironde|34 Hérault|35 Ille-et-Vilaine|36 Indre|37 Indre-et-Loire|38 Isère|39 Jura|40 Landes|41 Loir-et-Cher|42 Loire|43 Haute-Loire|44 Loire-Atlantique|45 Loiret|46 Lot|47 Lot-et-Garonne|48 Lozère|49 Maine-et-Loire|50 Manche|51 Marne|52 Haute-Marne|53 Mayenne|54 Meurthe-et-Moselle|55 Meuse|56 Morbihan|57 Moselle|58 Nièvre|59 Nord|60 Oise|61 Orne|62 Pas-de-Calais|63 Puy-de-Dôme|64 Pyrénées-Atlantiques|65 Hautes-Pyrénées|66 Pyrénées-Orientales|67 Bas-Rhin|68 Haut-Rhin|69 Rhône|70 Haute-Saône|71 Saône-et-Loire|72 Sarthe|73 Savoie|74 Haute-Savoie|75 Paris|76 Seine-Maritime|77 Seine-et-Marne|78 Yvelines|79 Deux-Sèvres|80 Somme|81 Tarn|82 Tarn-et-Garonne|83 Var|84 Vaucluse|85 Vendée|86 Vienne|87 Haute-Vienne|88 Vosges|89 Yonne|90 Territoire de Belfort|91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d'Oise",
}

/** Names of a country's states and the like by their code; empty for a country that is not here. */
export function statesOf(country: string): ReadonlyMap<string, readonly string[]> {
  const table = Object.hasOwn(tables, country) ? tables[country] ?? '' : ''
  return new Map(table.split('|').filter((line) => line !== '').map((line) => {
    const blank = line.indexOf(' ')
    return [line.slice(0, blank), line.slice(blank + 1).split('/')] as const
  }))
}

const lookups = new Map<string, ReadonlyMap<string, string>>()

/**
 * Code of a state (ISO 3166-2 without its country) by code or name in the country's languages or English, accents and case aside; null when the
 * country has none called so, or its states are not here.
 */
export function stateOf(text: string, country: string): string | null {
  let lookup = lookups.get(country)
  if (lookup === undefined) {
    const found = new Map<string, string>()
    for (const [code, names] of statesOf(country)) for (const name of [...names].reverse()) found.set(foldLoosely(name), code)
    for (const code of statesOf(country).keys()) found.set(code.toLowerCase(), code)
    lookups.set(country, lookup = found)
  }
  return lookup.get(foldLoosely(text)) ?? null
}

/** The countries whose states are known. */
export const countriesWithStates: readonly string[] = Object.keys(tables)
