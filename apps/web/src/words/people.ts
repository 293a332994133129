export const peopleWords = {
  signIn: 'Sign in', email: 'E-mail', password: 'Password', name: 'Your name', show: 'Show the password', refused: 'That did not fit',
  again: 'Sign in to go on', firstText: 'This page is for the people of an organization. After signing in you are at the page that you asked for.', againText: 'Your session is over. What you typed is still here: sign in, and go on where you were.',
  forgotten: 'Forgotten password', forgottenText: 'Say your address, and a link for a new password is sent there, if this organization sends e-mails.', linkSent: 'If there is an account of this address, a link is on its way. It holds for a while; look into your mail.', sendLink: 'Send me a link', toSignIn: 'Back to sign in', newPassword: 'New password', setPassword: 'Set the password', passwordSet: 'The new password holds, and every session has ended. Sign in with it.', forgot: 'Forgotten your password?',
  invitation: 'Invitation', noInvitation: 'This link leads nowhere any more', cutLink: 'A part of the link is missing. Copy all of it from the message, or ask for a new one.', join: (organization: string) => `Join ${organization}`, joinText: (role: string, until: string) => `You come in as ${role}. The invitation holds until ${until}.`,
  passwordText: 'Four words that do not belong together make a good one.', accept: 'Make the account and sign in',
}
