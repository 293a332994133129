export const recordWords = {}
