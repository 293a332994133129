const separators = /[^\p{L}\p{M}\p{N}]+/gu

/**
 * What makes two headers one name: "E-mail Address", "emailAddress" and "EMAIL_ADDRESS" are all "emailaddress". The suffix that Salesforce
 * gives custom fields ("Lead_Score__c") does not count.
 */
export function headerKey(header: string): string {
  return header.normalize('NFKC').replace(/__c$/i, '').toLowerCase().replace(separators, '')
}
