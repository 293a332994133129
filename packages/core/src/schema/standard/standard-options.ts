import { options } from './common-fields.ts'

export const leadSources = options('Web', 'Referral', 'Trade Show', 'Partner', 'Cold Call', 'Advertisement', 'Email Campaign', 'Social Media',
  'Event', 'Webinar', 'Purchased List', 'Employee Referral', 'Word of Mouth', 'Existing Customer', 'Other')

export const industries = options('Agriculture', 'Apparel', 'Automotive', 'Banking', 'Biotechnology', 'Chemicals', 'Communications', 'Construction',
  'Consulting', 'Education', 'Electronics', 'Energy', 'Engineering', 'Entertainment', 'Environmental', 'Finance', 'Food & Beverage', 'Government',
  'Healthcare', 'Hospitality', 'Insurance', 'Legal', 'Machinery', 'Manufacturing', 'Media', 'Mining', 'Not For Profit', 'Pharmaceuticals', 'Real Estate',
  'Recreation', 'Retail', 'Shipping', 'Software', 'Technology', 'Telecommunications', 'Transportation', 'Travel', 'Utilities', 'Wholesale', 'Other')

export const salutations = options('Mr.', 'Ms.', 'Mrs.', 'Mx.', 'Dr.', 'Prof.')

export const ratings = options('Hot', 'Warm', 'Cold')

export const priorities = options('Low', 'Normal', 'High', 'Urgent')
