/**
 * Words that other systems and languages have for options of the standard picklists, by the option's own spelling. They are taken without a
 * word, so only what means that option and nothing else is here. An option of a picklist that is one of these words itself stands for itself.
 */
const words: Record<string, string> = {
  // forms of address
  'mr.': 'mr|mister|herr|hr|hr.|monsieur|m.|señor|sr|sr.|signor|sig|sig.|senhor|meneer|dhr|dhr.|pan|pán|г-н|господин|bay|herra',
  'ms.': 'ms|frau|fr.|mw|mw.|mevrouw|fru|г-жа|госпожа|bayan|rouva',
  'mrs.': 'mrs|madame|mme|señora|sra|sra.|signora|sig.ra|senhora|pani|paní',
  'dr.': 'dr|doctor|doktor|docteur|dott|dott.|dottor|doutor',
  'prof.': 'prof|professor|professeur|profesor|professore',
  'mx.': 'mx',
  // where somebody came from
  web: 'website|web site|webseite|internet|site web|sitio web|sito web|site|online|web form|webform|inbound web|página web|strona internetowa',
  referral: 'referred|empfehlung|recommandation|recomendación|referido|raccomandazione|segnalazione|indicação|verwijzing|polecenie',
  'trade show': 'tradeshow|messe|salon|feria|fiera|feira|beurs|targi|exhibition',
  'cold call': 'coldcall|cold calling|kaltakquise|appel à froid|llamada en frío|chiamata a freddo|telefonakquise',
  advertisement: 'advertising|ad|ads|werbung|anzeige|publicité|publicidad|pubblicità|publicidade|advertentie|reklama',
  'email campaign': 'e-mail campaign|email marketing|e-mail-kampagne|newsletter|campagne e-mail|campaña de correo|campagna e-mail',
  'social media': 'social|soziale medien|réseaux sociaux|redes sociales|social network|redes sociais|sociale media',
  event: 'veranstaltung|événement|evento|evenement|wydarzenie',
  'purchased list': 'bought list|list purchase|gekaufte liste|liste achetée',
  'employee referral': 'mitarbeiterempfehlung',
  'word of mouth': 'mundpropaganda|bouche à oreille|boca a boca|passaparola',
  'existing customer': 'bestandskunde|client existant|cliente existente',
  other: 'andere|anderes|sonstige|sonstiges|autre|autres|otro|otra|otros|altro|outro|outros|overig|anders|inne|inny|annat|annan|andet|annet|muu|jiné|другое|diğer',
  partner: 'partenaire|socio|parceiro|partenaire commercial|партнёр|партнер|kumppani',
  // how urgent
  low: 'niedrig|gering|faible|basse|bajo|baja|basso|bassa|baixo|baixa|laag|niski|låg|lav|nízká|низкий|düşük',
  normal: 'medium|mittel|moyen|moyenne|media|medio|média|médio|normaal|gemiddeld|średni|normální|средний|orta',
  high: 'hoch|élevé|élevée|haute|alto|alta|hoog|wysoki|hög|høj|høy|vysoká|высокий|yüksek',
  urgent: 'dringend|urgente|critical|kritisch|dringlich|pilny|brådskande|срочный|acil',
  hot: 'heiß|heiss|chaud|caliente|caldo|quente|heet|gorący|горячий|sıcak',
  warm: 'tiède|tibio|tiepido|morno|lauw|ciepły|тёплый|теплый|ılık',
  cold: 'kalt|froid|frío|freddo|frio|koud|zimny|холодный|soğuk',
  // what an account is
  customer: 'client|kunde|cliente|klant|klient|kund|zákazník|клиент|müşteri|asiakas',
  prospect: 'interessent|prospecto|potential customer|potenzieller kunde|prospettivo',
  vendor: 'supplier|lieferant|fournisseur|proveedor|fornitore|fornecedor|leverancier|dostawca|leverantör|поставщик',
  reseller: 'wiederverkäufer|revendeur|revendedor|rivenditore',
  competitor: 'wettbewerber|konkurrent|concurrent|competidor|concorrente',
  investor: 'investisseur|inversor|investitore|investidor|investeerder',
  press: 'presse|prensa|stampa|imprensa|pers',
  // what is done
  call: 'phone call|telefonat|anruf|appel|llamada|chiamata|ligação|gesprek|rozmowa|звонок',
  email: 'e-mail|mail|correo|correo electrónico|courriel|posta elettronica',
  meeting: 'termin|besprechung|réunion|rendez-vous|reunión|riunione|reunião|afspraak|vergadering|spotkanie|встреча',
  task: 'to-do|todo|aufgabe|tâche|tarea|attività|tarefa|taak|zadanie|задача',
  note: 'notiz|nota|notitie|notatka|заметка',
  'not started': 'nicht begonnen|non commencé|no iniciada|no iniciado|non iniziato|não iniciado|niet gestart|nie rozpoczęto',
  'in progress': 'in bearbeitung|in arbeit|en cours|en curso|en progreso|in corso|em andamento|bezig|w toku|в работе|inprogress',
  waiting: 'wartend|waiting on someone else|en attente|en espera|in attesa|aguardando|wachtend|oczekuje|pending',
  completed: 'done|complete|erledigt|abgeschlossen|terminé|terminée|completada|completado|completato|concluído|concluída|voltooid|zakończone|завершено',
  deferred: 'zurückgestellt|différé|aplazada|aplazado|rinviato|adiado|uitgesteld',
  cancelled: 'canceled|abgebrochen|storniert|annulé|annulée|cancelada|cancelado|annullato|geannuleerd|anulowane|отменено',
  planned: 'geplant|planifié|planificada|pianificato|planejado|gepland|zaplanowane|scheduled',
  // leads, deals and products
  new: 'neu|nouveau|nouvelle|nuevo|nueva|nuovo|novo|nova|nieuw|nowy|ny|новый|yeni',
  open: 'offen|ouvert|abierto|abierta|aperto|aberto|otwarty|öppen|открыт',
  contacted: 'kontaktiert|contacté|contactado|contattato|gecontacteerd|attempted to contact',
  working: 'in process|working - contacted',
  qualified: 'qualifiziert|qualifié|calificado|cualificado|qualificato|qualificado|gekwalificeerd',
  unqualified: 'disqualified|nicht qualifiziert|non qualifié|no calificado|non qualificato',
  converted: 'konvertiert|converti|convertido|convertito',
  'new business': 'newbusiness|neugeschäft|neukunde|nouvelle affaire|nuevo negocio|nuovo business|novo negócio',
  'existing business': 'existingbusiness|bestandsgeschäft|affaire existante|negocio existente',
  renewal: 'verlängerung|renouvellement|renovación|rinnovo|renovação|verlenging',
  'closed won': 'won|closedwon|gewonnen|gagné|ganado|ganada|cerrado ganado|vinto|ganho|wygrana|выиграна',
  'closed lost': 'lost|closedlost|verloren|perdu|perdido|perdida|cerrado perdido|perso|przegrana|проиграна',
  active: 'aktiv|actif|activo|attivo|ativo|actief|aktywny|активный',
  inactive: 'inaktiv|inactif|inactivo|inattivo|inativo|inactief|nieaktywny|неактивный',
  draft: 'entwurf|brouillon|borrador|bozza|rascunho|concept',
  discontinued: 'eingestellt|abandonné|descontinuado|fuori produzione',
  phone: 'telefon|téléphone|teléfono|telefono|telefone|telefoon|телефон',
  chat: 'live chat|livechat',
}

/** The words that stand for an option, given its value or label in lower case. */
export function aliasesOfOption(option: string): readonly string[] {
  return Object.hasOwn(words, option) ? (words[option] ?? '').split('|') : []
}
