// Before the first paint: the scheme that was chosen, so that a dark screen never flashes white.
{
  const chosen = localStorage.getItem('longshore.color-scheme') ?? 'auto'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
}
