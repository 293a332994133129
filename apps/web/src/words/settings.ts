export const settingsWords = {}
