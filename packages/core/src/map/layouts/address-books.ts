import type { Layout } from './layout.ts'

/** Address books and mail programs. */
export const addressBooks: readonly Layout[] = [
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Business Street', 'Home Street', 'Other Street'],
    columns: { Account: null, Categories: 'tags', Keywords: null, Location: null, Profession: null, Title: 'salutation', 'Primary Phone': null, 'E-mail Display Name': null, Private: null, User: null },
  },
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Straße geschäftlich', 'Straße privat'],
    columns: { Konto: null, Kategorien: 'tags', Stichwörter: null, Ort: null, Büro: null, Beruf: null, Anrede: 'salutation', Haupttelefon: null, 'Telefon Firma': null, Privat: null, 'E-Mail: Angezeigter Name': null },
  },
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Rue (bureau)', 'Rue (domicile)'],
    columns: { Compte: null, Catégories: 'tags', 'Mots clés': null, Lieu: null, Profession: null, Titre: 'salutation', 'Téléphone principal': null, 'Téléphone société': null, Anniversaire: 'birthdate', Privé: null, Service: 'department' },
  },
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Calle del trabajo', 'Calle particular'],
    columns: { Cuenta: null, Categorías: 'tags', 'Palabras clave': null, Ubicación: null, Profesión: null, Trato: 'salutation', Tratamiento: 'salutation', Puesto: 'title', Cargo: 'title', 'Teléfono principal': null, 'Teléfono principal compañía': null, Compañía: 'account.name', Organización: 'account.name' },
  },
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Via (uff.)', 'Via (ab.)'],
    columns: { Account: null, Categorie: 'tags', 'Parole chiave': null, Luogo: null, Professione: null, Titolo: 'salutation', Posizione: 'title', 'Telefono principale': null, Società: 'account.name', 'Via (uff.)': 'mailing_street', 'Città (uff.)': 'mailing_city', 'Provincia (uff.)': 'mailing_state', 'CAP (uff.)': 'mailing_postal_code', 'Paese (uff.)': 'mailing_country', 'Ufficio': 'phone', 'Fax (uff.)': 'fax', 'Cellulare': 'mobile_phone' },
  },
  {
    system: 'Microsoft Outlook', object: 'contacts', marks: ['Werkadres, straat', 'Huisadres, straat'],
    columns: { Account: null, Categorieën: 'tags', Trefwoorden: null, Locatie: null, Beroep: null, Titel: 'salutation', Functie: 'title', 'Hoofdtelefoon': null, Bedrijf: 'account.name', 'Werkadres, straat': 'mailing_street', 'Werkadres, plaats': 'mailing_city', 'Werkadres, provincie': 'mailing_state', 'Werkadres, postcode': 'mailing_postal_code', 'Werkadres, land': 'mailing_country', 'Telefoon op werk': 'phone', 'Fax op werk': 'fax' },
  },
  {
    system: 'Google Contacts', object: 'contacts', marks: ['Organization 1 - Title', 'Phone 1 - Value'],
    columns: { 'Organization 1 - Title': 'title', 'Organization 1 - Department': 'department', Occupation: null, Subject: null, Priority: null, Location: null, 'Organization 1 - Location': null, 'Organization 1 - Job Description': null, 'Billing Information': null },
  },
  {
    system: 'Google Contacts', object: 'contacts', marks: ['Organization Title', 'E-mail 1 - Label'],
    columns: { 'Organization Title': 'title', 'Organization Name': 'account.name', 'Organization Department': 'department', 'File As': null, Labels: 'tags' },
  },
  {
    system: 'Yahoo', object: 'contacts', marks: ['First', 'Last', 'Messenger ID'],
    columns: { First: 'first_name', Middle: null, Last: 'last_name', Home: null, Work: 'phone', Pager: null, Fax: null, Mobile: 'mobile_phone', Other: null, Yahoo: null, Primary: null, 'Alternate Email 1': 'secondary_email', 'Alternate Email 2': null, 'Personal Website': null, 'Business Website': 'website', Title: 'title', Comments: 'description', 'Messenger ID': null },
  },
  { system: 'LinkedIn', object: 'contacts', marks: ['First Name', 'Last Name', 'Connected On'], columns: { URL: 'linkedin_url', Position: 'title', 'Connected On': null } },
]
