// What secrets of the outbox are sealed for.

export const callbackPurpose = 'webhook address'
export const mailContentPurpose = 'e-mail'
export const webhookSecretPurpose = (organization: number): string => `webhook secret of organization ${organization}`
export const mailPasswordPurpose = (organization: number): string => `mail password of organization ${organization}`
