export const importWords = {}
