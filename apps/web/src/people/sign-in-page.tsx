import { Link } from '@tanstack/react-router'
import { words } from '../words/words.ts'
import { DoorPage } from './door-page.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  return <DoorPage title={words.people.signIn}><SignInForm onDone={() => location.assign('/')} /><p><Link to="/password-reset">{words.people.forgot}</Link></p></DoorPage>
}
