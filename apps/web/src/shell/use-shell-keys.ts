import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isTyping, singleKeysOn } from './typing.ts'

/** How long after G the second letter still counts. */
const secondLetterMs = 1_200

/** Keys that work on every page. */
export function useShellKeys({ commands, keys }: { commands: () => void; keys: () => void }): void {
  const navigate = useNavigate()
  const after = useRef<{ commands: () => void; keys: () => void }>({ commands, keys })
  after.current = { commands, keys }
  useEffect(() => {
    let gAt = -Infinity
    const places: Record<string, () => void> = {
      o: () => void navigate({ to: '/' }), r: () => void navigate({ to: '/records/$object', params: { object: 'contacts' } }), d: () => void navigate({ to: '/review' }), 
      i: () => void navigate({ to: '/jobs' }), j: () => void navigate({ to: '/jobs' }),
    }
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); after.current.commands(); return }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !singleKeysOn()) return
      if (event.key === '?') { event.preventDefault(); after.current.keys(); return }
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[data-page-search]')
        if (search) { event.preventDefault(); search.focus(); search.select() }
        return
      }
      const key = event.key.toLowerCase()
      if (event.timeStamp - gAt < secondLetterMs && places[key]) { event.preventDefault(); places[key](); gAt = -Infinity; return }
      gAt = key === 'g' ? event.timeStamp : -Infinity
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate])
}
