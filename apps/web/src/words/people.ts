export const peopleWords = {
  signIn: 'Sign in', email: 'E-mail', password: 'Password', name: 'Your name', show: 'Show the password', refused: 'That did not fit',
  again: 'Sign in to go on', againText: 'Your session is over. What you typed is still here: sign in, and go on where you were.',
  invitation: 'Invitation', noInvitation: 'This link leads nowhere any more', join: (organization: string) => `Join ${organization}`, joinText: (role: string, until: string) => `You come in as ${role}. The invitation holds until ${until}.`,
  passwordText: 'Four words that do not belong together make a good one.', accept: 'Make the account and sign in',
}
