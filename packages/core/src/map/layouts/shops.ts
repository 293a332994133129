import type { Layout } from './layout.ts'

/** Shops, invoicing, payment and newsletters. */
export const shops: readonly Layout[] = [
  { system: 'Magento', object: 'contacts', marks: ['_website', '_store'], columns: { _website: null, _store: null, website_id: null, store_id: null, confirmation: null } },
  { system: 'Magento', object: 'contacts', marks: ['_website', '_address_street'], columns: { _website: null } },
  {
    system: 'Shopify', object: 'contacts', marks: ['Default Address Address1', 'Total Spent'],
    columns: { 'Default Address Company': 'account.name', 'Default Address Address1': 'mailing_street', 'Default Address Address2': 'mailing_street2', 'Default Address City': 'mailing_city', 'Default Address Province Code': 'mailing_state', 'Default Address Country Code': 'mailing_country', 'Default Address Zip': 'mailing_postal_code' },
  },
  {
    system: 'Shopify', object: 'products', marks: ['Handle', 'Variant SKU', 'Vendor'],
    columns: { Handle: null, Title: 'name', 'Body (HTML)': 'description', Vendor: null, Type: null, 'Product Category': 'category', 'Variant Price': 'price', 'Variant Compare At Price': null, 'Variant Tax Code': null, 'Variant Inventory Qty': 'quantity', 'Cost per item': 'cost', Published: null },
  },
  { system: 'Shopify', object: 'products', marks: ['Handle', 'Variant SKU', 'Type', 'Image Src'], columns: { Handle: null } },
  { system: 'Stripe', object: 'contacts', marks: ['Delinquent', 'Default Source'], columns: { 'Default Source': null, Status: null, Plan: null, Currency: null } },
  {
    system: 'Xero', object: 'accounts', marks: ['*ContactName', 'POAddressLine1'],
    columns: {
      '*ContactName': 'name', POAddressLine1: 'billing_street', POAddressLine2: null, POCity: 'billing_city', PORegion: 'billing_state', POPostalCode: 'billing_postal_code', POCountry: 'billing_country',
      SAAddressLine1: 'shipping_street', SACity: 'shipping_city', SARegion: 'shipping_state', SAPostalCode: 'shipping_postal_code', SACountry: 'shipping_country', DDINumber: null, MobileNumber: null, LegalName: null,
      POAttentionTo: null, SAAttentionTo: null, BankAccountName: null,
    },
  },
  { system: 'Mailchimp', object: 'contacts', marks: ['MEMBER_RATING', 'LEID'], columns: { CC: null, REGION: null, LAST_CHANGED: 'updated_at', OPTIN_TIME: null, CONFIRM_TIME: null, EUID: null, MEMBER_RATING: null } },
  { system: 'WooCommerce', object: 'products', marks: ['Visibility in catalog?', 'Backorders allowed?'], columns: { Published: null, Type: null, 'Short description': null, Categories: 'category', Tags: null, Brands: null } },
  { system: 'Klaviyo', object: 'contacts', marks: ['Klaviyo ID', 'Email'], columns: { 'Klaviyo ID': 'external_id' } },
]
