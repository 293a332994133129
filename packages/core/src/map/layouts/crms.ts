import type { Layout } from './layout.ts'

/** CRMs and tools for sales and support. */
export const crms: readonly Layout[] = [
  { system: 'Salesforce', object: 'contacts', marks: ['SystemModstamp', 'LastName'], columns: { Id: 'external_id', Name: 'full_name', Title: 'title', AccountId: null, OwnerId: null } },
  { system: 'Salesforce', object: 'leads', marks: ['SystemModstamp', 'LastName'], columns: { Id: 'external_id', Name: 'full_name', Title: 'title', OwnerId: null, HasOptedOutOfEmail: 'email_opt_out' } },
  { system: 'Salesforce', object: 'accounts', marks: ['SystemModstamp', 'BillingCity'], columns: { Id: 'external_id', Rating: null, Site: null, ParentId: null, OwnerId: null, AccountSource: null } },
  { system: 'Salesforce', object: 'deals', marks: ['SystemModstamp', 'StageName'], columns: { Id: 'external_id', Name: 'name', AccountId: null, ContactId: null, CampaignId: null, OwnerId: null, ExpectedRevenue: null, TotalOpportunityQuantity: null } },
  { system: 'Salesforce', object: 'products', marks: ['ProductCode', 'StockKeepingUnit'], columns: { ProductCode: 'sku', StockKeepingUnit: null, Family: 'category', QuantityUnitOfMeasure: 'unit', IsActive: 'status' } },
  { system: 'Salesforce', object: 'activities', marks: ['ActivityDate', 'WhoId'], columns: { ActivityDate: 'due_date', WhoId: null, WhatId: null, TaskSubtype: null, CallType: null, CallDisposition: null, IsClosed: null, IsHighPriority: null } },
  { system: 'Freshsales', object: 'contacts', marks: ['Sales owner', 'Lifecycle stage', 'Work'], columns: { Id: 'external_id', 'External ID': null, Work: 'phone', Emails: 'email', Accounts: 'account.name', Status: null } },
  { system: 'Nimble', object: 'contacts', marks: ['parent company', 'last contacted'], columns: { 'parent company': 'account.name' } },
  { system: 'Apollo.io', object: 'contacts', marks: ['Apollo Contact Id'], columns: { 'Apollo Contact Id': 'external_id', 'Apollo Account Id': null, 'Email Open': null, Lists: null, Stage: null, 'Company Address': null } },
  { system: 'Sansan', object: 'contacts', marks: ['TEL会社', '名刺交換日'], columns: { 'TEL会社': 'phone', 'TEL部門': null, 'TEL直通': null, '名刺交換日': null } },
  { system: 'Zendesk', object: 'contacts', marks: ['external_id', 'restriction', 'organization'], columns: { role: null, restriction: null, details: 'description', notes: null } },
  { system: 'PhantomBuster', object: 'leads', marks: ['profileUrl', 'fullName'], columns: { companyUrl: null, regularCompanyUrl: null, companyId: null, profileUrl: null, location: null } },
  { system: 'Zoho CRM', object: 'contacts', marks: ['Record Id', 'Contact Owner'], columns: { 'Vendor Name': null, 'Reporting To': null, 'Other Phone': null, 'Other Street': null, 'Other City': null } },
  { system: 'Zoho', object: 'accounts', marks: ['Billing Code', 'Billing City'], columns: { 'Billing Code': 'billing_postal_code', 'Shipping Code': 'shipping_postal_code' } },
  { system: 'HubSpot', object: 'contacts', marks: ['Record ID', 'Lifecycle Stage', 'Contact owner'], columns: { 'Contact owner': 'owner', 'Lead Status': null, Industry: null, 'Record ID': 'external_id' } },
]
